// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>

#include "app/cell_summary.h"
#include "engine/runs/results_table.h"
#include "engine/runs/run_record.h"

namespace app {

/// One row per planned run, whatever became of it.
std::string runsCsv(const runs::ResultsTable& table);

/// One row per cell: mean, sd, n, failures, improvement, flags of the training, timing pass.
std::string cellsCsv(const runs::ResultsTable& table, const StudySummary& summary);

/// One run and its metrics.
struct RunCurve {
    const runs::CellOutcome* cell = nullptr;
    const runs::RunOutcome* run = nullptr;
    std::vector<runs::MetricPoint> points;
};

/// Long format: one row per recorded step of each run.
std::string curvesCsv(std::span<const RunCurve> curves);

}  // namespace app
