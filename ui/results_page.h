// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;

namespace ui {

class StatisticsModel;
class StatisticsPanel;
class StudyAnalysis;

/// The experiment's table: the best keep ratio of each length and how sure that is.
class ResultsPage : public QWidget {
    Q_OBJECT
public:
    explicit ResultsPage(StudyAnalysis& analysis, QWidget* parent = nullptr);
    StatisticsPanel& panel() { return *m_panel; }
    StatisticsModel& model();

private:
    void refresh();

    StudyAnalysis& m_analysis;
    StatisticsPanel* m_panel;
    QLabel* m_findings;
};

}  // namespace ui
