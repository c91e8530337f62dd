// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/grid_page.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QMenu>
#include <QSettings>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/cell_text.h"
#include "ui/colour_bar.h"
#include "ui/grid_view.h"
#include "ui/study_analysis.h"
#include "ui/text.h"
#include "ui/workbench.h"

namespace ui {
namespace {

constexpr int kRefreshMs = 100;
const QString kSpread = QStringLiteral("grid/spread");

}  // namespace

GridPage::GridPage(Workbench& workbench, StudyAnalysis& analysis, QWidget* parent)
    : QWidget(parent),
      m_workbench(workbench),
      m_analysis(analysis),
      m_model(new GridModel(this)),
      m_view(new GridView),
      m_bar(new ColourBar),
      m_spread(new QComboBox) {
    m_view->setGridModel(m_model);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 4, 8, 4);
    layout->setSpacing(4);
    layout->addWidget(m_view, 1);
    layout->addWidget(buildFooter());
    m_refreshTimer.setSingleShot(true);
    m_refreshTimer.setInterval(kRefreshMs);
    connect(&m_refreshTimer, &QTimer::timeout, this, &GridPage::refresh);
    connect(m_model, &GridModel::scaleChanged, m_bar, &ColourBar::setScale);
    connect(m_view, &GridView::queueRequested, this,
            [this](const QModelIndexList& cells) { m_workbench.queueCells(m_model->keys(cells)); });
    connect(m_view, &GridView::removeRequested, this, [this](const QModelIndexList& cells) {
        m_workbench.removeCells(m_model->keys(cells));
    });
    connect(m_view, &GridView::cellsSelected, this,
            [this] { m_workbench.select(m_model->keys(m_view->selectedCells())); });
    connect(m_view, &GridView::copyRequested, this, &GridPage::copySelected);
    connect(m_view, &QWidget::customContextMenuRequested, this, &GridPage::showMenu);
    connect(m_view, &GridView::headerMenuRequested, this, &GridPage::showHeaderMenu);
    connect(&m_workbench, &Workbench::changed, this, &GridPage::onChange);
    connect(&m_analysis, &StudyAnalysis::updated, this, &GridPage::refresh);
    setFocusProxy(m_view);
}

QWidget* GridPage::buildFooter() {
    auto* footer = new QWidget;
    auto* layout = new QHBoxLayout(footer);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_bar, 1);
    layout->addWidget(new QLabel(tr("mean ±")));
    m_spread->setObjectName(QStringLiteral("spreadChoice"));
    m_spread->setAccessibleName(tr("What stands beside the means"));
    m_spread->setToolTip(
        tr("What stands beside the mean over the seeds. At one run there is "
           "neither: the cell shows the number alone."));
    m_spread->addItem(tr("95 % t interval"), static_cast<int>(Spread::Interval));
    m_spread->addItem(tr("sd over seeds"), static_cast<int>(Spread::StandardDeviation));
    connect(m_spread, &QComboBox::currentIndexChanged, this, [this] {
        const int chosen = m_spread->currentData().toInt();
        QSettings().setValue(kSpread, chosen);
        m_model->setSpread(static_cast<Spread>(chosen));
    });
    m_spread->setCurrentIndex(std::max(0, m_spread->findData(QSettings().value(kSpread))));
    layout->addWidget(m_spread);
    return footer;
}

void GridPage::setMetric(Metric metric) {
    m_metric = metric;
    refresh();
}

void GridPage::setMenuActions(QList<QAction*> actions) {
    m_menuActions = std::move(actions);
}

void GridPage::onChange(const Change& change) {
    if (change.aspects & Aspect::Selection) showSelection();
    const Aspects ours =
        Aspect::Experiment | Aspect::Plan | Aspect::Runs | Aspect::Queue | Aspect::Curves;
    if (!(change.aspects & ours)) return;
    // Edits by hand show at once; what training reports is drawn at most ten times a second.
    if (change.aspects & (Aspect::Experiment | Aspect::Plan | Aspect::Queue)) {
        refresh();
    } else if (!m_refreshTimer.isActive()) {
        m_refreshTimer.start();
    }
}

void GridPage::refresh() {
    m_refreshTimer.stop();
    GridContent content;
    if (const runs::Study* study = m_workbench.study())
        content = gridContent(*study, m_workbench.curves(), m_metric);
    if (m_workbench.study()) requestSparklines(content);
    QString metric = title(m_metric);
    if (const auto analysis = m_analysis.current()) {
        takeAnalysis(content, *analysis, m_metric);
        metric = title(m_metric, analysis->options.baselineRatio);
    }
    m_model->setCells(std::move(content.lengths), std::move(content.columns),
                      std::move(content.cells), metric, scaleKind(m_metric));
    showSelection();
}

/// Results carry their curve; that of a run which stopped on its way is in its folder only.
void GridPage::requestSparklines(const GridContent& content) {
    std::vector<CellKey> begun;
    for (const runs::RunView& run : m_workbench.study()->runs())
        if (run.step > 0 && !run.result)
            begun.push_back({run.spec.length, run.spec.keepRatio, run.spec.attention});
    std::erase_if(begun, [&content](const CellKey& key) {
        return std::none_of(
            content.cells.begin(), content.cells.end(),
            [&key](const CellView& cell) { return cell.key == key && cell.sparkline.empty(); });
    });
    m_workbench.requestCurves(begun);
}

/// The window's selection, which others change too and which outlives a change of the plan.
void GridPage::showSelection() {
    QModelIndexList wanted;
    for (const CellKey& key : m_workbench.selection())
        if (const QModelIndex index = m_model->indexOf(key); index.isValid()) wanted << index;
    QModelIndexList shown = m_view->selectedCells();
    std::sort(shown.begin(), shown.end());
    std::sort(wanted.begin(), wanted.end());
    if (shown != wanted) m_view->selectCells(wanted);
}

void GridPage::copySelected() {
    std::vector<CellView> cells;
    QModelIndexList selected = m_view->selectedCells();
    std::sort(selected.begin(), selected.end());
    for (const QModelIndex& index : std::as_const(selected)) cells.push_back(m_model->cell(index));
    if (!cells.empty()) QApplication::clipboard()->setText(cellsAsText(cells));
}

void GridPage::editPlan(PlanDialog::Field field) {
    const runs::Study* study = m_workbench.study();
    if (!study || study->access() == runs::Access::ReadOnly) return;
    auto* dialog = new PlanDialog(*study, m_workbench.laneChoice().lanes, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &PlanDialog::planWanted, this, [this](const runs::StudyPlan& plan) {
        m_workbench.changePlan(plan, tr("change the plan"));
    });
    dialog->open();
    dialog->focusOn(field);
}

void GridPage::showMenu(const QPoint& position) {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addActions(m_menuActions);
    menu->popup(m_view->viewport()->mapToGlobal(position));
}

void GridPage::showHeaderMenu(Qt::Orientation orientation, int section,
                              const QPoint& globalPosition) {
    const runs::Study* study = m_workbench.study();
    if (!study) return;
    const bool rows = orientation == Qt::Vertical;
    const CellView& cell =
        m_model->cell(rows ? m_model->index(section, 0) : m_model->index(0, section));
    runs::StudyPlan without = runs::planOf(*study);
    experiment::GridSettings grid = without.grid;
    QString name = tr("dense reference");
    if (rows) {
        std::erase(grid.lengths, cell.key.length);
        name = tr("L %1").arg(cell.key.length);
    } else if (cell.key.attention == experiment::AttentionKind::Dense) {
        grid.denseReference = false;
    } else {
        std::erase(grid.keepRatios, cell.key.keepRatio);
        name = tr("k/L %1").arg(ratioText(cell.key.keepRatio));
    }
    const bool last = grid.lengths.empty() || grid.keepRatios.empty();
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("gridHeaderMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [&](const QString& text, const std::function<void()>& act) {
        QAction* action = menu->addAction(text);
        connect(action, &QAction::triggered, this, act);
        action->setEnabled(study->access() == runs::Access::ReadWrite);
        return action;
    };
    add(rows ? tr("Queue row %1").arg(name) : tr("Queue column %1").arg(name), [=, this] {
        std::vector<CellKey> keys;
        const int count = rows ? m_model->columnCount() : m_model->rowCount();
        for (int at = 0; at < count; ++at)
            keys.push_back(
                m_model->cell(rows ? m_model->index(section, at) : m_model->index(at, section))
                    .key);
        m_workbench.queueCells(keys);
    });
    menu->addSeparator();
    add(tr("Add a length…"), [this] { editPlan(PlanDialog::Field::Lengths); });
    add(tr("Add a keep ratio…"), [this] { editPlan(PlanDialog::Field::KeepRatios); });
    add(tr("Change the number of runs…"), [this] { editPlan(PlanDialog::Field::Seeds); });
    menu->addSeparator();
    QAction* remove = add(tr("Take %1 out of the plan").arg(name), [=, this] {
        m_workbench.changePlan(runs::withGrid(without, grid),
                               tr("take %1 out of the plan").arg(name));
    });
    if (last) remove->setEnabled(false);
    menu->popup(globalPosition);
}

}  // namespace ui
