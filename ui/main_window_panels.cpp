// SPDX-License-Identifier: GPL-3.0-or-later
// Where the panels of the window are, and how that is kept.

#include <QDockWidget>
#include <QResizeEvent>
#include <QScreen>
#include <QSettings>
#include <QTabBar>
#include <algorithm>

#include "ui/answer_strip.h"
#include "ui/charts_page.h"
#include "ui/curves_page.h"
#include "ui/grid_page.h"
#include "ui/grid_view.h"
#include "ui/heatmap_page.h"
#include "ui/inspector_page.h"
#include "ui/main_window.h"
#include "ui/messages_page.h"
#include "ui/queue_page.h"
#include "ui/results_page.h"
#include "ui/significance_page.h"
#include "ui/statistics_panel.h"
#include "ui/window_actions.h"

namespace ui {
namespace {

constexpr int kLayoutVersion = 1;
constexpr int kTitleBarHeight = 32;  // of the window manager, not known before the window shows
const QString kGeometry = QStringLiteral("window/geometry");
const QString kLayout = QStringLiteral("window/layout");

}  // namespace

void MainWindow::restoreSize() {
    const QSize room = screen()->availableSize();
    resize(std::min(1440, room.width()), std::min(900, room.height() - kTitleBarHeight));
    restoreGeometry(QSettings().value(kGeometry).toByteArray());
}

QDockWidget* MainWindow::addDock(const QString& name, const QString& title, QWidget* page,
                                 Qt::DockWidgetArea area) {
    auto* dock = new QDockWidget(title);
    dock->setObjectName(name);
    dock->setWidget(page);
    addDockWidget(area, dock);
    m_actions->addPanel(dock);
    m_docks.push_back(dock);
    for (const auto moved : {&QDockWidget::visibilityChanged, &QDockWidget::topLevelChanged})
        connect(dock, moved, this, [this] { m_layoutTimer.start(); });
    connect(dock, &QDockWidget::dockLocationChanged, this, [this] { m_layoutTimer.start(); });
    return dock;
}

void MainWindow::addDocks() {
    QDockWidget* answer =
        addDock(QStringLiteral("answerDock"), tr("Answer"), m_answer, Qt::TopDockWidgetArea);
    answer->setTitleBarWidget(new QWidget(answer));  // a strip, not a panel
    addDock(QStringLiteral("curvesDock"), tr("Curves"), m_curves, Qt::RightDockWidgetArea);
    m_heatmap->setNextSteps({m_actions->find(QStringLiteral("start"))});
    addDock(QStringLiteral("heatmapDock"), tr("Heatmap"), m_heatmap, Qt::RightDockWidgetArea);
    m_charts->setNextSteps(m_actions->find(QStringLiteral("start")),
                           m_actions->find(QStringLiteral("timing")));
    addDock(QStringLiteral("chartsDock"), tr("Charts"), m_charts, Qt::RightDockWidgetArea);
    auto* results = new ResultsPage(*m_analysis);
    results->panel().setNextSteps({m_actions->find(QStringLiteral("start"))});
    addDock(QStringLiteral("resultsDock"), tr("Results"), results, Qt::RightDockWidgetArea);
    m_significance = new SignificancePage(m_workbench, *m_analysis);
    m_significance->setNextSteps({m_actions->find(QStringLiteral("start"))});
    addDock(QStringLiteral("significanceDock"), tr("Significance"), m_significance,
            Qt::RightDockWidgetArea);
    addDock(QStringLiteral("queueDock"), tr("Queue"), m_queue, Qt::BottomDockWidgetArea);
    addDock(QStringLiteral("inspectorDock"), tr("Inspector"), new InspectorPage(m_workbench),
            Qt::BottomDockWidgetArea);
    addDock(QStringLiteral("messagesDock"), tr("Messages"), new MessagesPage(m_workbench),
            Qt::BottomDockWidgetArea);
}

void MainWindow::arrange() {
    const auto area = [](const QString& name) {
        if (name == QLatin1String("answerDock")) return Qt::TopDockWidgetArea;
        const bool bottom = name == QLatin1String("queueDock") ||
                            name == QLatin1String("inspectorDock") ||
                            name == QLatin1String("messagesDock");
        return bottom ? Qt::BottomDockWidgetArea : Qt::RightDockWidgetArea;
    };
    // Panels that show one below the other before they are tabs would make the window grow.
    for (QDockWidget* dock : m_docks) dock->hide();
    QHash<int, QDockWidget*> first;
    for (QDockWidget* dock : m_docks) {
        const Qt::DockWidgetArea where = area(dock->objectName());
        dock->setFloating(false);
        addDockWidget(where, dock);
        if (QDockWidget* front = first.value(where)) {
            tabifyDockWidget(front, dock);
        } else {
            first.insert(where, dock);
        }
    }
    for (QDockWidget* dock : m_docks) dock->show();
    for (QDockWidget* front : std::as_const(first)) front->raise();
    resizeDocks({first.value(Qt::RightDockWidgetArea)}, {width() * 46 / 100}, Qt::Horizontal);
    resizeDocks({first.value(Qt::BottomDockWidgetArea)}, {height() * 28 / 100}, Qt::Vertical);
}

void MainWindow::showPanels(bool visible) {
    for (QDockWidget* dock : m_docks) dock->setVisible(visible);
    // The tab bars of hidden panels would still be stops of the Tab key.
    for (QTabBar* tabs : findChildren<QTabBar*>(QString(), Qt::FindDirectChildrenOnly))
        tabs->setFocusPolicy(visible ? Qt::TabFocus : Qt::NoFocus);
    if (visible && !restoreState(QSettings().value(kLayout).toByteArray(), kLayoutVersion))
        arrange();
}

void MainWindow::showDock(const QString& name) {
    for (QDockWidget* dock : m_docks) {
        if (dock->objectName() != name) continue;
        dock->show();
        dock->raise();
        return;
    }
    m_grid->view().setFocus();
}

void MainWindow::saveLayout() {
    QSettings settings;
    settings.setValue(kGeometry, saveGeometry());
    if (m_stage == Stage::Experiment) settings.setValue(kLayout, saveState(kLayoutVersion));
}

/// Qt gives all room that is won to the grid; the panels beside it keep their share instead.
void MainWindow::resizeEvent(QResizeEvent* event) {
    QMainWindow::resizeEvent(event);
    const int before = event->oldSize().width();
    if (!isVisible() || m_stage != Stage::Experiment || before <= 0 || before == width()) return;
    for (QDockWidget* dock : m_docks) {
        const bool beside = dockWidgetArea(dock) == Qt::RightDockWidgetArea && !dock->isFloating();
        if (!beside || dock->visibleRegion().isEmpty()) continue;
        resizeDocks({dock}, {dock->width() * width() / before}, Qt::Horizontal);
        return;
    }
}

}  // namespace ui
