// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/change.h"
#include "ui/heatmap.h"

class QAction;
class QComboBox;
class QStackedWidget;

namespace ui {

class EmptyState;
class FigureButtons;
class HeatmapPlot;
class LazyRefresh;
class StudyAnalysis;
class Workbench;

/// The grid as a heatmap of one quantity, chosen from a list.
class HeatmapPage : public QWidget {
    Q_OBJECT
public:
    HeatmapPage(Workbench& workbench, StudyAnalysis& analysis, QWidget* parent = nullptr);
    HeatmapPlot& plot() { return *m_plot; }
    QComboBox& choice() { return *m_choice; }
    EmptyState& emptyState() { return *m_empty; }
    FigureButtons& figureButtons() { return *m_buttons; }
    void choose(const HeatmapQuantity& quantity);
    /// Offered while there is nothing to show.
    void setNextSteps(const QList<QAction*>& actions) { m_nextSteps = actions; }

private:
    void onChange(const Change& change);
    void fillChoice(const runs::ResultsTable& results);
    void refresh();
    void chooseCell(const CellKey& key, Qt::KeyboardModifiers modifiers);
    HeatmapQuantity chosen() const;

    Workbench& m_workbench;
    StudyAnalysis& m_analysis;
    QComboBox* m_choice;
    QStackedWidget* m_stack;
    EmptyState* m_empty;
    HeatmapPlot* m_plot;
    FigureButtons* m_buttons;
    LazyRefresh* m_refresh;
    std::vector<HeatmapQuantity> m_quantities;
    QList<QAction*> m_nextSteps;
};

}  // namespace ui
