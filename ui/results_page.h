// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QTableView;

namespace ui {

class StatisticsModel;
class StudyAnalysis;

/// The experiment's table: the best keep ratio of each length and how sure that is.
class ResultsPage : public QWidget {
    Q_OBJECT
public:
    explicit ResultsPage(StudyAnalysis& analysis, QWidget* parent = nullptr);
    StatisticsModel& model() { return *m_model; }

private:
    void refresh();

    StudyAnalysis& m_analysis;
    StatisticsModel* m_model;
    QTableView* m_view;
    QLabel* m_note;
    QLabel* m_verdicts;
};

}  // namespace ui
