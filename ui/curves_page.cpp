// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/curves_page.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>
#include <algorithm>
#include <cmath>

#include "ui/grid_content.h"
#include "ui/plot_colours.h"
#include "ui/recent_experiments.h"
#include "ui/series_model.h"
#include "ui/text.h"
#include "ui/workbench.h"

namespace ui {
namespace {

constexpr int kLongestHalfLife = 1000;

template <class Value>
Value chosen(const QComboBox* box) {
    return static_cast<Value>(box->currentData().toInt());
}

template <class Value>
void set(QComboBox* box, Value value) {
    box->setCurrentIndex(std::max(0, box->findData(static_cast<int>(value))));
}

AxisScale scaleOf(const QCheckBox* logarithmic) {
    return logarithmic->isChecked() ? AxisScale::Logarithmic : AxisScale::Linear;
}

}  // namespace

CurvesPage::CurvesPage(Workbench& workbench, QWidget* parent)
    : QWidget(parent),
      m_workbench(workbench),
      m_plot(new LinePlot),
      m_series(new SeriesModel(this)),
      m_table(new QTableView),
      m_stack(new QStackedWidget),
      m_empty(new QLabel),
      m_quantity(new QComboBox),
      m_axis(new QComboBox),
      m_band(new QComboBox),
      m_smoothing(new QSpinBox),
      m_logX(new QCheckBox(tr("Log x"))),
      m_logY(new QCheckBox(tr("Log y"))),
      m_clip(new QCheckBox(tr("Clip outliers"))),
      m_position(new QLabel),
      m_validationPart(new QLabel),
      m_refresh(this, [this] { refresh(); }) {
    fillChoices();
    build();
    connect(&m_workbench, &Workbench::changed, this, &CurvesPage::onChange);
    connectChoices();
}

void CurvesPage::fillChoices() {
    for (const Quantity quantity : allQuantities())
        m_quantity->addItem(title(quantity), static_cast<int>(quantity));
    for (const CurveAxis axis : {CurveAxis::Step, CurveAxis::Tokens, CurveAxis::Time})
        m_axis->addItem(title(axis), static_cast<int>(axis));
    for (const SeedBand band : allSeedBands()) {
        m_band->addItem(title(band), static_cast<int>(band));
        m_band->setItemData(m_band->count() - 1, definition(band), Qt::ToolTipRole);
    }
    m_smoothing->setRange(0, kLongestHalfLife);
    m_smoothing->setSpecialValueText(tr("no smoothing"));
    m_smoothing->setPrefix(tr("half-life "));
    m_smoothing->setSuffix(tr(" points"));
    m_smoothing->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
    const CurveChoice before = rememberedChoice();
    set(m_quantity, before.quantity);
    set(m_axis, before.axis);
    set(m_band, before.band);
    m_smoothing->setValue(before.halfLife);
    m_quantity->setObjectName(QStringLiteral("curveQuantity"));
    m_axis->setObjectName(QStringLiteral("curveAxis"));
    m_band->setObjectName(QStringLiteral("curveBand"));
    m_smoothing->setObjectName(QStringLiteral("curveSmoothing"));
    m_logX->setObjectName(QStringLiteral("curveLogX"));
    m_logY->setObjectName(QStringLiteral("curveLogY"));
    m_clip->setObjectName(QStringLiteral("curveClip"));
    m_quantity->setAccessibleName(tr("What the curves show"));
    m_axis->setAccessibleName(tr("Horizontal axis"));
    m_band->setAccessibleName(tr("Seeds of a cell"));
    m_smoothing->setAccessibleName(tr("Smoothing of training curves"));
    m_quantity->setToolTip(tr("What the curves show. Validation is thick, training thin."));
    m_axis->setToolTip(tr("What it is shown against."));
    m_smoothing->setToolTip(
        tr("Smooths training curves: a value's weight halves after so many "
           "recorded points. What was measured stays as a faint line; "
           "validation is not smoothed."));
    m_logX->setToolTip(tr("True logarithmic horizontal axis."));
    m_logY->setToolTip(tr("True logarithmic vertical axis."));
    m_clip->setToolTip(
        tr("Makes room for the values from the 1st to the 99th percentile of each "
           "curve; how many lie outside is said in the plot. Off: everything."));
}

void CurvesPage::connectChoices() {
    const auto fitAndChoose = [this] {
        m_plot->fit();
        choose();
    };
    connect(m_quantity, &QComboBox::currentIndexChanged, this, fitAndChoose);
    connect(m_axis, &QComboBox::currentIndexChanged, this, fitAndChoose);
    connect(m_band, &QComboBox::currentIndexChanged, this, &CurvesPage::choose);
    connect(m_smoothing, &QSpinBox::valueChanged, this, &CurvesPage::choose);
    connect(m_logX, &QCheckBox::toggled, this, &CurvesPage::setScales);
    connect(m_logY, &QCheckBox::toggled, this, &CurvesPage::setScales);
    connect(m_clip, &QCheckBox::toggled, m_plot, [this](bool on) {
        m_plot->setValueFit(on ? ValueFit::WithoutOutliers : ValueFit::Everything);
    });
    connect(m_plot, &LinePlot::cursorMoved, this, &CurvesPage::showCursor);
    connect(m_plot, &LinePlot::viewChanged, this,
            [this] { m_zoom.keep(zoomSubject(), m_plot->view()); });
    connect(m_plot, &LinePlot::menuRequested, this, [this](const QPoint& at) {
        QMenu* menu = figureMenu();
        menu->setAttribute(Qt::WA_DeleteOnClose);
        menu->popup(at);
    });
}

void CurvesPage::build() {
    buildTable();
    auto* side = new QWidget;
    auto* sideLayout = new QVBoxLayout(side);
    sideLayout->setContentsMargins(0, 0, 0, 0);
    sideLayout->addWidget(m_table);
    m_position->setText(tr("latest values"));
    m_position->setToolTip(
        tr("Move the cursor with the mouse or, by one recorded point, with comma and period in the "
           "plot."));
    m_validationPart->setObjectName(QStringLiteral("curveValidationPart"));
    auto* below = new QHBoxLayout;
    below->setContentsMargins(4, 2, 4, 2);
    below->addWidget(m_position);
    below->addStretch();
    below->addWidget(m_validationPart);
    sideLayout->addLayout(below);
    auto* splitter = new QSplitter(Qt::Vertical);
    splitter->addWidget(m_plot);
    splitter->addWidget(side);
    splitter->setStretchFactor(0, 4);
    splitter->setStretchFactor(1, 1);
    splitter->setChildrenCollapsible(false);
    splitter->setSizes({400, 110});

    m_empty->setObjectName(QStringLiteral("curvesEmpty"));
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(splitter);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 4);
    layout->setSpacing(4);
    layout->addLayout(quantityRow());
    layout->addLayout(viewRow());
    layout->addWidget(m_stack, 1);
}

QHBoxLayout* CurvesPage::quantityRow() {
    auto* row = new QHBoxLayout;
    row->addWidget(m_quantity);
    row->addWidget(m_axis);
    row->addWidget(m_band);
    row->addStretch();
    return row;
}

QHBoxLayout* CurvesPage::viewRow() {
    auto* fit = new QToolButton;
    fit->setText(tr("Fit"));
    fit->setToolTip(
        tr("Show everything and follow the training (double click in the plot, 0 or Home)."));
    connect(fit, &QToolButton::clicked, m_plot, &LinePlot::fit);
    auto* figure = new QToolButton;
    figure->setText(tr("Figure"));
    figure->setToolTip(tr("Save or copy the figure or its values (right click in the plot)."));
    figure->setPopupMode(QToolButton::InstantPopup);
    QMenu* menu = figureMenu();
    menu->setParent(figure, Qt::Popup);
    figure->setMenu(menu);

    auto* row = new QHBoxLayout;
    row->addWidget(m_smoothing);
    row->addWidget(m_logX);
    row->addWidget(m_logY);
    row->addWidget(m_clip);
    row->addStretch();
    row->addWidget(fit);
    row->addWidget(figure);
    return row;
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
    const int digit = fontMetrics().horizontalAdvance(QLatin1Char('0'));
    QHeaderView* header = m_table->horizontalHeader();
    // Fixed: measuring every row at each drawing would cost more than the drawing.
    header->resizeSection(SeriesModel::Training, 11 * digit);
    header->resizeSection(SeriesModel::Validation, 11 * digit);
    header->resizeSection(SeriesModel::Band, 18 * digit);
    header->setSectionResizeMode(SeriesModel::Name, QHeaderView::Stretch);
    header->setMinimumSectionSize(56);
    header->setHighlightSections(false);
}

void CurvesPage::onChange(const Change& change) {
    const Aspects ours = Aspect::Experiment | Aspect::Selection | Aspect::Runs | Aspect::Curves |
                         Aspect::Training | Aspect::Plan;
    if (!(change.aspects & ours)) return;
    if (change.aspects & Aspect::Experiment) m_lines.forget();
    if (change.aspects & (Aspect::Experiment | Aspect::Selection)) {
        showZoom();
        m_refresh.now();
    } else {
        m_refresh.request();
    }
}

void CurvesPage::showZoom() {
    const runs::Study* study = m_workbench.study();
    m_zoom.open(study ? settingsName(*study) : QString());
    const QSignalBlocker programmatic(m_plot);  // the user has not zoomed
    m_plot->fit();
    if (const auto view = m_zoom.show(zoomSubject())) m_plot->setView(*view);
}

QString CurvesPage::zoomSubject() const {
    QStringList parts{m_quantity->currentText(), m_axis->currentText(),
                      QString::number(m_logX->isChecked()), QString::number(m_logY->isChecked())};
    QStringList cells;  // in no order: who selected them does not matter
    for (const CellKey& cell : m_workbench.selection()) cells << cellName(cell);
    cells.sort();
    parts += cells;
    return parts.join(QLatin1Char('|'));
}

void CurvesPage::choose() {
    rememberChoice(choice());
    m_refresh.now();
}

void CurvesPage::setScales() {
    m_plot->setScales(scaleOf(m_logX), scaleOf(m_logY));
}

CurveChoice CurvesPage::choice() const {
    CurveChoice choice;
    choice.quantity = chosen<Quantity>(m_quantity);
    choice.axis = chosen<CurveAxis>(m_axis);
    choice.band = chosen<SeedBand>(m_band);
    choice.halfLife = m_smoothing->value();
    choice.background = backgroundOf(palette());
    return choice;
}

std::vector<CellKey> CurvesPage::shownCells() const {
    if (!m_workbench.selection().empty()) return m_workbench.selection();
    const auto cellsWith = [this](auto&& accepts) {
        std::vector<CellKey> cells;
        for (const runs::RunView& run : m_workbench.study()->runs()) {
            const CellKey key{run.spec.length, run.spec.keepRatio, run.spec.attention};
            if (accepts(stateOf(run)) && std::find(cells.begin(), cells.end(), key) == cells.end())
                cells.push_back(key);
        }
        return cells;
    };
    const auto running = cellsWith([](CellState state) { return state == CellState::Running; });
    if (!running.empty()) return running;
    return cellsWith(
        [](CellState state) { return state != CellState::Empty && state != CellState::Queued; });
}

std::vector<ReferenceLine> CurvesPage::references(const CurveChoice& choice) const {
    const bool loss = choice.quantity == Quantity::Loss;
    if (!loss && choice.quantity != Quantity::Perplexity) return {};
    const runs::CorpusIdentity& corpus = m_workbench.study()->corpus();
    std::vector<ReferenceLine> lines;
    if (corpus.vocabulary > 1) {
        const auto vocabulary = static_cast<double>(corpus.vocabulary);
        lines.push_back({loss ? tr("ln V = %1 (chance)").arg(significant(std::log(vocabulary)))
                              : tr("V = %1 (chance)").arg(counted(corpus.vocabulary)),
                         loss ? std::log(vocabulary) : vocabulary});
    }
    if (corpus.unigramEntropy) {
        const double entropy = *corpus.unigramEntropy;
        const double value = loss ? entropy : std::exp(entropy);
        lines.push_back({tr("unigrams = %1 (no context)").arg(significant(value)), value});
    }
    return lines;
}

void CurvesPage::buildLines(const CurveChoice& choice) {
    const CurveStore& curves = m_workbench.curves();
    const std::vector<CellKey> cells = shownCells();
    m_workbench.requestCurves(cells);
    m_lines.build(
        *m_workbench.study(), [&](const runs::RunId& id) { return curves.find(id); }, cells,
        choice);
    m_plot->setContent(m_lines.content());
}

void CurvesPage::refresh() {
    if (!m_workbench.study()) {
        m_plot->setContent({});
        m_series->setSeries({});
        m_empty->setText(whyEmpty());
        m_stack->setCurrentIndex(0);
        return;
    }
    const CurveChoice now = choice();
    m_plot->setTitles(title(now.axis), title(now.quantity));
    m_plot->setReferences(references(now));
    buildLines(now);
    m_series->setSeries(m_lines.series());
    sayValidationPart();
    m_band->setToolTip(definition(now.band));
    m_table->setColumnHidden(SeriesModel::Training, !isMeasured(now.quantity, Split::Training));
    m_table->setColumnHidden(SeriesModel::Validation, !isMeasured(now.quantity, Split::Validation));
    m_table->setColumnHidden(SeriesModel::Band, now.band == SeedBand::EachSeed);
    m_empty->setText(whyEmpty());
    m_stack->setCurrentIndex(m_lines.series().empty() ? 0 : 1);
}

/// The last value of a curve is not the final loss that the grid shows.
void CurvesPage::sayValidationPart() {
    const runs::Study& study = *m_workbench.study();
    const std::int64_t part = study.settings().training.evaluationTokens;
    const bool isPart = part < study.corpus().validationTokens;
    const bool isShown = isMeasured(chosen<Quantity>(m_quantity), Split::Validation);
    m_validationPart->setVisible(isPart && isShown);
    m_validationPart->setText(tr("validation: its first %1 tokens (grid: all)").arg(counted(part)));
    m_series->setValidationNote(
        isPart ? tr("Every point is read on the first %1 tokens of the validation split, so that "
                    "it costs little; the final loss in the grid is of all %2.")
                     .arg(counted(part), counted(study.corpus().validationTokens))
               : QString());
}

void CurvesPage::showCursor(std::optional<double> x) {
    m_series->setCursor(x);
    if (!x) return m_position->setText(tr("latest values"));
    const auto axis = chosen<CurveAxis>(m_axis);
    m_position->setText(
        tr("values at %1 %2")
            .arg(title(axis).toLower(), counted(static_cast<std::int64_t>(std::llround(*x)))));
}

void CurvesPage::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) m_refresh.now();
}

}  // namespace ui
