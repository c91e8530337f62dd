// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/export.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <system_error>
#include <utility>

#include "app/cell_summary.h"
#include "app/export_published.h"
#include "app/export_tables.h"
#include "app/grid_statistics.h"
#include "app/statistics_export.h"
#include "engine/runs/file_commit.h"
#include "stats/grid_analysis.h"

namespace app {
namespace {

engine::Result<std::vector<RunCurve>> readCurves(const runs::Study& study,
                                                 const runs::ResultsTable& table) {
    std::vector<RunCurve> curves;
    for (const runs::CellOutcome& cell : table.cells) {
        for (const runs::RunOutcome& run : cell.runs) {
            if (run.status == runs::RunStatus::Empty) continue;
            auto points = study.metrics(run.id);
            if (!points) return points.error();
            if (points->empty()) continue;
            curves.push_back({&cell, &run, std::move(*points)});
        }
    }
    return curves;
}

}  // namespace

engine::Result<std::vector<std::filesystem::path>> exportStudy(
    const runs::Study& study, const std::filesystem::path& folder) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) return runs::ioError("cannot make folder", folder, error.value());

    const runs::ResultsTable table = study.results();
    const StudySummary summary = summarise(table);
    const auto curves = readCurves(study, table);
    if (!curves) return curves.error();
    std::vector<std::pair<std::string, std::string>> files;
    files.emplace_back("runs.csv", runsCsv(table));
    files.emplace_back("cells.csv", cellsCsv(table, summary));
    files.emplace_back("curves.csv", curvesCsv(*curves));
    std::optional<stats::GridAnalysis> analysis;
    std::string statistics = "{}";
    if (table.count(runs::RunStatus::Done) > 0) {
        analysis = stats::analyseGrid(gridTable(table), {});
        statistics = statisticalAnalysis(*analysis).dump();
    }
    files.emplace_back("optimal_sparsity_results.json",
                       publishedJson(study.settings(), study.corpus(), table, summary, statistics));

    std::vector<std::filesystem::path> written;
    for (const auto& [name, text] : files) {
        if (auto saved = runs::commitText(folder / name, text); !saved) return saved.error();
        written.push_back(folder / name);
    }
    if (!analysis) return written;
    if (const auto failed = exportStatistics(*analysis, folder)) {
        return engine::Error{engine::ErrorKind::Io, *failed};
    }
    for (const char* name : {"anova.csv", "pairwise.csv", "effects.csv", "assumptions.csv",
                             "power.csv", "hypotheses.csv"}) {
        written.push_back(folder / name);
    }
    return written;
}

}  // namespace app
