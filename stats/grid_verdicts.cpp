// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/grid_verdicts.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "stats/distributions.h"
#include "stats/error_term.h"
#include "stats/grid_cells.h"
#include "stats/number_text.h"

namespace stats {
namespace {

struct Hypothesis {
    const char* id;
    const char* statement;
    const char* favoured;  // the class of ratios in words
    std::function<bool(double)> concernsLength;
    std::function<bool(double)> favoursRatio;
};

std::vector<Hypothesis> hypotheses(const GridAnalysisOptions& options) {
    return {
        {"short", "Short sequences: a high keep ratio gives the smallest loss", "high",
         [=](double length) { return length <= options.shortUpTo; },
         [=](double ratio) { return ratio > options.highAbove; }},
        {"medium", "Medium sequences: a moderate keep ratio gives the smallest loss", "moderate",
         [=](double length) { return length > options.shortUpTo && length <= options.mediumUpTo; },
         [=](double ratio) { return ratio >= options.lowBelow && ratio <= options.highAbove; }},
        {"long", "Long sequences: a low keep ratio gives the smallest loss", "low",
         [=](double length) { return length > options.mediumUpTo; },
         [=](double ratio) { return ratio < options.lowBelow; }}};
}

/// Lengths and ratios that a contrast runs over, and the seeds complete in all of them.
struct ContrastCells {
    std::vector<std::size_t> lengths;
    std::vector<std::size_t> favoured;
    std::vector<std::size_t> others;
    std::vector<std::size_t> seeds;
};

ContrastCells cellsOf(const GridTable& table, const Hypothesis& hypothesis) {
    ContrastCells cells;
    std::vector<std::size_t> ratios(table.keepRatios.size());
    for (std::size_t r = 0; r < ratios.size(); ++r) ratios[r] = r;
    for (std::size_t l = 0; l < table.lengths.size(); ++l) {
        if (!hypothesis.concernsLength(table.lengths[l])) continue;
        const auto finished = finishedRatios(table, l);
        if (finished.empty()) continue;
        cells.lengths.push_back(l);
        std::erase_if(ratios, [&](std::size_t r) {
            return std::find(finished.begin(), finished.end(), r) == finished.end();
        });
    }
    for (const std::size_t r : ratios) {
        (hypothesis.favoursRatio(table.keepRatios[r]) ? cells.favoured : cells.others).push_back(r);
    }
    for (std::size_t s = 0; s < table.seeds.size(); ++s) {
        const bool complete = std::all_of(cells.lengths.begin(), cells.lengths.end(), [&](auto l) {
            return std::all_of(ratios.begin(), ratios.end(),
                               [&](auto r) { return table.at(l, r, s).state == RunState::Done; });
        });
        if (complete) cells.seeds.push_back(s);
    }
    return cells;
}

/// Per seed: mean over the lengths of (mean of the favoured ratios - mean of the others).
std::vector<double> contrastValues(const GridTable& table, const ContrastCells& cells) {
    std::vector<double> values;
    for (const std::size_t s : cells.seeds) {
        double sum = 0;
        for (const std::size_t l : cells.lengths) {
            const double shift = table.at(l, cells.favoured[0], s).loss;
            const auto meanOver = [&](const std::vector<std::size_t>& ratios) {
                double total = 0;
                for (const std::size_t r : ratios) total += table.at(l, r, s).loss - shift;
                return total / static_cast<double>(ratios.size());
            };
            sum += meanOver(cells.favoured) - meanOver(cells.others);
        }
        values.push_back(sum / static_cast<double>(cells.lengths.size()));
    }
    return values;
}

std::string whyNotTestable(const ContrastCells& cells) {
    if (cells.lengths.empty()) return "no run of such a length has finished";
    if (cells.favoured.empty()) return "no finished keep ratio belongs to the favoured class";
    if (cells.others.empty()) return "no finished keep ratio lies outside the favoured class";
    if (cells.seeds.size() < 2) {
        return "needs two seeds complete in all cells compared, has " +
               std::to_string(cells.seeds.size());
    }
    return {};
}

std::string intervalText(const Interval& interval, double alpha) {
    return numberText(100 * (1 - alpha)) + " % interval " + numberText(interval.lower) + " to " +
           numberText(interval.upper);
}

void decide(Verdict& verdict, const Hypothesis& hypothesis, const std::vector<double>& values,
            const GridAnalysisOptions& options, double level) {
    const std::string numbers = numberText(*verdict.estimate) + " nats against the other ratios, " +
                                intervalText(*verdict.interval, options.alpha) + ", t(" +
                                numberText(*verdict.df) + ") = " + numberText(*verdict.statistic) +
                                ", " + pText(*verdict.p) + ", " + std::to_string(verdict.n) +
                                " seeds";
    const std::string who = std::string(hypothesis.favoured) + " keep ratios";
    if (*verdict.p < level) {
        verdict.state = *verdict.estimate < 0 ? VerdictState::Supported : VerdictState::Refuted;
        verdict.sentence = (*verdict.estimate < 0 ? "Supported: " : "Refuted: ") + who +
                           " give a " + (*verdict.estimate < 0 ? "smaller" : "larger") + " loss (" +
                           numbers + ").";
        return;
    }
    if (options.smallestEffect) {
        const std::vector<double> zeros(values.size(), 0.0);
        const Tost tost = tostPaired(values, zeros, -*options.smallestEffect,
                                     *options.smallestEffect, options.alpha);
        if (tost.p < level) {
            verdict.state = VerdictState::Equivalent;
            verdict.sentence = "Equivalent: " + who + " differ by less than " +
                               numberText(*options.smallestEffect) + " nats (TOST " +
                               pText(tost.p) + "; " + numbers + ").";
            return;
        }
    }
    verdict.state = VerdictState::NotDistinguishable;
    verdict.sentence =
        "Not distinguishable: " + who + " and the others cannot be told apart (" + numbers + ").";
}

Verdict judgeContrast(const GridTable& table, const Hypothesis& hypothesis,
                      const GridAnalysisOptions& options, double level) {
    Verdict verdict;
    verdict.id = hypothesis.id;
    verdict.statement = hypothesis.statement;
    verdict.method = "planned contrast within seeds, t test";
    verdict.statisticName = "t";
    const ContrastCells cells = cellsOf(table, hypothesis);
    verdict.n = cells.lengths.empty() ? 0 : cells.seeds.size();
    std::string why = whyNotTestable(cells);
    if (why.empty()) {
        const std::vector<double> values = contrastValues(table, cells);
        const Moments moments = momentsAround(0, values);
        const double scale =
            std::abs(table.at(cells.lengths[0], cells.favoured[0], cells.seeds[0]).loss);
        if (isNoise(moments.variance * (moments.n - 1), scale, moments.n)) {
            why = "all seeds give the same difference, so it has no spread";
        } else {
            const double se = std::sqrt(moments.variance / moments.n);
            verdict.df = moments.n - 1;
            verdict.estimate = moments.mean;
            verdict.statistic = moments.mean / se;
            verdict.p = studentTTwoSided(*verdict.statistic, *verdict.df);
            const double half = studentTQuantileUpper(options.alpha / 2, *verdict.df) * se;
            verdict.interval = Interval{moments.mean - half, moments.mean + half};
            decide(verdict, hypothesis, values, options, level);
        }
    }
    if (!why.empty()) verdict.sentence = "Not testable: " + why + ".";
    return verdict;
}

Verdict judgeFallingOptimum(const GridAnalysis& analysis, double level) {
    Verdict verdict;
    verdict.id = "falling";
    verdict.statement = "The best keep ratio falls as the sequence grows";
    verdict.method = "permutation test of the best ratio per seed against length";
    verdict.statisticName = "sum of length index x ratio index";
    verdict.n = analysis.trend.seeds.size();
    const Computed<ArgminTrend>& test = analysis.trend.permutation;
    if (!test) {
        verdict.sentence = "Not testable: " + test.whyNot + ".";
        return verdict;
    }
    verdict.method += test->exact ? ", exact" : ", normal approximation";
    verdict.statistic = test->statistic;
    verdict.p = test->pFalling;
    std::string numbers =
        "one-sided " + pText(test->pFalling) + ", " + std::to_string(verdict.n) + " seeds";
    if (analysis.trend.page) {
        const auto& page = *analysis.trend.page;
        numbers +=
            page.pExact
                ? ", Page's L = " + numberText(page.l) + " exact " + pText(*page.pExact)
                : ", Page's L = " + numberText(page.l) + " asymptotic " + pText(page.pAsymptotic);
    }
    if (test->pFalling < level) {
        verdict.state = VerdictState::Supported;
        verdict.sentence =
            "Supported: the best keep ratio falls as the length grows (" + numbers + ").";
    } else if (test->pRising < level) {
        verdict.state = VerdictState::Refuted;
        verdict.sentence = "Refuted: the best keep ratio rises with the length (one-sided " +
                           pText(test->pRising) + ", " + std::to_string(verdict.n) + " seeds).";
    } else {
        verdict.state = VerdictState::NotDistinguishable;
        verdict.sentence =
            "Not distinguishable: no fall of the best keep ratio with the length is "
            "shown (" +
            numbers + ").";
        if (test->floorP >= level) {
            verdict.sentence +=
                " The smallest p that these best ratios allow is " + numberText(test->floorP) + ".";
        }
    }
    return verdict;
}

}  // namespace

const char* toText(VerdictState state) {
    switch (state) {
        case VerdictState::Supported:
            return "supported";
        case VerdictState::Equivalent:
            return "equivalent";
        case VerdictState::Refuted:
            return "refuted";
        case VerdictState::NotDistinguishable:
            return "not distinguishable";
        case VerdictState::NotTestable:
            return "not testable";
    }
    return "unknown";
}

std::vector<Verdict> judgeHypotheses(const GridTable& table, const GridAnalysis& analysis,
                                     double level) {
    std::vector<Verdict> verdicts;
    for (const Hypothesis& hypothesis : hypotheses(analysis.options)) {
        verdicts.push_back(judgeContrast(table, hypothesis, analysis.options, level));
    }
    verdicts.push_back(judgeFallingOptimum(analysis, level));
    return verdicts;
}

}  // namespace stats
