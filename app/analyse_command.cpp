// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/analyse_command.h"

#include <algorithm>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <vector>

#include "app/loss_table.h"
#include "app/statistics_export.h"
#include "stats/grid_analysis.h"
#include "stats/grid_sheets.h"
#include "stats/number_text.h"

namespace app {
namespace {

constexpr int kOk = 0;
constexpr int kUsage = 2;
constexpr int kBadData = 3;
constexpr int kUnreadable = 74;

std::string cellText(const stats::SheetCell& cell) {
    if (const auto* number = std::get_if<double>(&cell)) return stats::numberText(*number);
    if (const auto* text = std::get_if<std::string>(&cell)) return *text;
    return {};
}

/// Aligned columns, two spaces apart; columns that hold nothing are left out.
void printSheet(const stats::Sheet& sheet, std::ostream& out) {
    std::vector<std::size_t> widths(sheet.columns.size(), 0);
    for (const auto& row : sheet.rows) {
        for (std::size_t c = 0; c < row.size(); ++c) {
            widths[c] = std::max(widths[c], cellText(row[c]).size());
        }
    }
    const auto printCell = [&](const std::string& text, std::size_t column, std::string& line) {
        line += text + std::string(widths[column] - text.size() + 2, ' ');
    };
    const auto flush = [&](std::string line) {
        line.erase(line.find_last_not_of(' ') + 1);
        out << line << '\n';
    };
    std::string heading;
    for (std::size_t c = 0; c < widths.size(); ++c) {
        if (widths[c] == 0) continue;
        widths[c] = std::max(widths[c], sheet.columns[c].size());
        printCell(sheet.columns[c], c, heading);
    }
    flush(heading);
    for (const auto& row : sheet.rows) {
        std::string line;
        for (std::size_t c = 0; c < row.size(); ++c) {
            if (widths[c] > 0) printCell(cellText(row[c]), c, line);
        }
        flush(line);
    }
}

void printCounts(const char* what, const stats::GridCounts& counts, std::ostream& out) {
    out << what << ": " << counts.done << " of " << counts.planned << " finished, " << counts.failed
        << " failed, " << counts.missing << " missing\n";
}

void printAnalysis(const stats::GridAnalysis& analysis, std::ostream& out) {
    printCounts("Runs", analysis.counts, out);
    if (analysis.denseCounts.planned > 0) {
        printCounts("Dense reference", analysis.denseCounts, out);
    }
    out << "Seeds complete in every cell: " << analysis.blockSeeds.size() << "\n\n";
    out << "FINDINGS\n";
    for (const stats::LengthAnalysis& length : analysis.perLength) out << length.sentence << '\n';
    out << analysis.interactionSentence << "\n\nHYPOTHESES\n";
    for (const stats::Verdict& verdict : analysis.verdicts) {
        out << verdict.statement << ".\n  " << verdict.sentence << '\n';
    }
    const std::vector<std::pair<const char*, stats::Sheet>> sheets = {
        {"CELLS", stats::cellsSheet(analysis)},
        {"ANALYSIS OF VARIANCE AND RANK TESTS", stats::anovaSheet(analysis)},
        {"PAIRWISE COMPARISONS (ratio_b - ratio_a)", stats::pairwiseSheet(analysis)},
        {"EFFECT SIZES (ratio_b - ratio_a)", stats::effectsSheet(analysis)},
        {"ASSUMPTIONS", stats::assumptionsSheet(analysis)},
        {"POWER", stats::powerSheet(analysis)},
        {"TREND AND HYPOTHESES", stats::hypothesesSheet(analysis)}};
    for (const auto& [title, sheet] : sheets) {
        out << '\n' << title << '\n';
        printSheet(sheet, out);
    }
}

std::string* fieldNamed(std::string_view name, ColumnNames& columns) {
    if (name == "length") return &columns.length;
    if (name == "ratio") return &columns.ratio;
    if (name == "seed") return &columns.seed;
    if (name == "loss") return &columns.loss;
    return nullptr;
}

}  // namespace

std::optional<std::string> parseColumnNames(std::string_view text, ColumnNames& columns) {
    while (!text.empty()) {
        const std::string_view item = text.substr(0, text.find(','));
        text.remove_prefix(std::min(text.size(), item.size() + 1));
        const auto equals = item.find('=');
        std::string* field = fieldNamed(item.substr(0, equals), columns);
        if (field == nullptr || equals == std::string_view::npos || equals + 1 == item.size()) {
            return "\"" + std::string(item) +
                   "\" is not one of length=NAME, ratio=NAME, seed=NAME, loss=NAME";
        }
        *field = item.substr(equals + 1);
    }
    return std::nullopt;
}

int runAnalyse(const AnalyseRequest& request, std::ostream& out, std::ostream& err) {
    if (request.path.empty()) {
        err << "sparsity-workbench: --analyse needs a CSV file.\n";
        return kUsage;
    }
    const std::string where = request.path == "-" ? "standard input" : request.path;
    std::ifstream file;
    if (request.path != "-") {
        file.open(request.path, std::ios::binary);
        if (!file || file.peek() == std::ifstream::traits_type::eof()) {
            err << "sparsity-workbench: " << where
                << " could not be read or is empty; name a CSV file with a header line.\n";
            return kUnreadable;
        }
    }
    std::istream& in = request.path == "-" ? std::cin : file;
    const auto read = readLossTable(in, request.columns);
    if (const auto* error = std::get_if<LossTableError>(&read)) {
        err << "sparsity-workbench: " << where << ": " << error->message << ".\n";
        return kBadData;
    }
    try {
        stats::GridAnalysisOptions options = request.options;
        options.missingRuns = stats::MissingRuns::Absent;  // a finished table: nothing more comes
        const auto analysis = stats::analyseGrid(std::get<stats::GridTable>(read), options);
        if (request.format == AnalysisFormat::Json) {
            out << analysisToJson(analysis).dump(2) << '\n';
        } else {
            printAnalysis(analysis, out);
        }
    } catch (const std::domain_error& error) {
        err << "sparsity-workbench: " << where << ": " << error.what() << ".\n";
        return kBadData;
    }
    return kOk;
}

}  // namespace app
