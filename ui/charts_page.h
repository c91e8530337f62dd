// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/change.h"
#include "ui/chart_choice.h"

class QAction;
class QChartView;
class QComboBox;
class QLabel;
class QStackedWidget;

namespace ui {

class EmptyState;
class FigureButtons;
class LazyRefresh;
class StudyAnalysis;
class Workbench;

/// One chart of the study at a time: losses by ratio, the best ratio, time, memory, both together.
class ChartsPage : public QWidget {
    Q_OBJECT
public:
    ChartsPage(Workbench& workbench, StudyAnalysis& analysis, QWidget* parent = nullptr);
    ~ChartsPage() override;

    void choose(const ChartChoice& choice);
    ChartChoice chosen() const;
    QChartView& view() { return *m_view; }
    QString caption() const;
    QComboBox& lengthChoice() { return *m_length; }
    EmptyState& emptyState() { return *m_empty; }
    FigureButtons& figureButtons() { return *m_buttons; }
    /// Offered while there is nothing to show: what starts the training and what measures time.
    void setNextSteps(QAction* start, QAction* measure);

protected:
    void changeEvent(QEvent* event) override;

private:
    QWidget* buildChart();
    void onChange(const Change& change);
    void fillLengths(const runs::ResultsTable& results);
    void refresh();
    void showNothing(ChartKind kind, const runs::ResultsTable& results);

    Workbench& m_workbench;
    StudyAnalysis& m_analysis;
    QComboBox* m_kind;
    QComboBox* m_length;
    QStackedWidget* m_stack;
    EmptyState* m_empty;
    QChartView* m_view;
    QLabel* m_caption;
    FigureButtons* m_buttons;
    LazyRefresh* m_refresh;
    ChartMaker m_maker;
    QAction* m_start = nullptr;
    QAction* m_measure = nullptr;
};

}  // namespace ui
