// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <functional>
#include <vector>

#include "ui/statistics_tables.h"

class QComboBox;
class QLabel;
class QTabWidget;

namespace ui {

class StatisticsModel;
class StudyAnalysis;

/// Tabs of tests: analysis of variance, pairs, assumptions, power, hypotheses.
class SignificancePage : public QWidget {
    Q_OBJECT
public:
    explicit SignificancePage(StudyAnalysis& analysis, QWidget* parent = nullptr);
    QTabWidget& tabs() { return *m_tabs; }

private:
    using Make = std::function<StatisticsTable(const stats::GridAnalysis&)>;
    struct Tab {
        StatisticsModel* model;
        QLabel* note;
        Make make;
    };
    QWidget* addTab(const QString& title, Make make);
    QWidget* pairChoices();
    void refresh();
    void fillLengths();

    StudyAnalysis& m_analysis;
    QTabWidget* m_tabs;
    QComboBox* m_length;
    QComboBox* m_method;
    QLabel* m_state;
    std::vector<Tab> m_parts;
};

}  // namespace ui
