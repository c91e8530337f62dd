// SPDX-License-Identifier: GPL-3.0-or-later
// Report, chapter "Key findings": what the tests bear out and nothing more.
#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <cmath>

#include "app/report_parts.h"
#include "app/results_sheet.h"
#include "app/text.h"
#include "stats/number_text.h"

namespace app {
namespace {

using stats::LengthAnalysis;

constexpr std::size_t kFewSeeds = 6;  // fewer resample to a handful of distinct samples

/// A comparison of two ratios of one length: what a change from one to the other does to the loss.
struct Change {
    std::size_t from = 0;  // positions in usedRatios
    std::size_t to = 0;
    double difference = 0.0;  // mean loss at `to` minus at `from`, nats per token
    double low = 0.0;
    double high = 0.0;
    double p = 1.0;
    double df = 0.0;
    std::string method;
    double level = 0.05;  // p below it counts at this look
};

std::optional<Change> changeBetween(const LengthAnalysis& length, std::size_t from,
                                    std::size_t to) {
    const bool isBlocked = bool(length.tukeyBlocked);
    const auto& test = isBlocked ? length.tukeyBlocked : length.tukey;
    if (!test) return std::nullopt;
    for (const stats::PairComparison& pair : test->pairs) {
        if (pair.i != std::min(from, to) || pair.j != std::max(from, to)) continue;
        const bool isForward = from < to;  // a pair's difference is the loss at j minus that at i
        return Change{from,
                      to,
                      isForward ? pair.diff : -pair.diff,
                      isForward ? pair.lo : -pair.hi,
                      isForward ? pair.hi : -pair.lo,
                      pair.p,
                      pair.df,
                      isBlocked ? "Tukey HSD, seed as block" : "Tukey HSD",
                      isBlocked ? length.blockedLevel : length.level};
    }
    return std::nullopt;
}

std::string nats(double value) {
    return fmt::format("{:+.4f} nats/token", value);
}

std::string verdictWord(double p, double level) {
    return p < level ? "distinguishable" : "not distinguishable";
}

std::string lengthName(const LengthAnalysis& length) {
    return "L = " + stats::numberText(length.length);
}

std::string testText(const BaselineTest& test, double alpha) {
    return fmt::format("{} [{:+.4f}, {:+.4f}] at {} %, {}, t({}) = {:.3f}, {}",
                       nats(test.difference), test.low, test.high,
                       stats::numberText(100.0 * (1.0 - alpha)), test.method,
                       stats::numberText(test.df), test.t, stats::pText(test.p));
}

/// The best ratio against a reference, with the test behind it; empty where there is none.
std::string againstReference(const stats::GridAnalysis& analysis,
                             const std::optional<BaselineTest>& test,
                             const std::string& reference) {
    if (!test) return {};
    return fmt::format(" The smallest mean is {} from {} ({}).", verdictWord(test->p, test->level),
                       reference, testText(*test, analysis.options.alpha));
}

std::string probabilityText(const LengthAnalysis& length) {
    if (!length.probabilityOfBest || length.usedRatios.size() < 2) return {};
    const auto& shares = length.probabilityOfBest->pBest;
    const auto largest = std::max_element(shares.begin(), shares.end());
    const std::size_t seeds = length.blockSeeds.size();
    return fmt::format(
        " In {:.0f} % of the bootstrap samples over {} k/L = {} is the best of this length{}.",
        100.0 * *largest, countText(seeds, "seed"),
        ratioText(length, static_cast<std::size_t>(largest - shares.begin())),
        seeds < kFewSeeds ? ", which means little with so few seeds" : "");
}

void addByLength(Document& document, const stats::GridAnalysis& analysis) {
    document.add(Heading{3, "By sequence length"});
    Bullets bullets;
    const std::string baseline =
        "the baseline k/L = " + stats::numberText(analysis.options.baselineRatio);
    for (const LengthAnalysis& length : analysis.perLength) {
        std::string text = length.sentence;
        if (length.best) {
            text += length.baseline == length.best
                        ? " The smallest mean is the baseline's own."
                        : againstReference(analysis, baselineTest(length, *length.best), baseline);
            text +=
                againstReference(analysis, denseTest(length, *length.best), "the dense reference");
            text += probabilityText(length);
            if (length.equivalenceToBaseline) {
                text += fmt::format(" Equivalence of best and baseline (TOST): {}.",
                                    stats::pText(length.equivalenceToBaseline->p));
            }
        }
        bullets.items.push_back(std::move(text));
    }
    document.add(std::move(bullets));
}

void addHypotheses(Document& document, const stats::GridAnalysis& analysis) {
    document.add(Heading{3, "Hypotheses and verdicts"});
    TextTable table;
    table.columns = {{"Hypothesis", Align::Left},
                     {"Verdict", Align::Left},
                     {"Seeds"},
                     {"p"},
                     {"Method", Align::Left}};
    Bullets bullets;
    for (const stats::Verdict& verdict : analysis.verdicts) {
        table.rows.push_back({verdict.statement, stats::toText(verdict.state),
                              std::to_string(verdict.n),
                              verdict.p ? stats::pValueText(*verdict.p) : "–", verdict.method});
        bullets.items.push_back(verdict.statement + ". " + verdict.sentence);
    }
    document.add(std::move(table));
    document.add(std::move(bullets));
    const auto& options = analysis.options;
    document.paragraph(fmt::format(
        "Short means up to {} tokens, medium up to {}, long above. A keep ratio below {} is low, "
        "above {} high, between them moderate.",
        stats::numberText(options.shortUpTo), stats::numberText(options.mediumUpTo),
        stats::numberText(options.lowBelow), stats::numberText(options.highAbove)));
}

const CellSummary* cellAt(const ReportInput& input, double length, double ratio) {
    for (const CellSummary& cell : input.summary.cells)
        if (cell.cell->attention == experiment::AttentionKind::Sparse &&
            static_cast<double>(cell.cell->length) == length && cell.cell->keepRatio == ratio)
            return &cell;
    return nullptr;
}

/// The blocked tests leave out seeds that are not complete, so their differences are not those of
/// the means; says so where that is the case.
std::string completeSeedsNote(const stats::GridAnalysis& analysis) {
    std::string lengths;
    for (const LengthAnalysis& length : analysis.perLength) {
        if (!length.tukeyBlocked) continue;  // changeBetween() then takes every run
        const bool all =
            std::all_of(length.usedRatios.begin(), length.usedRatios.end(), [&](std::size_t ratio) {
                return length.cells[ratio].done == length.blockSeeds.size();
            });
        if (all) continue;
        lengths += fmt::format("{}{} ({} seeds)", lengths.empty() ? "" : ", ", lengthName(length),
                               length.blockSeeds.size());
    }
    if (lengths.empty()) return {};
    return "Only the seeds that are complete in every ratio count here, so the differences are not "
           "those of the means of all runs: " +
           lengths + ".";
}

std::string accuracyText(const ReportInput& input, const LengthAnalysis& length, std::size_t low,
                         std::size_t best) {
    const auto at = [&](std::size_t position) {
        return cellAt(input, length.length, length.cells[length.usedRatios[position]].keepRatio);
    };
    const CellSummary* const smallest = at(low);
    const CellSummary* const top = at(best);
    if (smallest == nullptr || top == nullptr || !smallest->accuracy || !top->accuracy) return {};
    return fmt::format(" Mean validation accuracy: {:.2f} % and {:.2f} % (not tested).",
                       100.0 * smallest->accuracy->mean, 100.0 * top->accuracy->mean);
}

void addTradeoff(Document& document, const ReportInput& input) {
    const stats::GridAnalysis& analysis = *input.analysis;
    document.add(Heading{3, "Keep ratio and accuracy"});
    Bullets bullets;
    for (const LengthAnalysis& length : analysis.perLength) {
        if (length.usedRatios.size() < 2) continue;
        const std::size_t best = *length.best;
        const std::string smallest = ratioText(length, 0);
        if (best == 0) {
            bullets.items.push_back(lengthName(length) +
                                    ": the smallest ratio with finished runs, " + smallest +
                                    ", has the smallest mean loss.");
            continue;
        }
        const auto cost = changeBetween(length, best, 0);
        if (!cost) continue;
        bullets.items.push_back(fmt::format(
            "{}: keeping {} instead of {} changes the mean loss by {} [{:+.4f}, {:+.4f}] ({}, {} "
            "df, "
            "{}): {} from the best mean.{}",
            lengthName(length), smallest, ratioText(length, best), nats(cost->difference),
            cost->low, cost->high, cost->method, stats::numberText(cost->df), stats::pText(cost->p),
            verdictWord(cost->p, cost->level), accuracyText(input, length, 0, best)));
    }
    if (bullets.items.empty())
        document.paragraph("No length has two comparable keep ratios yet.");
    else
        document.add(std::move(bullets));
    if (const std::string note = completeSeedsNote(analysis); !note.empty())
        document.paragraph(note);
}

void addLengthDependency(Document& document, const stats::GridAnalysis& analysis) {
    document.add(Heading{3, "Dependence on the sequence length"});
    document.paragraph(analysis.interactionSentence);
    for (const stats::Verdict& verdict : analysis.verdicts)
        if (verdict.id == "falling")
            document.paragraph(verdict.statement + ". " + verdict.sentence);
}

/// From the largest ratio downwards: the first step whose rise of the loss is more than noise.
std::string firstCostlyStep(const LengthAnalysis& length, const std::vector<Change>& steps) {
    const auto costly = std::find_if(steps.begin(), steps.end(), [&](const Change& step) {
        return step.p < step.level && step.difference > 0.0;
    });
    if (costly == steps.end())
        return lengthName(length) +
               ": no single step down to the next smaller ratio raises the loss distinguishably.";
    return fmt::format(
        "{}: going down, the first step that raises the loss distinguishably is from {} to {} "
        "({}).",
        lengthName(length), ratioText(length, costly->from), ratioText(length, costly->to),
        nats(costly->difference));
}

void addDiminishing(Document& document, const stats::GridAnalysis& analysis) {
    document.add(Heading{3, "Diminishing returns"});
    TextTable table;
    table.columns = {{"L"},
                     {"k/L from"},
                     {"to"},
                     {"Change of mean loss (nats/token)"},
                     {"Simultaneous interval"},
                     {"df"},
                     {"p"},
                     {"", Align::Left}};
    Bullets bullets;
    std::string method;
    for (const LengthAnalysis& length : analysis.perLength) {
        std::vector<Change> steps;
        for (std::size_t from = length.usedRatios.size(); from-- > 1;)
            if (const auto step = changeBetween(length, from, from - 1)) steps.push_back(*step);
        for (const Change& step : steps) {
            method = step.method;
            table.rows.push_back(
                {stats::numberText(length.length), ratioText(length, step.from),
                 ratioText(length, step.to), fmt::format("{:+.4f}", step.difference),
                 fmt::format("[{:+.4f}, {:+.4f}]", step.low, step.high), stats::numberText(step.df),
                 stats::pValueText(step.p), verdictWord(step.p, step.level)});
        }
        if (!steps.empty()) bullets.items.push_back(firstCostlyStep(length, steps));
    }
    if (table.rows.empty()) {
        document.paragraph("No length has two comparable keep ratios yet.");
        return;
    }
    document.add(std::move(bullets));
    document.add(std::move(table));
    document.paragraph("Each row is one step down to the next smaller ratio (" + method +
                       "; intervals and p hold for all pairs of a length together). Not "
                       "distinguishable does not mean equal: see the smallest detectable effects "
                       "under Power.");
    if (const std::string note = completeSeedsNote(analysis); !note.empty())
        document.paragraph(note);
}

std::string memoryText(std::int64_t bytes) {
    return bytes > 0 ? sizeText(static_cast<double>(bytes)) : std::string("–");
}

void addEfficiency(Document& document, const ReportInput& input) {
    document.add(Heading{3, "Efficiency"});
    TextTable table;
    table.columns = {{"L"},
                     {"k/L"},
                     {"Pairs kept"},
                     {"Time per step (ms)"},
                     {"Quartiles (ms)"},
                     {"Tokens/s"},
                     {"Time vs baseline"},
                     {"Peak memory"},
                     {"Device", Align::Left}};
    std::size_t unmeasured = 0;
    for (const runs::CellOutcome& cell : input.table.cells) {
        const runs::CellTiming* const timing = input.table.cellTiming(cell);
        if (timing == nullptr) {
            ++unmeasured;
            continue;
        }
        const runs::CellOutcome* const baseline = input.table.cell(cell.length, kBaselineRatio);
        const auto* const reference =
            baseline == nullptr ? nullptr : input.table.cellTiming(*baseline);
        const bool isDense = cell.attention == experiment::AttentionKind::Dense;
        table.rows.push_back(
            {std::to_string(cell.length), isDense ? "dense" : fmt::format("{}", cell.keepRatio),
             fmt::format("{:.1f} %", 100.0 * cell.pairsKept),
             fmt::format("{:.2f}", timing->medianMs),
             fmt::format("{:.2f} to {:.2f}", timing->lowerQuartileMs, timing->upperQuartileMs),
             groupedText(std::llround(timing->tokensPerSecond)),
             reference == nullptr || reference->medianMs <= 0.0
                 ? "–"
                 : fmt::format("{:.3f} x", timing->medianMs / reference->medianMs),
             memoryText(timing->peakBytes), timing->device});
    }
    if (table.rows.empty()) {
        document.paragraph(
            "Not measured. Runs that were trained stacked or side by side share the machine, so "
            "their "
            "times say nothing about a cell; the timing pass, which measures each cell alone, has "
            "not "
            "been run.");
        return;
    }
    const auto& first = input.table.timing.front();
    document.paragraph(fmt::format(
        "From the timing pass: one run at a time and nothing else beside it, {} steps per round, "
        "medians of {}. The differences are described, not tested.",
        first.stepsPerRound, countText(first.roundMediansMs.size(), "round")));
    document.add(std::move(table));
    if (unmeasured > 0) document.paragraph(countText(unmeasured, "cell") + " not measured.");
}

}  // namespace

void addFindings(Document& document, const ReportInput& input) {
    document.add(Heading{2, "Key findings"});
    addByLength(document, *input.analysis);
    addHypotheses(document, *input.analysis);
    addTradeoff(document, input);
    addLengthDependency(document, *input.analysis);
    addDiminishing(document, *input.analysis);
    addEfficiency(document, input);
}

}  // namespace app
