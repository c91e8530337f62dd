// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/export.h"

#include <nlohmann/json.hpp>
#include <system_error>
#include <utility>

#include "app/cell_summary.h"
#include "app/export_published.h"
#include "app/export_tables.h"
#include "app/latex.h"
#include "app/report.h"
#include "app/results_sheet.h"
#include "app/statistics_export.h"
#include "engine/experiment/settings_json.h"
#include "engine/runs/file_commit.h"
#include "engine/runs/grid_table.h"
#include "engine/runs/run_folder.h"
#include "stats/grid_sheets.h"

namespace app {
namespace {

using runs::Choice;

/// Name and content of the files, in the order in which they are written.
using Files = std::vector<std::pair<std::string, std::string>>;

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

/// What the runs were started with; a run whose record cannot be read says so elsewhere.
std::vector<runs::RunDescription> descriptionsOf(const runs::Study& study) {
    std::vector<runs::RunDescription> descriptions;
    for (const runs::RunView& run : study.runs()) {
        if (run.status == runs::RunStatus::Empty) continue;
        if (auto description = runs::readDescription(study.runFolder(run.id)))
            descriptions.push_back(std::move(*description));
    }
    return descriptions;
}

void addSheets(Files& files, const stats::GridAnalysis& analysis,
               const runs::ExportChoice& choice) {
    std::vector<stats::Sheet> sheets = stats::exportSheets(analysis);
    sheets.insert(sheets.begin(), resultsSheet(analysis));
    for (const stats::Sheet& sheet : sheets) {
        if (choice.tables == Choice::Yes) files.emplace_back(sheet.name + ".csv", sheetCsv(sheet));
        if (choice.latex == Choice::No) continue;
        const bool isForPeople = sheet.name == "results";
        files.emplace_back(sheet.name + ".tex",
                           isForPeople ? toLatex(resultsTable(analysis)) : toLatex(sheet));
    }
}

void addReport(Files& files, const ReportInput& input) {
    const Document document = report(input);
    files.emplace_back("report.md", toMarkdown(document));
    files.emplace_back("report.html", toHtml(document));
}

}  // namespace

std::optional<stats::GridAnalysis> analysisOf(const runs::ResultsTable& table,
                                              const runs::AnalysisChoices& choices) {
    if (table.count(runs::RunStatus::Done) == 0) return std::nullopt;
    return stats::analyseGrid(runs::gridTable<stats::GridTable>(table),
                              runs::optionsOf<stats::GridAnalysisOptions>(choices));
}

engine::Result<std::vector<std::filesystem::path>> exportStudy(
    const runs::Study& study, const std::filesystem::path& folder, const runs::ExportChoice& choice,
    const std::vector<runs::ExportedFigure>& figures) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) {
        engine::Error unmade = runs::ioError("Could not make the folder", folder, error.value());
        unmade.message += " Choose a folder that can be written to.";
        return unmade;
    }

    const runs::ResultsTable table = study.results();
    const StudySummary summary = summarise(table);
    const auto choices = runs::readAnalysisChoices(study.folder());
    if (!choices) return choices.error();
    const std::optional<stats::GridAnalysis> analysis = analysisOf(table, *choices);
    Files files;
    if (choice.tables == Choice::Yes) {
        const auto curves = readCurves(study, table);
        if (!curves) return curves.error();
        files.emplace_back("runs.csv", runsCsv(table));
        files.emplace_back("cells.csv", cellsCsv(table, summary));
        files.emplace_back("curves.csv", curvesCsv(*curves));
    }
    if (analysis) addSheets(files, *analysis, choice);
    if (choice.json == Choice::Yes) {
        const std::string statistics = analysis ? statisticalAnalysis(*analysis).dump() : "{}";
        files.emplace_back(
            "optimal_sparsity_results.json",
            publishedJson(study.settings(), study.corpus(), table, summary, statistics));
    }
    if (choice.report == Choice::Yes) {
        addReport(files, {study.settings(), study.corpus(), table, summary,
                          analysis ? &*analysis : nullptr, descriptionsOf(study), figures,
                          study.addedRuns()});
    }
    if (choice.json == Choice::Yes || choice.report == Choice::Yes)
        files.emplace_back("settings.json", experiment::toJson(study.settings()));

    std::vector<std::filesystem::path> written;
    for (const auto& [name, text] : files) {
        if (auto saved = runs::commitText(folder / name, text); !saved) return saved.error();
        written.push_back(folder / name);
    }
    return written;
}

}  // namespace app
