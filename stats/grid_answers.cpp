// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/grid_answers.h"

#include <algorithm>
#include <cmath>

#include "stats/number_text.h"
#include "stats/power.h"

namespace stats {
namespace {

constexpr int kLossDecimals = 3;
constexpr int kMostDecimals = 9;

std::string counted(std::size_t count, const std::string& one, const std::string& many) {
    return std::to_string(count) + " " + (count == 1 ? one : many);
}

std::string joined(const std::vector<std::string>& parts) {
    std::string text;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i > 0) text += i + 1 == parts.size() ? " and " : ", ";
        text += parts[i];
    }
    return text;
}

std::string ratioAt(const LengthAnalysis& length, std::size_t position) {
    return numberText(length.cells[length.usedRatios[position]].keepRatio);
}

std::string rivals(const LengthAnalysis& length) {
    if (length.notDistinguishable.size() > 3 &&
        length.notDistinguishable.size() == length.usedRatios.size())
        return "any other";
    std::vector<std::string> names;
    for (const std::size_t position : length.notDistinguishable)
        if (position != *length.best) names.push_back(ratioAt(length, position));
    return joined(names);
}

/// Two significant digits of the margin, three decimals at least.
std::string meanWithMargin(const CellSummary& cell) {
    if (!cell.description) return fixedText(*cell.mean, kLossDecimals);
    const Interval& interval = cell.description->meanInterval;
    const double margin = (interval.upper - interval.lower) / 2;
    int decimals = kLossDecimals;
    if (margin > 0)
        decimals = std::clamp(1 - static_cast<int>(std::floor(std::log10(margin))), kLossDecimals,
                              kMostDecimals);
    return fixedText(*cell.mean, decimals) + " ± " + fixedText(margin, decimals);
}

const CellSummary& bestCell(const LengthAnalysis& length) {
    return length.cells[length.usedRatios[*length.best]];
}

/// Short name of the test that LengthAnalysis::notDistinguishable rests on.
std::string bestSetTest(const LengthAnalysis& length) {
    if (length.mcbBlocked) return "Hsu's test, seed as block";
    if (length.mcb) return "Hsu's test";
    return length.tukey ? "Tukey-Kramer" : "too few runs to separate any";
}

/// The look of the tests that LengthAnalysis::notDistinguishable rests on.
const std::optional<InterimLook>& bestSetLook(const LengthAnalysis& length) {
    return length.mcbBlocked ? length.looks.blocks : length.looks.runs;
}

std::string testedAt(const std::string& method, const GridAnalysisOptions& options,
                     std::size_t least, std::size_t most) {
    std::string text =
        method + ", α " + numberText(options.alpha) + ", n = " + std::to_string(least);
    if (most != least) text += " to " + std::to_string(most);
    return text;
}

}  // namespace

std::string planAnswer(const GridTable& table, const GridAnalysisOptions& options) {
    std::size_t planned = 0;
    for (const GridRun& run : table.runs)
        if (run.state != RunState::Unplanned) ++planned;
    const std::size_t cells = table.lengths.size() * table.keepRatios.size();
    std::string text = "Will tell which of " +
                       counted(table.keepRatios.size(), "keep ratio", "keep ratios") +
                       " k/L gives the lowest validation loss at each of " +
                       counted(table.lengths.size(), "length L", "lengths L") + ", from " +
                       counted(planned, "run", "runs") + " in " + counted(cells, "cell", "cells") +
                       ", and whether the best ratio falls as L grows.";
    const auto runs = static_cast<double>(planned / std::max<std::size_t>(1, cells));
    const auto groups = static_cast<double>(table.keepRatios.size());
    if (groups < 2 || runs < 2) return text;
    const auto f =
        computed([&] { return detectableF(groups, runs, options.alpha, options.targetPower); });
    if (f)
        text += " With " + counted(planned / cells, "seed", "seeds") +
                " per cell it finds effects of f = " + fixedText(*f, 2) + " or more with " +
                numberText(100 * options.targetPower) + " % power (α " + numberText(options.alpha) +
                ").";
    return text;
}

std::string lengthAnswer(const LengthAnalysis& length, const GridAnalysisOptions& options) {
    if (!length.best) return {};
    std::string text = "L " + numberText(length.length) + ": k/L " + ratioAt(length, *length.best) +
                       " has the smallest loss" +
                       (length.looks.runs ? " so far (" : " (") +
                       meanWithMargin(bestCell(length)) + " nats/token), ";
    if (length.usedRatios.size() < 2) return text + "the only keep ratio with finished runs.";
    const std::string others = rivals(length);
    text += others.empty() ? "distinguishable from every other ratio"
                           : "not distinguishable from " + others;
    text += " (" + testedAt(bestSetTest(length), options, length.power.n, length.power.n);
    if (const auto& look = bestSetLook(length)) text += "; " + interimText(*look);
    text += ").";
    if (length.bestOnEdge) text += " It is at the edge of the grid.";
    return text;
}

std::string gridAnswer(const GridAnalysis& analysis) {
    std::vector<std::string> parts;
    std::string method;
    std::size_t least = 0;
    std::size_t most = 0;
    for (const LengthAnalysis& length : analysis.perLength) {
        if (!length.best) continue;
        std::string part = "L " + numberText(length.length) + ": " + ratioAt(length, *length.best) +
                           ", " + meanWithMargin(bestCell(length));
        if (const std::string others = rivals(length); !others.empty())
            part += " (or " + others + ")";
        parts.push_back(std::move(part));
        method = bestSetTest(length);
        least = parts.size() == 1 ? length.power.n : std::min(least, length.power.n);
        most = std::max(most, length.power.n);
    }
    if (parts.empty()) return {};
    std::string text = std::string("Best k/L") + (analysis.interim ? " so far" : "") +
                       " (nats/token): ";
    for (std::size_t i = 0; i < parts.size(); ++i)
        text += parts[i] + (i + 1 == parts.size() ? "." : "; ");
    text += " In brackets: not distinguishable; ";
    text += testedAt(method, analysis.options, least, most);
    return text + (analysis.interim ? ", interim look." : ".");
}

std::string fallingAnswer(const GridAnalysis& analysis) {
    const auto verdict = std::find_if(analysis.verdicts.begin(), analysis.verdicts.end(),
                                      [](const Verdict& one) { return one.id == "falling"; });
    if (verdict == analysis.verdicts.end()) return {};
    const std::string tested = verdict->p ? " (permutation test, " + pText(*verdict->p) + ", " +
                                                counted(verdict->n, "seed", "seeds") + ")"
                                          : std::string();
    std::string text = "Falling optimum: ";
    switch (verdict->state) {
        case VerdictState::Supported:
            return text + "supported, the best keep ratio falls as L grows" + tested + ".";
        case VerdictState::Refuted:
            return text + "refuted, the best keep ratio rises with L" + tested + ".";
        case VerdictState::NotTestable:
            return text + "not testable yet, " + verdict->whyNot + ".";
        default:
            break;
    }
    text += "undecided" + tested + "; ";
    if (!verdict->seeds) return text + verdict->seeds.whyNot + ".";
    return text + counted(verdict->seeds->more(), "more seed", "more seeds") +
           " in every cell would settle it if they follow those so far.";
}

}  // namespace stats
