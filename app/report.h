// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "app/cell_summary.h"
#include "app/document.h"
#include "engine/experiment/settings.h"
#include "engine/runs/results_table.h"
#include "engine/runs/study.h"
#include "engine/runs/study_export.h"
#include "stats/grid_analysis.h"

namespace app {

/// What the report is made of, and nothing else: no sentence in it has another source.
struct ReportInput {
    const experiment::ExperimentSettings& settings;
    const runs::CorpusIdentity& corpus;
    const runs::ResultsTable& table;
    const StudySummary& summary;             // of `table`
    const stats::GridAnalysis* analysis;     // of `table`; nullptr before the first finished run
    std::vector<runs::RunDescription> runs;  // of every run that was started
    std::vector<runs::ExportedFigure> figures;
    std::vector<experiment::RunSpec> addedRuns = {};  // planned besides the grid
};

/// Results and key findings of the experiment, its limits, its methods, how to do it again.
Document report(const ReportInput& input);

}  // namespace app
