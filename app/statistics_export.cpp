// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/statistics_export.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "app/csv.h"
#include "stats/grid_sheets.h"

namespace app {
namespace {

using Json = nlohmann::json;

Json toJson(double value) {
    if (std::isnan(value)) return "NaN";
    if (std::isinf(value)) return value > 0 ? "Infinity" : "-Infinity";
    return value;
}

Json toJson(const stats::SheetCell& cell) {
    if (const auto* number = std::get_if<double>(&cell)) return toJson(*number);
    if (const auto* text = std::get_if<std::string>(&cell)) return *text;
    return nullptr;
}

/// One object per row, without its empty cells.
Json rowToJson(const stats::Sheet& sheet, const std::vector<stats::SheetCell>& row) {
    Json object = Json::object();
    for (std::size_t c = 0; c < row.size(); ++c) {
        if (!std::holds_alternative<std::monostate>(row[c])) {
            object[sheet.columns[c]] = toJson(row[c]);
        }
    }
    return object;
}

Json sheetToJson(const stats::Sheet& sheet) {
    Json rows = Json::array();
    for (const auto& row : sheet.rows) rows.push_back(rowToJson(sheet, row));
    return rows;
}

Json countsToJson(const stats::GridCounts& counts) {
    return {{"planned", counts.planned},
            {"done", counts.done},
            {"failed", counts.failed},
            {"missing", counts.missing}};
}

std::string lengthName(double length) {
    return length == std::floor(length) ? std::to_string(static_cast<long long>(length))
                                        : std::to_string(length);
}

Json lookToJson(const stats::InterimLook& look) {
    return {{"information_fraction", look.informationFraction},
            {"z_boundary", toJson(look.z)},
            {"nominal_p", look.nominalP},
            {"final_nominal_p", look.finalNominalP}};
}

/// The look of the tests of all runs and, inside it, that of the tests blocked on seed; null once
/// nothing is missing.
Json looksToJson(const stats::InterimLooks& looks) {
    if (!looks.runs) return nullptr;
    Json object = lookToJson(*looks.runs);
    object["seed_as_block"] = lookToJson(*looks.blocks);
    return object;
}

/// Rows of a sheet that belong to this length, under the sheet's name.
void addRows(Json& object, const stats::Sheet& sheet, double length) {
    Json rows = Json::array();
    const std::size_t column = sheet.column("length");
    for (const auto& row : sheet.rows) {
        if (row[column] != stats::SheetCell(length)) continue;
        Json entry = rowToJson(sheet, row);
        entry.erase("length");
        rows.push_back(std::move(entry));
    }
    object[sheet.name] = std::move(rows);
}

}  // namespace

std::string sheetCsv(const stats::Sheet& sheet) {
    std::string header;
    for (const std::string& column : sheet.columns) header += (header.empty() ? "" : ",") + column;
    CsvWriter csv(header);
    for (const auto& row : sheet.rows) {
        for (const stats::SheetCell& cell : row) {
            if (const auto* number = std::get_if<double>(&cell)) {
                csv.add(*number);
            } else if (const auto* text = std::get_if<std::string>(&cell)) {
                csv.add(*text);
            } else {
                csv.add("");
            }
        }
        csv.endRow();
    }
    return csv.take();
}

nlohmann::json statisticalAnalysis(const stats::GridAnalysis& analysis) {
    const stats::Sheet sheets[] = {stats::anovaSheet(analysis), stats::pairwiseSheet(analysis),
                                   stats::effectsSheet(analysis), stats::assumptionsSheet(analysis),
                                   stats::powerSheet(analysis)};
    Json object = Json::object();
    for (const stats::LengthAnalysis& length : analysis.perLength) {
        Json entry = Json::object();
        entry["summary"] = length.sentence;
        entry["interim"] = length.looks.runs.has_value();
        entry["look"] = looksToJson(length.looks);
        entry["seeds"] = length.blockSeeds;
        entry["best_set_method"] = length.bestSetMethod;
        entry["not_distinguishable_from_best"] = Json::array();
        for (const std::size_t u : length.notDistinguishable) {
            entry["not_distinguishable_from_best"].push_back(
                length.cells[length.usedRatios[u]].keepRatio);
        }
        if (length.probabilityOfBest) {
            entry["probability_of_best"] = {
                {"method", std::string("bootstrap over seeds, ") +
                               stats::toText(length.probabilityOfBest->exactness)},
                {"resamples", toJson(length.probabilityOfBest->resamples)},
                {"shares", length.probabilityOfBest->pBest}};
        }
        for (const stats::Sheet& sheet : sheets) addRows(entry, sheet, length.length);
        object[lengthName(length.length)] = std::move(entry);
    }
    return object;
}

nlohmann::json analysisToJson(const stats::GridAnalysis& analysis) {
    Json object = Json::object();
    object["alpha"] = analysis.options.alpha;
    object["lengths"] = analysis.lengths;
    object["keep_ratios"] = analysis.keepRatios;
    object["runs"] = countsToJson(analysis.counts);
    if (analysis.denseCounts.planned > 0) {
        object["dense_runs"] = countsToJson(analysis.denseCounts);
    }
    object["complete_seeds"] = analysis.blockSeeds;
    object["interim"] = looksToJson(analysis.looks);
    object["interaction"] = analysis.interactionSentence;
    object["cells"] = sheetToJson(stats::cellsSheet(analysis));
    for (const stats::Sheet& sheet : stats::exportSheets(analysis)) {
        object[sheet.name] = sheetToJson(sheet);
    }
    object["statistical_analysis"] = statisticalAnalysis(analysis);
    return object;
}

}  // namespace app
