// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QObject>

#include "ui/grid_content.h"
#include "ui/theme.h"

class QAction;
class QActionGroup;
class QComboBox;
class QDockWidget;
class QMainWindow;
class QMenu;
class QSpinBox;
class QToolBar;

namespace ui {

class OpeningVerbs;
class Workbench;

/// The verbs of the window: menus, toolbar, shortcuts, and which of them are possible now.
class WindowActions : public QObject {
    Q_OBJECT
public:
    WindowActions(Workbench& workbench, QMainWindow& window);

    QAction* find(const QString& name) const;
    QList<QAction*> all() const { return m_actions; }
    /// Verbs on the selected cells, for the context menu of the grid.
    QList<QAction*> cellActions() const;
    /// Verbs on everything in training, for the queue.
    QList<QAction*> trainingActions() const;
    /// Lists a panel in the View menu: shown or hidden, and to be gone to with Ctrl and its number.
    void addPanel(QDockWidget* dock);
    QToolBar* toolBar() const { return m_toolBar; }

signals:
    void newRequested();
    void quickStudyRequested();
    void openRequested();
    void copyCommandRequested();
    void recentRequested(const QString& folder);
    void gridRequested();
    void resetLayoutRequested();
    void paletteRequested();
    void guideRequested();
    void aboutRequested();
    void editPlanRequested();
    void copyCellsRequested();
    void inspectRequested();
    void metricChosen(ui::Metric metric);
    void themeChosen(ui::Theme theme);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QAction* add(QMenu* menu, const QString& name, const QString& text, const QKeySequence& keys,
                 const QString& toolTip = {});
    void addFileMenu();
    void addExperimentMenu();
    void addCellVerbs(QMenu* menu);
    void addRunMenu();
    void addViewMenu();
    void addColourMenu();
    void addHelpMenu();
    void addToolBar();
    void addLaneChoices();
    void fillRecent();
    void fillDevices();
    void updateIcons();
    void enable();
    void enableRunVerbs();
    QString startTip() const;
    void enableCellVerbs();

    Workbench& m_workbench;
    QMainWindow& m_window;
    QList<QAction*> m_actions;
    OpeningVerbs* m_opening;
    QMenu* m_viewMenu = nullptr;
    QMenu* m_panelMenu = nullptr;
    QMenu* m_recentMenu = nullptr;
    QToolBar* m_toolBar = nullptr;
    QComboBox* m_metric = nullptr;
    QComboBox* m_device = nullptr;
    QSpinBox* m_lanes = nullptr;
    QSpinBox* m_stack = nullptr;
};

}  // namespace ui
