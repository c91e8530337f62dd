// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>
#include <memory>

#include "engine/runs/results_table.h"
#include "stats/grid_analysis.h"
#include "ui/change.h"

namespace ui {

class Workbench;

/// Final losses as the statistics want them: lengths and keep ratios ascending.
stats::GridTable gridTable(const runs::ResultsTable& results);

/// The analysis of the open study, made again off the GUI thread whenever a run has ended.
class StudyAnalysis : public QObject {
    Q_OBJECT
public:
    explicit StudyAnalysis(Workbench& workbench, QObject* parent = nullptr);

    /// nullptr before the first run is done.
    std::shared_ptr<const stats::GridAnalysis> current() const { return m_current; }

signals:
    void updated();

private:
    void onChange(const Change& change);
    void compute();

    Workbench& m_workbench;
    std::shared_ptr<const stats::GridAnalysis> m_current;
    QTimer m_timer;        // gathers runs that end together
    quint64 m_newest = 0;  // older answers are dropped
    std::size_t m_endedRuns = 0;
    bool m_computing = false;
};

}  // namespace ui
