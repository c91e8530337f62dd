// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/curves_page.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>
#include <algorithm>
#include <cmath>

#include "ui/cell_summary.h"
#include "ui/figure_file.h"
#include "ui/series_model.h"
#include "ui/text.h"
#include "ui/workbench.h"

namespace ui {
namespace {

constexpr int kRefreshMs = 150;

}  // namespace

CurvesPage::CurvesPage(Workbench& workbench, QWidget* parent)
    : QWidget(parent),
      m_workbench(workbench),
      m_plot(new LinePlot),
      m_series(new SeriesModel(this)),
      m_table(new QTableView),
      m_stack(new QStackedWidget),
      m_quantity(new QComboBox),
      m_axis(new QComboBox),
      m_seeds(new QCheckBox(tr("Each seed"))),
      m_logarithmic(new QCheckBox(tr("Log axis"))),
      m_position(new QLabel) {
    build();
    m_refreshTimer.setSingleShot(true);
    m_refreshTimer.setInterval(kRefreshMs);
    connect(&m_refreshTimer, &QTimer::timeout, this, &CurvesPage::refresh);
    connect(&m_workbench, &Workbench::changed, this, &CurvesPage::onChange);
    connect(m_quantity, &QComboBox::currentIndexChanged, this, [this] {
        m_plot->fit();
        refresh();
    });
    connect(m_axis, &QComboBox::currentIndexChanged, this, [this] {
        m_plot->fit();
        refresh();
    });
    connect(m_seeds, &QCheckBox::toggled, this, &CurvesPage::refresh);
    connect(m_logarithmic, &QCheckBox::toggled, this, [this](bool on) {
        m_plot->setScales(AxisScale::Linear, on ? AxisScale::Logarithmic : AxisScale::Linear);
    });
    connect(m_plot, &LinePlot::cursorMoved, this, [this](std::optional<double> x) {
        m_series->setCursor(x);
        const auto axis = static_cast<CurveAxis>(m_axis->currentData().toInt());
        m_position->setText(
            x ? QStringLiteral("%1 %2").arg(title(axis).toLower(),
                                            counted(static_cast<std::int64_t>(std::llround(*x))))
              : tr("latest values"));
    });
    connect(m_plot, &LinePlot::exportRequested, this, &CurvesPage::chooseFigure);
    refresh();
}

void CurvesPage::build() {
    for (const Quantity quantity :
         {Quantity::Loss, Quantity::Accuracy, Quantity::LearningRate, Quantity::GradientNorm,
          Quantity::IndexLoss, Quantity::TokensPerSecond})
        m_quantity->addItem(title(quantity), static_cast<int>(quantity));
    for (const CurveAxis axis : {CurveAxis::Step, CurveAxis::Tokens, CurveAxis::Time})
        m_axis->addItem(title(axis), static_cast<int>(axis));
    m_quantity->setAccessibleName(tr("What the curves show"));
    m_axis->setAccessibleName(tr("Horizontal axis"));
    m_quantity->setObjectName(QStringLiteral("curveQuantity"));
    m_axis->setObjectName(QStringLiteral("curveAxis"));
    m_seeds->setChecked(true);
    m_seeds->setToolTip(tr("Thin lines for each seed under the mean."));
    buildTable();

    auto* side = new QWidget;
    auto* sideLayout = new QVBoxLayout(side);
    sideLayout->setContentsMargins(0, 0, 0, 0);
    sideLayout->addWidget(m_table);
    m_position->setText(tr("latest values"));
    m_position->setContentsMargins(4, 2, 4, 2);
    sideLayout->addWidget(m_position);
    auto* splitter = new QSplitter(Qt::Vertical);
    splitter->addWidget(m_plot);
    splitter->addWidget(side);
    splitter->setStretchFactor(0, 4);
    splitter->setStretchFactor(1, 1);
    splitter->setChildrenCollapsible(false);
    splitter->setSizes({400, 110});

    auto* empty =
        new QLabel(tr("Select cells in the grid to see their curves.\n"
                      "Cells in training are shown by themselves."));
    empty->setAlignment(Qt::AlignCenter);
    empty->setWordWrap(true);
    m_stack->addWidget(empty);
    m_stack->addWidget(splitter);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 4);
    layout->addLayout(toolRow());
    layout->addWidget(m_stack, 1);
}

QHBoxLayout* CurvesPage::toolRow() {
    auto* fit = new QToolButton;
    fit->setText(tr("Fit"));
    fit->setToolTip(tr("Show everything and follow the training (double click in the plot)."));
    connect(fit, &QToolButton::clicked, m_plot, &LinePlot::fit);
    auto* save = new QToolButton;
    save->setText(tr("Save figure…"));
    connect(save, &QToolButton::clicked, this, &CurvesPage::chooseFigure);

    auto* tools = new QHBoxLayout;
    tools->addWidget(m_quantity);
    tools->addWidget(m_axis);
    tools->addWidget(m_seeds);
    tools->addWidget(m_logarithmic);
    tools->addStretch();
    tools->addWidget(fit);
    tools->addWidget(save);
    return tools;
}

void CurvesPage::buildTable() {
    m_table->setModel(m_series);
    m_table->verticalHeader()->hide();
    m_table->setShowGrid(false);
    m_table->setSelectionMode(QAbstractItemView::NoSelection);
    m_table->setFocusPolicy(Qt::NoFocus);
    m_table->setIconSize({28, 12});
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setAccessibleName(tr("Legend and values at the cursor"));
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 8);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setSectionResizeMode(SeriesModel::Name, QHeaderView::Stretch);
    m_table->horizontalHeader()->setMinimumSectionSize(56);
}

void CurvesPage::onChange(const Change& change) {
    const Aspects ours = Aspect::Experiment | Aspect::Selection | Aspect::Curves | Aspect::Training;
    if (!(change.aspects & ours)) return;
    if (change.aspects & (Aspect::Experiment | Aspect::Selection)) {
        m_plot->fit();
        refresh();
    } else if (!m_refreshTimer.isActive()) {
        m_refreshTimer.start();
    }
}

std::vector<CellKey> CurvesPage::shownCells() const {
    if (!m_workbench.selection().empty()) return m_workbench.selection();
    std::vector<CellKey> cells;
    for (const runs::RunView& run : m_workbench.study()->runs()) {
        const CellKey key{run.spec.length, run.spec.keepRatio, run.spec.attention};
        if (stateOf(run) == CellState::Running &&
            std::find(cells.begin(), cells.end(), key) == cells.end())
            cells.push_back(key);
    }
    return cells;
}

void CurvesPage::refresh() {
    const runs::Study* study = m_workbench.study();
    if (!study) {
        m_plot->setLines({});
        m_stack->setCurrentIndex(0);
        return;
    }
    CurveChoice choice;
    choice.quantity = static_cast<Quantity>(m_quantity->currentData().toInt());
    choice.axis = static_cast<CurveAxis>(m_axis->currentData().toInt());
    choice.seeds = m_seeds->isChecked() ? SeedLines::Shown : SeedLines::Hidden;
    choice.background =
        palette().color(QPalette::Base).lightness() < 128 ? Background::Dark : Background::Light;
    m_lines.build(*study, m_workbench.curves(), shownCells(), choice);
    m_plot->setTitles(title(choice.axis), title(choice.quantity));
    std::vector<ReferenceLine> references;
    if (choice.quantity == Quantity::Loss && study->corpus().vocabulary > 1) {
        const double chance = std::log(static_cast<double>(study->corpus().vocabulary));
        references.push_back({tr("ln V = %1 (chance)").arg(significant(chance)), chance});
    }
    m_plot->setReferences(references);
    m_plot->setLines(m_lines.lines());
    m_series->setSeries(m_lines.series());
    m_table->setColumnHidden(SeriesModel::Training, !isMeasured(choice.quantity, Split::Training));
    m_table->setColumnHidden(SeriesModel::Validation,
                             !isMeasured(choice.quantity, Split::Validation));
    m_stack->setCurrentIndex(m_lines.series().empty() ? 0 : 1);
}

void CurvesPage::chooseFigure() {
    auto* dialog = new QFileDialog(this, tr("Save figure"), QString(), figureFilters());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("png"));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        const QString error = m_plot->saveFigure(path, 2.0);
        if (!error.isEmpty()) m_workbench.notify({runs::Severity::Error, error, {}});
    });
    dialog->open();
}

void CurvesPage::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) refresh();
}

}  // namespace ui
