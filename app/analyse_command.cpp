// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/analyse_command.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <istream>
#include <nlohmann/json.hpp>
#include <ostream>
#include <stdexcept>

#include "app/loss_table.h"
#include "app/sheet_text.h"
#include "app/statistics_export.h"
#include "engine/experiment/nearest_name.h"
#include "stats/grid_analysis.h"

namespace app {
namespace {

using engine::Error;
using engine::ErrorKind;

/// Beyond this the resampling and the exact tests take minutes instead of seconds.
constexpr std::size_t kMostSeeds = 10000;

engine::Result<LossTable> readFile(const AnalyseRequest& request, std::istream& in) {
    if (request.path == "-") return readLossTable(in, request.columns);
    std::error_code problem;
    if (std::filesystem::is_directory(request.path, problem)) {
        return Error{ErrorKind::Io, "is a folder; name a CSV file in it"};
    }
    errno = 0;
    std::ifstream file(request.path, std::ios::binary);
    if (!file) {
        const std::string reason = errno != 0 ? std::strerror(errno) : "it cannot be opened";
        return Error{ErrorKind::Io, "cannot be read (" + reason + "); name a CSV file"};
    }
    return readLossTable(file, request.columns);
}

engine::Result<void> checkSeeds(const LossTable& read) {
    if (read.table.seeds.size() <= kMostSeeds) return {};
    return Error{ErrorKind::Data, "has " + std::to_string(read.table.seeds.size()) +
                                      " seeds, at most " + std::to_string(kMostSeeds) +
                                      " can be analysed; check that --columns names the seed"};
}

void print(const AnalyseRequest& request, const LossTable& read,
           const stats::GridAnalysis& analysis, std::ostream& out) {
    if (request.format == AnalysisFormat::Json) {
        nlohmann::json object = analysisToJson(analysis);
        object["notes"] = read.notes;
        out << object.dump(2) << '\n';
        return;
    }
    const std::string name = request.path == "-" ? "standard input" : request.path;
    out << wrapped("Analysis of " + name, request.width, 2);
    for (const std::string& note : read.notes) out << wrapped(note, request.width, 2);
    out << analysisText(analysis, request.detail, request.width);
}

}  // namespace

int runAnalyse(const AnalyseRequest& request, std::istream& in, std::ostream& out,
               std::ostream& err) {
    const std::string where =
        request.path == "-" ? "standard input" : experiment::inQuotes(request.path);
    const auto fail = [&](const Error& error) {
        err << "sparsity-workbench: " << where << ": " << error.message << ".\n";
        return engine::exitCode(error.kind);
    };
    const auto read = readFile(request, in);
    if (!read) return fail(read.error());
    if (const auto few = checkSeeds(*read); !few) return fail(few.error());
    try {
        stats::GridAnalysisOptions options = request.options;
        // combinations without a row are no runs to come, unless the table says that some go on
        options.missingRuns =
            read->unfinished > 0 ? stats::MissingRuns::Expected : stats::MissingRuns::Absent;
        print(request, *read, stats::analyseGrid(read->table, options), out);
    } catch (const std::domain_error& error) {
        return fail({ErrorKind::Data, error.what()});
    }
    if (!out.flush()) {
        err << "sparsity-workbench: the analysis could not be written to standard output; check "
               "the "
               "disk or the pipe.\n";
        return engine::exitCode(ErrorKind::Io);
    }
    return 0;
}

}  // namespace app
