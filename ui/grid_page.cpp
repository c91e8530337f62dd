// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/grid_page.h"

#include <QMenu>
#include <QVBoxLayout>

#include "ui/colour_bar.h"
#include "ui/grid_view.h"
#include "ui/study_analysis.h"
#include "ui/workbench.h"

namespace ui {
namespace {

constexpr int kRefreshMs = 100;

}  // namespace

GridPage::GridPage(Workbench& workbench, StudyAnalysis& analysis, QWidget* parent)
    : QWidget(parent),
      m_workbench(workbench),
      m_analysis(analysis),
      m_model(new GridModel(this)),
      m_view(new GridView),
      m_bar(new ColourBar) {
    m_view->setGridModel(m_model);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 4, 8, 4);
    layout->setSpacing(4);
    layout->addWidget(m_view, 1);
    layout->addWidget(m_bar);
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
    connect(m_view, &QWidget::customContextMenuRequested, this, &GridPage::showMenu);
    connect(&m_workbench, &Workbench::changed, this, &GridPage::onChange);
    connect(&m_analysis, &StudyAnalysis::updated, this, &GridPage::refresh);
    setFocusProxy(m_view);
}

void GridPage::setMetric(Metric metric) {
    m_metric = metric;
    refresh();
}

void GridPage::setMenuActions(QList<QAction*> actions) {
    m_menuActions = std::move(actions);
}

void GridPage::onChange(const Change& change) {
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
    if (const auto analysis = m_analysis.current()) markRanks(content, *analysis);
    m_model->setCells(std::move(content.lengths), std::move(content.columns),
                      std::move(content.cells), title(m_metric), scaleKind(m_metric));
}

void GridPage::showMenu(const QPoint& position) {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addActions(m_menuActions);
    menu->popup(m_view->viewport()->mapToGlobal(position));
}

}  // namespace ui
