// SPDX-License-Identifier: GPL-3.0-or-later
// Report, chapter "Results": the experiment's table, all cells, figures.
#include <spdlog/fmt/fmt.h>

#include <set>

#include "app/report_parts.h"
#include "app/results_sheet.h"
#include "app/text.h"
#include "stats/number_text.h"

namespace app {
namespace {

const char* const kNone = "–";

std::string spreadText(const std::optional<Spread>& spread, double factor, int decimals) {
    if (!spread) return kNone;
    std::string text = fixedText(factor * spread->mean, decimals);
    if (spread->low && spread->high)
        text += fmt::format(" [{:.{}f}, {:.{}f}]", factor * *spread->low, decimals,
                            factor * *spread->high, decimals);
    return text;
}

std::string meanText(const std::optional<Spread>& spread, double factor, int decimals) {
    return spread ? fixedText(factor * spread->mean, decimals) : kNone;
}

std::string percentText(const std::optional<double>& share) {
    return share ? fmt::format("{:+.2f} %", 100.0 * *share) : kNone;
}

std::string flagsOf(const CellSummary& cell) {
    std::vector<std::string> flags;
    if (cell.fallingSteeply) flags.emplace_back("still falling");
    if (cell.roseAfterMinimum) flags.emplace_back("rose after its minimum");
    if (cell.failed > 0) flags.push_back(fmt::format("{} failed", cell.failed));
    if (cell.diverged > 0) flags.push_back(fmt::format("{} diverged", cell.diverged));
    std::string text;
    for (const std::string& flag : flags) text += (text.empty() ? "" : ", ") + flag;
    return text;
}

TextTable cellsTable(const ReportInput& input) {
    TextTable table;
    table.columns = {{"L"},
                     {"k/L"},
                     {"k"},
                     {"Pairs kept"},
                     {"Runs done"},
                     {"Final validation loss [95 %] (nats/token)"},
                     {"Minimum of the curve (nats/token)"},
                     {"Accuracy"},
                     {"vs baseline"},
                     {"vs dense"},
                     {"Flags", Align::Left}};
    for (const CellSummary& cell : input.summary.cells) {
        const runs::CellOutcome& place = *cell.cell;
        const bool isDense = place.attention == experiment::AttentionKind::Dense;
        table.rows.push_back(
            {std::to_string(place.length), isDense ? "dense" : fmt::format("{}", place.keepRatio),
             std::to_string(place.keep), fmt::format("{:.1f} %", 100.0 * place.pairsKept),
             fmt::format("{}/{}", cell.done, cell.planned), spreadText(cell.loss, 1.0, 4),
             meanText(cell.minCurveLoss, 1.0, 4),
             cell.accuracy ? meanText(cell.accuracy, 100.0, 2) + " %" : kNone,
             !isDense && place.keepRatio == kBaselineRatio
                 ? "baseline"
                 : percentText(cell.improvementVsBaseline),
             isDense ? "dense" : percentText(cell.improvementVsDense), flagsOf(cell)});
    }
    return table;
}

std::string resultsNote(const stats::GridAnalysis& analysis) {
    std::set<std::string> sets;
    std::set<std::string> tests;
    for (const stats::LengthAnalysis& length : analysis.perLength) {
        if (!length.best) continue;
        if (length.usedRatios.size() > 1 && !length.bestSetMethod.empty())
            sets.insert(length.bestSetMethod);
        if (const auto test = baselineTest(length, *length.best))
            tests.insert(fmt::format("{}, {} df", test->method, stats::numberText(test->df)));
    }
    std::string text = fmt::format(
        "Optimal is the keep ratio with the smallest mean final validation loss of n finished "
        "runs; "
        "intervals are Student's t with n - 1 df; they hold the variation between seeds, which the "
        "comparisons leave out because every seed runs in every cell. Improvement is (reference "
        "loss - loss) / "
        "reference loss of the means, positive where the ratio is better. The baseline keeps {}.",
        stats::numberText(analysis.options.baselineRatio));
    const auto join = [](const std::set<std::string>& names) {
        return listText({names.begin(), names.end()});
    };
    if (!tests.empty())
        text += " p against the baseline: " + join(tests) +
                ", two-sided, adjusted for all comparisons with the baseline.";
    if (!sets.empty()) text += " Not distinguishable: " + join(sets) + ".";
    return text;
}

}  // namespace

void addResults(Document& document, const ReportInput& input) {
    document.add(Heading{2, "Results"});
    document.add(Heading{3, "Optimal keep ratio by sequence length"});
    document.add(resultsTable(*input.analysis));
    document.paragraph(resultsNote(*input.analysis));
    if (!input.figures.empty()) {
        document.add(Heading{3, "Figures"});
        for (const runs::ExportedFigure& figure : input.figures)
            if (!figure.files.empty() && figure.inReport == runs::Choice::Yes)
                document.add(Picture{figure.files.front(), figure.caption});
    }
    document.add(Heading{3, "All cells"});
    document.add(cellsTable(input));
    document.paragraph(
        "Pairs kept is the share of the causal pairs that is really attended to; it is larger than "
        "k/L because early tokens see fewer than k others. The final loss reads the whole "
        "validation "
        "split, the minimum of the curve is over the points on the way, which read less of it.");
}

}  // namespace app
