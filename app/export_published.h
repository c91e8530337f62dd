// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "app/cell_summary.h"
#include "engine/experiment/settings.h"
#include "engine/runs/results_table.h"
#include "engine/runs/study.h"

namespace app {

/// optimal_sparsity_results.json in the schema of the published experiment, with our own fields
/// beside its own. sparsity_ratio is k/L, the share kept; actual_sparsity is 1 - k/L as published;
/// std is the sample sd; avg_time is seconds per optimiser step of the runs as trained. Numbers
/// that are not finite are strings, missing ones null. `statistics`: a JSON object with one entry
/// per length for statistical_analysis; "{}" for none.
std::string publishedJson(const experiment::ExperimentSettings& settings,
                          const runs::CorpusIdentity& corpus, const runs::ResultsTable& table,
                          const StudySummary& summary, const std::string& statistics);

}  // namespace app
