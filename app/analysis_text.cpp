// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/analysis_text.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "app/sheet_text.h"
#include "app/text.h"
#include "stats/grid_sheets.h"
#include "stats/number_text.h"

namespace app {
namespace {

using stats::Sheet;
using stats::SheetCell;

std::string counted(std::size_t count, const char* one, const char* many) {
    return groupedText(static_cast<std::int64_t>(count)) + " " + (count == 1 ? one : many);
}

std::string countsText(const char* what, const stats::GridCounts& counts) {
    std::string text = std::string(what) + ": " +
                       groupedText(static_cast<std::int64_t>(counts.done)) + " of " +
                       groupedText(static_cast<std::int64_t>(counts.planned)) + " finished";
    if (counts.failed > 0)
        text += ", " + groupedText(static_cast<std::int64_t>(counts.failed)) + " failed";
    if (counts.missing > 0)
        text += ", " + groupedText(static_cast<std::int64_t>(counts.missing)) + " missing";
    return text + ".";
}

std::size_t seedCount(const stats::GridAnalysis& analysis) {
    std::size_t most = 0;
    for (const auto& length : analysis.perLength)
        for (const auto& cell : length.cells) most = std::max(most, cell.planned);
    return most;
}

SheetCell cellOf(const Sheet& sheet, const std::vector<SheetCell>& row, const char* column) {
    return row[sheet.column(column)];
}

std::string wordsOf(const SheetCell& cell) {
    if (const auto* number = std::get_if<double>(&cell)) return stats::numberText(*number);
    if (const auto* text = std::get_if<std::string>(&cell)) return *text;
    return {};
}

/// Statement, verdict, and the numbers behind it where the words do not carry them.
std::string verdictsText(const stats::GridAnalysis& analysis, std::size_t width) {
    const Sheet sheet = stats::hypothesesSheet(analysis);
    std::string text;
    std::string said;
    for (const auto& row : sheet.rows) {
        const auto words = [&](const char* column) { return wordsOf(cellOf(sheet, row, column)); };
        const std::string statement = words("statement");
        if (statement != said) text += wrapped(statement + ".", width, 2);
        said = statement;
        std::string sentence = words("sentence");
        if (words("verdict").empty()) {  // a trend test or the interim boundary
            const std::string p = words("p");
            sentence = words("method") + ": " +
                       (p.empty() ? sentence
                                  : words("statistic_name") + " = " + words("statistic") +
                                        (p.starts_with('<') ? ", p " : ", p = ") + p +
                                        ", n = " + words("n") + " (" + sentence + ")");
        }
        if (!sentence.empty()) text += wrapped("  " + sentence, width, 2);
    }
    return text;
}

/// "Friedman" and "exact" as "Friedman, exact".
Sheet withExactness(Sheet sheet) {
    const std::size_t method = sheet.column("method");
    const std::size_t exactness = sheet.column("exactness");
    for (auto& row : sheet.rows) {
        if (const auto* text = std::get_if<std::string>(&row[exactness])) {
            row[method] = wordsOf(row[method]) + ", " + *text;
        }
    }
    return sheet;
}

std::string intervalHeading(double level, const char* end) {
    return stats::numberText(100 * level) + " %\n" + end;
}

std::string cellsText(const stats::GridAnalysis& analysis, AnalysisDetail detail,
                      std::size_t width) {
    const double level = analysis.options.confidence;
    Sheet sheet = stats::cellsSheet(analysis);
    sheet.columns.emplace_back("runs");
    for (auto& row : sheet.rows) {
        row.emplace_back(wordsOf(cellOf(sheet, row, "done")) + "/" +
                         wordsOf(cellOf(sheet, row, "planned")));
    }
    SheetLayout layout{
        {"length"},
        {{"keep_ratio", "k/L", CellStyle::Text},
         {"runs", "runs", CellStyle::Text},
         {"mean", "mean", CellStyle::Loss},
         {"sd", "sd", CellStyle::Spread},
         {"lower", intervalHeading(level, "lower"), CellStyle::Loss},
         {"upper", intervalHeading(level, "upper"), CellStyle::Loss},
         {"probability_of_best", "P(best)", CellStyle::Share},
         {"may_be_best", "may be\nbest", CellStyle::Text},
         {"improvement_vs_baseline",
          "gain over\n" + stats::numberText(analysis.options.baselineRatio), CellStyle::Share},
         {"improvement_vs_dense", "gain over\ndense", CellStyle::Share}},
        1,
        {}};
    if (detail == AnalysisDetail::Full) {
        layout.columns.push_back({"median", "median", CellStyle::Loss});
        layout.columns.push_back({"se", "se", CellStyle::Spread});
    }
    return sheetText(sheet, layout, width);
}

/// Tests of one length each, then those of the grid, whose method heads their table.
std::string anovaText(const stats::GridAnalysis& analysis, AnalysisDetail detail,
                      std::size_t width) {
    SheetLayout layout{{"length"},
                       {{"method", "test", CellStyle::Text},
                        {"df1", "df1", CellStyle::Number},
                        {"df2", "df2", CellStyle::Number},
                        {"statistic_name", "", CellStyle::Text},
                        {"statistic", "statistic", CellStyle::Number},
                        {"p", "p", CellStyle::P},
                        {"effect_name", "effect size", CellStyle::Text},
                        {"effect", "value", CellStyle::Number}},
                       1,
                       {}};
    SheetLayout gridLayout = layout;
    gridLayout.groups = {"method"};
    gridLayout.columns[0] = {"term", "effect of", CellStyle::Text};
    if (detail == AnalysisDetail::Summary) {
        layout.methods = {"one-way ANOVA",        "blocked ANOVA (seed as block)",
                          "Welch ANOVA",          "blocked ANOVA, Greenhouse-Geisser",
                          "Friedman, exact",      "Friedman, asymptotic",
                          "Kruskal-Wallis, exact"};
        gridLayout.methods = {"All lengths, two-way ANOVA, seed as block"};
    } else {
        layout.columns.push_back({"effect_lower", "lower", CellStyle::Number});
        layout.columns.push_back({"effect_upper", "upper", CellStyle::Number});
    }
    Sheet lengths = withExactness(stats::anovaSheet(analysis));
    Sheet grid{lengths.name, lengths.columns, {}};
    const std::size_t length = lengths.column("length");
    const std::size_t method = lengths.column("method");
    for (auto& row : lengths.rows) {
        if (std::holds_alternative<double>(row[length])) continue;
        row[method] = "All lengths, " + wordsOf(row[method]);
        grid.rows.push_back(row);
    }
    std::erase_if(lengths.rows,
                  [&](const auto& row) { return !std::holds_alternative<double>(row[length]); });
    return sheetText(lengths, layout, width) + sheetText(grid, gridLayout, width);
}

std::string pairwiseText(const stats::GridAnalysis& analysis, AnalysisDetail detail,
                         std::size_t width) {
    const double level = 1 - analysis.options.alpha;
    SheetLayout layout{{"length", "method"},
                       {{"ratio_a", "a", CellStyle::Text},
                        {"ratio_b", "b", CellStyle::Text},
                        {"diff", "b - a", CellStyle::Loss},
                        {"se", "se", CellStyle::Spread},
                        {"lower", intervalHeading(level, "lower"), CellStyle::Loss},
                        {"upper", intervalHeading(level, "upper"), CellStyle::Loss},
                        {"df", "df", CellStyle::Number},
                        {"statistic_name", "", CellStyle::Text},
                        {"statistic", "statistic", CellStyle::Number},
                        {"p", "p", CellStyle::P},
                        {"p_bonferroni", "p\nBonferroni", CellStyle::P},
                        {"p_holm", "p\nHolm", CellStyle::P},
                        {"p_hochberg", "p\nHochberg", CellStyle::P},
                        {"p_hommel", "p\nHommel", CellStyle::P},
                        {"p_bh", "p\nBH", CellStyle::P},
                        {"p_by", "p\nBY", CellStyle::P}},
                       2,
                       {}};
    if (detail == AnalysisDetail::Summary) {
        const bool blocked =
            std::any_of(analysis.perLength.begin(), analysis.perLength.end(),
                        [](const auto& length) { return bool(length.tukeyBlocked); });
        layout.methods = {blocked ? "Tukey HSD, seed as block" : "Tukey HSD"};
    }
    return sheetText(stats::pairwiseSheet(analysis), layout, width);
}

std::string effectsText(const stats::GridAnalysis& analysis, std::size_t width) {
    const double level = analysis.options.confidence;
    return sheetText(stats::effectsSheet(analysis),
                     {{"length"},
                      {{"ratio_a", "a", CellStyle::Text},
                       {"ratio_b", "b", CellStyle::Text},
                       {"effect", "effect size", CellStyle::Text},
                       {"value", "value", CellStyle::Number},
                       {"lower", intervalHeading(level, "lower"), CellStyle::Number},
                       {"upper", intervalHeading(level, "upper"), CellStyle::Number},
                       {"df", "df", CellStyle::Number},
                       {"t", "t", CellStyle::Number},
                       {"p", "p", CellStyle::P}},
                      3,
                      {}},
                     width);
}

/// A table per test, so that the lengths stand below each other.
std::string assumptionsText(const stats::GridAnalysis& analysis, std::size_t width) {
    const Sheet byLength = stats::assumptionsSheet(analysis);
    Sheet sheet{byLength.name, byLength.columns, {}};
    for (const auto& first : byLength.rows) {
        const SheetCell method = cellOf(byLength, first, "method");
        const auto isSame = [&](const auto& row) {
            return cellOf(byLength, row, "method") == method;
        };
        if (std::any_of(sheet.rows.begin(), sheet.rows.end(), isSame)) continue;
        std::copy_if(byLength.rows.begin(), byLength.rows.end(), std::back_inserter(sheet.rows),
                     isSame);
    }
    return sheetText(sheet,
                     {{"assumption", "method"},
                      {{"length", "L", CellStyle::Text},
                       {"statistic_name", "", CellStyle::Text},
                       {"statistic", "statistic", CellStyle::Number},
                       {"df1", "df1", CellStyle::Number},
                       {"df2", "df2", CellStyle::Number},
                       {"p", "p", CellStyle::P}},
                      1,
                      {}},
                     width);
}

/// Lengths with equally many ratios and runs have the same power and share one table.
std::string powerText(const stats::GridAnalysis& analysis, std::size_t width) {
    Sheet sheet = stats::powerSheet(analysis);
    const std::size_t length = sheet.column("length");
    const auto designOf = [&](const std::vector<SheetCell>& row) {
        const double runs = std::get<double>(cellOf(sheet, row, "runs_per_cell"));
        const double ratios = std::get<double>(cellOf(sheet, row, "groups"));
        return counted(static_cast<std::size_t>(ratios), "keep ratio", "keep ratios") + ", " +
               counted(static_cast<std::size_t>(runs), "run", "runs") + " per cell";
    };
    std::vector<std::pair<std::string, Sheet>> designs;
    for (const auto& row : sheet.rows) {
        const std::string design = designOf(row);
        auto found = std::find_if(designs.begin(), designs.end(),
                                  [&](const auto& each) { return each.first == design; });
        if (found == designs.end())
            found = designs.insert(designs.end(), {design, {sheet.name, sheet.columns, {}}});
        found->second.rows.push_back(row);
    }
    std::string text;
    for (auto& [design, rows] : designs) {
        std::string names;
        const SheetCell first = rows.rows.front()[length];
        for (std::size_t i = 0; i < rows.rows.size(); ++i) {
            const SheetCell& cell = rows.rows[i][length];
            if (i > 0 && cell == rows.rows[i - 1][length]) continue;
            names += (names.empty() ? "" : ", ") + wordsOf(cell);
        }
        std::erase_if(rows.rows, [&](const auto& row) { return row[length] != first; });
        text += wrapped("L = " + names + " (" + design + ")", width, 2);
        text += sheetText(
            rows,
            {{},
             {{"quantity", "quantity", CellStyle::Text}, {"value", "value", CellStyle::Text}},
             1,
             {}},
            width);
    }
    return text;
}

std::string answersText(const stats::GridAnalysis& analysis, std::size_t width) {
    std::string text = "ANSWER\n";
    for (const auto& length : analysis.perLength) {
        text += wrapped(length.answer.empty() ? length.sentence : length.answer, width, 2);
    }
    if (!analysis.fallingAnswer.empty()) text += wrapped(analysis.fallingAnswer, width, 2);
    return text;
}

std::string findingsText(const stats::GridAnalysis& analysis, std::size_t width) {
    std::string text = "\nFINDINGS\n";
    for (const auto& length : analysis.perLength) text += wrapped(length.sentence, width, 2);
    return text + wrapped(analysis.interactionSentence, width, 2);
}

}  // namespace

std::string analysisText(const stats::GridAnalysis& analysis, AnalysisDetail detail,
                         std::size_t width) {
    std::string text =
        wrapped(counted(analysis.lengths.size(), "length L", "lengths L") + ", " +
                    counted(analysis.keepRatios.size(), "keep ratio k/L", "keep ratios k/L") +
                    ", " + counted(seedCount(analysis), "seed", "seeds") + ". " +
                    countsText("Runs", analysis.counts),
                width, 2);
    if (analysis.denseCounts.planned > 0) {
        text += wrapped(countsText("Dense reference", analysis.denseCounts), width, 2);
    }
    text +=
        wrapped("Seeds complete in every cell: " + std::to_string(analysis.blockSeeds.size()) + ".",
                width, 2);
    text += '\n' + answersText(analysis, width) + findingsText(analysis, width) +
            "\nHYPOTHESES AND TREND\n" + verdictsText(analysis, width);
    if (detail == AnalysisDetail::Answer) return text;
    text += "\nLOSSES (nats per token)\n" + cellsText(analysis, detail, width);
    text += "\nTESTS OF THE KEEP RATIOS\n" + anovaText(analysis, detail, width);
    text += "\nDIFFERENCES BETWEEN KEEP RATIOS (nats per token)\n" +
            pairwiseText(analysis, detail, width);
    if (detail == AnalysisDetail::Full) {
        text += "\nEFFECT SIZES (b - a)\n" + effectsText(analysis, width);
    }
    text += "\nASSUMPTIONS\n" + assumptionsText(analysis, width);
    text += "\nPOWER\n" + powerText(analysis, width);
    if (detail == AnalysisDetail::Summary) {
        text += '\n' + wrapped(
                           "More tests: --verbose prints all of them, --json gives every number "
                           "with all its digits.",
                           width, 0);
    }
    return text;
}

}  // namespace app
