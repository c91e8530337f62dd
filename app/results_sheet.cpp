// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/results_sheet.h"

#include <spdlog/fmt/fmt.h>

#include <algorithm>

#include "app/text.h"
#include "engine/experiment/settings.h"
#include "stats/number_text.h"

namespace app {
namespace {

using stats::LengthAnalysis;
using stats::SheetCell;

SheetCell cell(const std::optional<double>& value) {
    return value ? SheetCell(*value) : SheetCell();
}

SheetCell cell(const std::string& text) {
    return text.empty() ? SheetCell() : SheetCell(text);
}

/// A probability is never 0.
SheetCell probability(double p) {
    return p < 1e-300 ? SheetCell(std::string("<1e-300")) : SheetCell(p);
}

const stats::CellSummary& bestCell(const LengthAnalysis& length) {
    return length.cells[length.usedRatios[*length.best]];
}

double keepOf(const LengthAnalysis& length) {
    return static_cast<double>(experiment::keepCount(static_cast<std::int64_t>(length.length),
                                                     bestCell(length).keepRatio));
}

std::optional<BaselineTest> testOf(const stats::Computed<stats::Dunnett>& test, const char* method,
                                   std::size_t position, double level) {
    if (!test) return std::nullopt;
    for (const stats::ControlComparison& each : test->comparisons) {
        if (each.group != position) continue;
        return BaselineTest{method, each.diff, each.t, test->df, each.p, each.lo, each.hi, level};
    }
    return std::nullopt;
}

std::string percentText(const std::optional<double>& share) {
    return share ? fmt::format("{:+.2f} %", 100.0 * *share) : std::string("–");
}

std::vector<SheetCell> sheetRow(const LengthAnalysis& length) {
    const stats::CellSummary& best = bestCell(length);
    std::vector<SheetCell> row = {length.length, best.keepRatio, keepOf(length), cell(best.mean)};
    if (best.description) {
        const stats::Descriptives& spread = *best.description;
        row.insert(row.end(), {spread.sd, spread.meanInterval.lower, spread.meanInterval.upper});
    } else {
        row.resize(row.size() + 3);
    }
    row.insert(row.end(), {static_cast<double>(best.done), cell(best.improvement),
                           cell(best.improvementOverDense)});
    if (const auto test = baselineTest(length, *length.best)) {
        row.insert(row.end(), {test->method, test->t, test->df, probability(test->p)});
    } else {
        row.resize(row.size() + 4);
    }
    row.push_back(cell(notDistinguishableText(length)));
    row.push_back(cell(length.bestSetMethod));
    row.push_back(SheetCell(std::string(length.looks.runs ? "yes" : "no")));
    return row;
}

}  // namespace

std::optional<BaselineTest> baselineTest(const LengthAnalysis& length, std::size_t position) {
    if (auto blocked = testOf(length.dunnettBlocked, "Dunnett on the block model", position,
                              length.blockedLevel))
        return blocked;
    return testOf(length.dunnett, "Dunnett", position, length.level);
}

std::optional<BaselineTest> denseTest(const LengthAnalysis& length, std::size_t position) {
    if (auto blocked = testOf(length.dunnettDenseBlocked, "Dunnett on the block model", position,
                              length.blockedLevel))
        return blocked;
    return testOf(length.dunnettDense, "Dunnett", position, length.level);
}

std::string ratioText(const LengthAnalysis& length, std::size_t position) {
    if (position >= length.usedRatios.size()) return "dense";
    return stats::numberText(length.cells[length.usedRatios[position]].keepRatio);
}

std::string notDistinguishableText(const LengthAnalysis& length) {
    std::string text;
    for (const std::size_t position : length.notDistinguishable) {
        if (position == *length.best) continue;
        text += (text.empty() ? "" : ", ") + ratioText(length, position);
    }
    return text;
}

stats::Sheet resultsSheet(const stats::GridAnalysis& analysis) {
    stats::Sheet sheet;
    sheet.name = "results";
    sheet.columns = {"length",
                     "optimal_keep_ratio",
                     "k",
                     "validation_loss",
                     "sd",
                     "lower",
                     "upper",
                     "n",
                     "improvement_vs_baseline",
                     "improvement_vs_dense",
                     "test_vs_baseline",
                     "t",
                     "df",
                     "p_vs_baseline",
                     "not_distinguishable_from_best",
                     "best_set_method",
                     "interim"};
    for (const LengthAnalysis& length : analysis.perLength)
        if (length.best) sheet.rows.push_back(sheetRow(length));
    return sheet;
}

TextTable resultsTable(const stats::GridAnalysis& analysis) {
    TextTable table;
    const std::string level = stats::numberText(100.0 * analysis.options.confidence);
    table.columns = {{"L"},
                     {"Optimal k/L"},
                     {"k"},
                     {"Validation loss [" + level + " %] (nats/token)"},
                     {"n"},
                     {"Improvement vs baseline (k/L = " +
                      stats::numberText(analysis.options.baselineRatio) + ")"},
                     {"Improvement vs dense"},
                     {"p against baseline"},
                     {"Not distinguishable from the best", Align::Left}};
    for (const LengthAnalysis& length : analysis.perLength) {
        if (!length.best) continue;
        const stats::CellSummary& best = bestCell(length);
        std::string loss = fixedText(*best.mean, 4);
        if (best.description) {
            const stats::Interval& interval = best.description->meanInterval;
            loss += fmt::format(" [{:.4f}, {:.4f}]", interval.lower, interval.upper);
        }
        const auto test = baselineTest(length, *length.best);
        const bool isBaseline = length.baseline == length.best;
        const std::string others = notDistinguishableText(length);
        table.rows.push_back({stats::numberText(length.length), stats::numberText(best.keepRatio),
                              stats::numberText(keepOf(length)), loss, std::to_string(best.done),
                              percentText(best.improvement), percentText(best.improvementOverDense),
                              test         ? stats::pValueText(test->p)
                              : isBaseline ? "is the baseline"
                                           : "–",
                              length.usedRatios.size() < 2 ? "nothing to compare with"
                              : others.empty()             ? "none"
                                                           : others});
    }
    return table;
}

}  // namespace app
