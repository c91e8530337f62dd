// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <optional>

#include "ui/proof.h"

class QAction;
class QComboBox;
class QLabel;
class QTabWidget;

namespace ui {

class EffectPlot;
class PairsTab;
class PowerTab;
class QqPlot;
class StatisticsPanel;
class StudyAnalysis;
class Workbench;
struct Change;

/// In the order of the tabs.
enum class SignificanceTab { Anova, Pairs, Effects, Assumptions, Power, Hypotheses };

/// Tabs of tests: analysis of variance, pairs, effect sizes, assumptions, power, hypotheses. The
/// length follows the selection of the grid.
class SignificancePage : public QWidget {
    Q_OBJECT
public:
    SignificancePage(Workbench& workbench, StudyAnalysis& analysis, QWidget* parent = nullptr);

    QTabWidget& tabs() { return *m_tabs; }
    StatisticsPanel& panel(SignificanceTab tab);
    /// Offered while there are no results.
    void setNextSteps(const QList<QAction*>& nextSteps);
    QqPlot& qqPlot() { return *m_qq; }
    EffectPlot& effectPlot() { return *m_forest; }
    void showTab(SignificanceTab tab);
    /// Brings the table of tests that the sentence rests on to the front, set to its length.
    void showProof(const Proof& proof);

private:
    void addTabs();
    QWidget* choices();
    template <class Plot>
    QWidget* figureButtons(const QString& name, Plot& plot);
    void onChange(const Change& change);
    void refresh();
    void refreshLength();
    void fillLengths();
    void selectLength(double length);
    void showOptions();
    std::optional<std::size_t> place() const;

    Workbench& m_workbench;
    StudyAnalysis& m_analysis;
    QComboBox* m_length;
    QTabWidget* m_tabs;
    QLabel* m_state;
    StatisticsPanel* m_anova;
    QComboBox* m_scope;
    PairsTab* m_pairs;
    StatisticsPanel* m_effects;
    QComboBox* m_measure;
    EffectPlot* m_forest;
    StatisticsPanel* m_assumptions;
    QqPlot* m_qq;
    PowerTab* m_power;
    StatisticsPanel* m_hypotheses;
};

}  // namespace ui
