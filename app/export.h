// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <vector>

#include "engine/result.h"
#include "engine/runs/analysis_choices.h"
#include "engine/runs/study.h"
#include "engine/runs/study_export.h"
#include "stats/grid_analysis.h"

namespace app {

/// Writes all but the figures into `folder`, each file whole or not at all: runs.csv, cells.csv,
/// curves.csv, the statistics' tables (CSV and LaTeX), optimal_sparsity_results.json,
/// settings.json, report.md and report.html, as far as `choice` asks for them. `figures` are those
/// that the report shows; their files are relative to the folder, which is made if it is missing.
/// Equal studies give equal bytes. Returns the files written. Error: Io.
engine::Result<std::vector<std::filesystem::path>> exportStudy(
    const runs::Study& study, const std::filesystem::path& folder,
    const runs::ExportChoice& choice = {}, const std::vector<runs::ExportedFigure>& figures = {});

/// Draws the figures that `choice` asks for into `folder`; `analysis` is nullptr before the first
/// finished run. Needs the window's part of the program, which main() lends.
using FigureWriter = std::function<engine::Result<std::vector<runs::ExportedFigure>>(
    const runs::Study& study, const stats::GridAnalysis* analysis,
    const std::filesystem::path& folder, const runs::ExportChoice& choice)>;

/// The analysis that every export shows; nullopt before the first finished run.
std::optional<stats::GridAnalysis> analysisOf(const runs::ResultsTable& table,
                                              const runs::AnalysisChoices& choices = {});

}  // namespace app
