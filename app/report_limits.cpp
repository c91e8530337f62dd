// SPDX-License-Identifier: GPL-3.0-or-later
// Report, chapter "Limits": what stands between the numbers and belief in them.
#include <spdlog/fmt/fmt.h>

#include <map>

#include "app/report_parts.h"
#include "app/results_sheet.h"
#include "app/text.h"
#include "stats/number_text.h"

namespace app {
namespace {

using runs::RunStatus;
using stats::LengthAnalysis;

/// "2 of 30 cells with finished runs: L = 64, k/L 0.25 and 0.5; L = 128, k/L 0.5".
std::string cellList(const ReportInput& input, bool CellSummary::*flag) {
    std::map<std::int64_t, std::vector<std::string>> ratios;
    std::size_t finished = 0;
    std::size_t flagged = 0;
    for (const CellSummary& cell : input.summary.cells) {
        if (cell.done > 0) ++finished;
        if (!(cell.*flag)) continue;
        ++flagged;
        const bool isDense = cell.cell->attention == experiment::AttentionKind::Dense;
        ratios[cell.cell->length].push_back(isDense ? "dense"
                                                    : fmt::format("{}", cell.cell->keepRatio));
    }
    if (flagged == 0) return {};
    std::string text =
        fmt::format("{} of {} with finished runs", flagged, countText(finished, "cell"));
    std::string separator = ": ";
    for (const auto& [length, names] : ratios) {
        text += fmt::format("{}L = {}, k/L {}", separator, length, listText(names));
        separator = "; ";
    }
    return text;
}

void addFlags(Document& document, const ReportInput& input) {
    document.add(Heading{3, "Flags"});
    Bullets bullets;
    if (const auto list = cellList(input, &CellSummary::fallingSteeply); !list.empty())
        bullets.items.push_back(
            "Still falling: the validation loss fell by more than 1 % over the last tenth of the "
            "training in at least one run of " +
            list + ". A longer training could change the order.");
    if (const auto list = cellList(input, &CellSummary::roseAfterMinimum); !list.empty())
        bullets.items.push_back(
            "Rose after its minimum: the last validation loss is more than 1 % above the curve's "
            "minimum in at least one run of " +
            list + ". The final loss stays the measure; the minimum stands beside it.");
    std::vector<std::string> edges;
    for (const LengthSummary& row : input.summary.lengths)
        if (row.best != nullptr && row.bestOnEdge) edges.push_back(placeText(*row.best->cell));
    if (!edges.empty()) {
        std::string list;
        for (const std::string& edge : edges) list += (list.empty() ? "" : "; ") + edge;
        bullets.items.push_back("The smallest mean stands at the edge of the grid (" + list +
                                "): the optimum may lie outside the tested ratios.");
    }
    for (const runs::CellOutcome& cell : input.table.cells) {
        for (const runs::RunOutcome& run : cell.runs) {
            if (run.status != RunStatus::Failed && run.status != RunStatus::Diverged &&
                run.status != RunStatus::Damaged)
                continue;
            bullets.items.push_back(fmt::format(
                "{}, seed {}: {}{}. It is counted, and left out of every mean and test.",
                placeText(cell), run.seed, runs::name(run.status),
                run.message.empty() ? "" : " (" + run.message + ")"));
        }
    }
    if (bullets.items.empty())
        document.paragraph(
            "None: no finished run was still falling steeply or rose after its minimum, no best "
            "ratio stands at the edge of the grid, and no run failed or diverged.");
    else
        document.add(std::move(bullets));
}

void addAssumptions(Document& document, const stats::GridAnalysis& analysis) {
    document.add(Heading{3, "Assumptions"});
    TextTable table;
    table.columns = {{"L"},
                     {"Assumption", Align::Left},
                     {"Test", Align::Left},
                     {"n"},
                     {"Statistic", Align::Left},
                     {"p"},
                     {"", Align::Left}};
    const auto verdict = [&](double p) {
        return p < analysis.options.alpha ? "doubtful" : "no departure noticed";
    };
    for (const LengthAnalysis& length : analysis.perLength) {
        const std::string tokens = stats::numberText(length.length);
        if (const auto& test = length.shapiro)
            table.rows.push_back({tokens, "normal residuals", "Shapiro-Wilk",
                                  std::to_string(test->n), fmt::format("W = {:.4f}", test->w),
                                  stats::pValueText(test->p), verdict(test->p)});
        if (const auto& test = length.equalVariances)
            table.rows.push_back({tokens, "equal variances", "Brown-Forsythe",
                                  std::to_string(test->n),
                                  fmt::format("F({}, {}) = {:.3f}", stats::numberText(test->df1),
                                              stats::numberText(test->df2), test->f),
                                  stats::pValueText(test->p), verdict(test->p)});
    }
    if (table.rows.empty()) {
        document.paragraph("Too few finished runs to look at the residuals.");
        return;
    }
    document.add(std::move(table));
    document.paragraph(
        "With few runs these tests notice gross departures only. Welch's ANOVA, Games-Howell and "
        "the "
        "rank tests in the tables need less.");
}

std::string powerText(const stats::LengthPower& power, const stats::GridAnalysisOptions& options) {
    const std::string target = stats::numberText(100.0 * options.targetPower) + " %";
    std::string text =
        fmt::format("With {} per cell and {} at alpha {}:", countText(power.n, "run"),
                    countText(power.groups, "keep ratio"), stats::numberText(options.alpha));
    std::vector<std::string> parts;
    if (power.smallestF)
        parts.push_back(
            fmt::format("the smallest effect over all ratios found with {} power is "
                        "f = {:.3g}",
                        target, *power.smallestF));
    if (power.smallestD)
        parts.push_back(fmt::format("between two ratios it is d = {:.3g}", *power.smallestD));
    if (power.smallestDz)
        parts.push_back(fmt::format("paired by seed dz = {:.3g}", *power.smallestDz));
    const std::string medium = "a medium effect (f = " + stats::numberText(options.mediumF) + ")";
    if (power.powerForMediumF)
        parts.push_back(
            fmt::format("{} is found with {:.0f} % power", medium, 100.0 * *power.powerForMediumF));
    if (power.runsForMediumF)
        parts.push_back(fmt::format("{} needs {:.0f} runs per cell for {} power", medium,
                                    *power.runsForMediumF, target));
    if (parts.empty()) return text + " too few runs to say what they can show.";
    for (std::size_t at = 0; at < parts.size(); ++at) text += (at == 0 ? " " : "; ") + parts[at];
    return text + ". Effects are in units of the standard deviation between seeds.";
}

void addPower(Document& document, const stats::GridAnalysis& analysis) {
    document.add(Heading{3, "Power"});
    std::map<std::string, std::vector<std::string>> lengthsOf;
    for (const LengthAnalysis& length : analysis.perLength) {
        if (length.power.groups < 2) continue;
        lengthsOf[powerText(length.power, analysis.options)].push_back(
            stats::numberText(length.length));
    }
    if (lengthsOf.empty()) {
        document.paragraph("No length has two keep ratios with finished runs yet.");
        return;
    }
    Bullets bullets;
    for (const auto& [text, lengths] : lengthsOf)
        bullets.items.push_back("L = " + listText(lengths) + ". " + text);
    document.add(std::move(bullets));
}

}  // namespace

void addLimits(Document& document, const ReportInput& input) {
    document.add(Heading{2, "Limits"});
    addFlags(document, input);
    if (input.analysis == nullptr) return;
    addAssumptions(document, *input.analysis);
    addPower(document, *input.analysis);
}

}  // namespace app
