// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>
#include <memory>

#include "engine/runs/analysis_choices.h"
#include "engine/runs/results_table.h"
#include "stats/grid_analysis.h"
#include "ui/change.h"

namespace ui {

class Workbench;

/// The analysis of the open study, made again off the GUI thread whenever a run has ended, the plan
/// or the choices have changed.
class StudyAnalysis : public QObject {
    Q_OBJECT
public:
    explicit StudyAnalysis(Workbench& workbench, QObject* parent = nullptr);

    /// nullptr before the first run is done.
    std::shared_ptr<const stats::GridAnalysis> current() const { return m_current; }
    /// The runs that current() is made of.
    std::shared_ptr<const runs::ResultsTable> results() const { return m_results; }
    /// What the planned runs will tell; empty until it has been worked out.
    QString plan() const { return m_plan; }

    const runs::AnalysisChoices& choices() const { return m_choices; }
    /// Saves them beside the experiment and analyses again; can be undone. Returns what is wrong
    /// with them, or nothing.
    QString changeChoices(runs::AnalysisChoices choices);
    /// "Stated at 2025-01-31 14:32 UTC, before the first run was done." or what is known instead.
    QString statedAt() const;

signals:
    void updated();
    void choicesChanged();

private:
    void onChange(const Change& change);
    void loadChoices();
    QString adopt(const runs::AnalysisChoices& choices);
    void request();
    void compute();

    Workbench& m_workbench;
    runs::AnalysisChoices m_choices;
    std::shared_ptr<const stats::GridAnalysis> m_current;
    std::shared_ptr<const runs::ResultsTable> m_results;
    QString m_plan;
    QTimer m_timer;        // gathers runs that end together
    quint64 m_newest = 0;  // older answers are dropped
    std::size_t m_endedRuns = 0;
    bool m_computing = false;
    bool m_stale = false;  // something has changed since the computation began
};

}  // namespace ui
