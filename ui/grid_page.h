// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

#include "ui/change.h"
#include "ui/grid_content.h"
#include "ui/plan_dialog.h"

class QAction;
class QComboBox;

namespace ui {

class ColourBar;
class GridModel;
class GridView;
class StudyAnalysis;
class Workbench;

/// Home: the grid and the scale of its colours.
class GridPage : public QWidget {
    Q_OBJECT
public:
    explicit GridPage(Workbench& workbench, StudyAnalysis& analysis, QWidget* parent = nullptr);
    GridView& view() { return *m_view; }
    GridModel& model() { return *m_model; }
    void setMetric(Metric metric);
    /// Verbs of the context menu besides those of the grid itself.
    void setMenuActions(QList<QAction*> actions);
    /// Opens the dialog for lengths, keep ratios and seeds, the cursor in this field.
    void editPlan(PlanDialog::Field field = PlanDialog::Field::Lengths);
    /// The selected cells with their numbers, as tab-separated text.
    void copySelected();

private:
    QWidget* buildFooter();
    void showHeaderMenu(Qt::Orientation orientation, int section, const QPoint& globalPosition);
    void requestSparklines(const GridContent& content);
    void showSelection();
    void onChange(const Change& change);
    void refresh();
    void showMenu(const QPoint& position);

    Workbench& m_workbench;
    StudyAnalysis& m_analysis;
    GridModel* m_model;
    GridView* m_view;
    ColourBar* m_bar;
    QComboBox* m_spread;
    QList<QAction*> m_menuActions;
    Metric m_metric = Metric::FinalLoss;
    QTimer m_refreshTimer;
};

}  // namespace ui
