// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/grid_verdicts.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

#include "stats/distributions.h"
#include "stats/error_term.h"
#include "stats/grid_cells.h"
#include "stats/number_text.h"

namespace stats {
namespace {

enum RatioClass : std::size_t { kLow, kModerate, kHigh, kClasses };
constexpr std::array<const char*, kClasses> kClassNames{"low", "moderate", "high"};

struct Hypothesis {
    const char* id;
    const char* statement;
    RatioClass favoured;
    std::function<bool(double)> concernsLength;
};

std::vector<Hypothesis> hypotheses(const GridAnalysisOptions& options) {
    const double shortUpTo = options.shortUpTo;
    const double mediumUpTo = options.mediumUpTo;
    return {{"short", "Short sequences: a high keep ratio gives the smallest loss", kHigh,
             [=](double length) { return length <= shortUpTo; }},
            {"medium", "Medium sequences: a moderate keep ratio gives the smallest loss", kModerate,
             [=](double length) { return length > shortUpTo && length <= mediumUpTo; }},
            {"long", "Long sequences: a low keep ratio gives the smallest loss", kLow,
             [=](double length) { return length > mediumUpTo; }}};
}

/// Lengths and ratios (by class) that the contrasts run over, and the seeds complete in all of
/// them.
struct ContrastCells {
    std::vector<std::size_t> lengths;
    std::array<std::vector<std::size_t>, kClasses> ratios;
    std::vector<std::size_t> seeds;
};

RatioClass classOf(double ratio, const GridAnalysisOptions& options) {
    if (ratio < options.lowBelow) return kLow;
    return ratio > options.highAbove ? kHigh : kModerate;
}

/// Positions of the lengths that the hypothesis is about.
std::vector<std::size_t> concerned(const GridTable& table, const Hypothesis& hypothesis) {
    std::vector<std::size_t> lengths;
    for (std::size_t l = 0; l < table.lengths.size(); ++l)
        if (hypothesis.concernsLength(table.lengths[l])) lengths.push_back(l);
    return lengths;
}

ContrastCells cellsOf(const GridTable& table, const Hypothesis& hypothesis,
                      const GridAnalysisOptions& options) {
    ContrastCells cells;
    std::vector<std::size_t> ratios(table.keepRatios.size());
    for (std::size_t r = 0; r < ratios.size(); ++r) ratios[r] = r;
    for (const std::size_t l : concerned(table, hypothesis)) {
        const auto finished = finishedRatios(table, l);
        if (finished.empty()) continue;
        cells.lengths.push_back(l);
        std::erase_if(ratios, [&](std::size_t r) {
            return std::find(finished.begin(), finished.end(), r) == finished.end();
        });
    }
    for (const std::size_t r : ratios) {
        cells.ratios[classOf(table.keepRatios[r], options)].push_back(r);
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

/// Favoured class against one other class.
struct Contrast {
    RatioClass other = kLow;
    std::vector<double> values;  // per seed: mean over lengths of (class mean - other class mean)
    double estimate = 0;
    double sd = 0;
    double se = 0;
    double t = 0;
};

Contrast contrastAgainst(const GridTable& table, const ContrastCells& cells, RatioClass favoured,
                         RatioClass other) {
    Contrast contrast;
    contrast.other = other;
    for (const std::size_t s : cells.seeds) {
        double sum = 0;
        for (const std::size_t l : cells.lengths) {
            const double shift = table.at(l, cells.ratios[favoured][0], s).loss;
            const auto meanOver = [&](const std::vector<std::size_t>& ratios) {
                double total = 0;
                for (const std::size_t r : ratios) total += table.at(l, r, s).loss - shift;
                return total / static_cast<double>(ratios.size());
            };
            sum += meanOver(cells.ratios[favoured]) - meanOver(cells.ratios[other]);
        }
        contrast.values.push_back(sum / static_cast<double>(cells.lengths.size()));
    }
    const Moments moments = momentsAround(0, contrast.values);
    contrast.estimate = moments.mean;
    contrast.sd = std::sqrt(moments.variance);
    contrast.se = contrast.sd / std::sqrt(moments.n);
    contrast.t = contrast.estimate / contrast.se;
    return contrast;
}

/// Contrasts with every other class that has finished ratios; the strongest competitor first.
std::vector<Contrast> contrastsOf(const GridTable& table, const ContrastCells& cells,
                                  RatioClass favoured) {
    std::vector<Contrast> contrasts;
    for (const RatioClass other : {kLow, kModerate, kHigh}) {
        if (other == favoured || cells.ratios[other].empty()) continue;
        contrasts.push_back(contrastAgainst(table, cells, favoured, other));
    }
    std::sort(contrasts.begin(), contrasts.end(),
              [](const Contrast& a, const Contrast& b) { return a.t > b.t; });
    return contrasts;
}

std::string whyNotTestable(const ContrastCells& cells, RatioClass favoured) {
    if (cells.lengths.empty()) return "no run of such a length has finished";
    if (cells.ratios[favoured].empty()) {
        return std::string("no finished keep ratio is ") + kClassNames[favoured];
    }
    std::size_t others = 0;
    for (const auto& ratios : cells.ratios) others += ratios.size();
    if (others == cells.ratios[favoured].size()) {
        return std::string("every finished keep ratio is ") + kClassNames[favoured];
    }
    if (cells.seeds.size() < 2) {
        return "needs two seeds complete in all cells compared, has " +
               std::to_string(cells.seeds.size());
    }
    return {};
}

/// Largest p of the two one-sided tests over all contrasts; 1 without a stated smallest effect.
double equivalenceP(const std::vector<Contrast>& contrasts, const GridAnalysisOptions& options) {
    if (!options.smallestEffect) return 1;
    double largest = 0;
    for (const Contrast& contrast : contrasts) {
        const std::vector<double> zeros(contrast.values.size(), 0.0);
        const Tost tost = tostPaired(contrast.values, zeros, -*options.smallestEffect,
                                     *options.smallestEffect, options.alpha);
        largest = std::max(largest, tost.p);
    }
    return largest;
}

void refuseVerdict(Verdict& verdict, const std::string& why) {
    verdict.whyNot = why;
    verdict.sentence = "Not testable: " + why + ".";
}

/// ", 5 seeds" and the look, where it is an interim one.
std::string basisOf(const Verdict& verdict) {
    return ", " + std::to_string(verdict.n) + " seeds" +
           (verdict.interim ? "; " + interimText(*verdict.interim) : std::string());
}

/// `adjusted`: "adjusted ", or nothing, before p.
std::string numbersOf(const Verdict& verdict, double alpha, const std::string& adjusted) {
    return briefText(*verdict.estimate) + " nats, " + numberText(100 * (1 - alpha)) +
           " % interval " + briefText(verdict.interval->lower) + " to " +
           briefText(verdict.interval->upper) + ", t(" + briefText(*verdict.df) +
           ") = " + briefText(*verdict.statistic) + ", " + adjusted + pText(*verdict.p) +
           basisOf(verdict);
}

/// Smallest loss means smaller than every other class: the strongest competitor decides
/// (intersection-union test); refuting picks the competitor, so its p is multiplied by their
/// number.
void decide(Verdict& verdict, RatioClass favoured, const std::vector<Contrast>& contrasts,
            const GridAnalysisOptions& options) {
    const Contrast& strongest = contrasts.front();
    const double level = verdict.level;
    verdict.df = static_cast<double>(verdict.n) - 1;
    verdict.estimate = strongest.estimate;
    verdict.statistic = strongest.t;
    const double p = studentTTwoSided(strongest.t, *verdict.df);
    const bool smaller = strongest.estimate < 0;
    verdict.p = smaller ? p : std::min(1.0, p * static_cast<double>(contrasts.size()));
    const double half = studentTQuantileUpper(options.alpha / 2, *verdict.df) * strongest.se;
    verdict.interval = Interval{strongest.estimate - half, strongest.estimate + half};
    const std::string numbers =
        numbersOf(verdict, options.alpha, smaller || contrasts.size() == 1 ? "" : "adjusted ");
    const std::string who = std::string(kClassNames[favoured]) + " keep ratios";
    const std::string rival = std::string(kClassNames[strongest.other]) + " ones";
    if (*verdict.p < level) {
        verdict.state = smaller ? VerdictState::Supported : VerdictState::Refuted;
        verdict.sentence = smaller ? "Supported: " + who +
                                         " give a smaller loss than all others; closest are the " +
                                         rival + " (" + numbers + ")."
                                   : "Refuted: the " + rival + " give a smaller loss than " + who +
                                         " (" + numbers + ").";
        return;
    }
    const double equivalence = equivalenceP(contrasts, options);
    if (equivalence < level) {
        verdict.state = VerdictState::Equivalent;
        verdict.sentence = "Equivalent: " + who + " differ from the others by less than " +
                           numberText(*options.smallestEffect) + " nats (TOST " +
                           pText(equivalence) + ").";
        return;
    }
    verdict.state = VerdictState::NotDistinguishable;
    verdict.seeds = seedsForContrast(strongest.estimate, strongest.sd, verdict.n, options);
    verdict.sentence =
        "Not distinguishable: " + who + " cannot be told from the " + rival + " (" + numbers + ").";
}

Verdict judgeContrasts(const GridTable& table, const Hypothesis& hypothesis,
                       const GridAnalysisOptions& options) {
    Verdict verdict;
    verdict.id = hypothesis.id;
    verdict.statement = hypothesis.statement;
    verdict.metric = "final validation loss (nats per token)";
    verdict.direction = std::string("loss of ") + kClassNames[hypothesis.favoured] +
                        " keep ratios below that of every other class";
    verdict.method = "planned contrasts within seeds, t tests against the strongest other class";
    verdict.statisticName = "t";
    const ContrastCells cells = cellsOf(table, hypothesis, options);
    verdict.n = cells.lengths.empty() ? 0 : cells.seeds.size();
    if (options.missingRuns == MissingRuns::Expected) {
        verdict.interim = interimLooks(table, concerned(table, hypothesis), options.alpha).blocks;
    }
    verdict.level = levelAt(verdict.interim, options.alpha);
    std::string why = whyNotTestable(cells, hypothesis.favoured);
    if (why.empty()) {
        const auto contrasts = contrastsOf(table, cells, hypothesis.favoured);
        const double scale = std::abs(
            table.at(cells.lengths[0], cells.ratios[hypothesis.favoured][0], cells.seeds[0]).loss);
        const auto n = static_cast<double>(verdict.n);
        const bool constant = std::any_of(contrasts.begin(), contrasts.end(), [&](const auto& c) {
            return isNoise(c.se * c.se * n * (n - 1), scale, n);
        });
        if (constant) {
            why = "all seeds give the same difference, so it has no spread";
        } else {
            decide(verdict, hypothesis.favoured, contrasts, options);
        }
    }
    if (!why.empty()) refuseVerdict(verdict, why);
    return verdict;
}

Verdict judgeFallingOptimum(const GridAnalysis& analysis) {
    Verdict verdict;
    verdict.interim = analysis.looks.blocks;
    verdict.level = analysis.blockedLevel;
    const double level = verdict.level;
    verdict.id = "falling";
    verdict.statement = "The best keep ratio falls as the sequence grows";
    verdict.metric = "keep ratio k/L with the smallest final validation loss, per seed";
    verdict.direction = "falls with L (one-sided)";
    verdict.method = "permutation test of the best ratio per seed against length";
    verdict.statisticName = "sum of length index x ratio index";
    verdict.n = analysis.trend.seeds.size();
    const Computed<ArgminTrend>& test = analysis.trend.permutation;
    if (!test) {
        refuseVerdict(verdict, test.whyNot);
        return verdict;
    }
    verdict.method += test->exact ? ", exact" : ", normal approximation";
    verdict.statistic = test->statistic;
    verdict.p = test->pFalling;
    std::string numbers = "one-sided " + pText(test->pFalling);
    if (analysis.trend.page) {
        const auto& page = *analysis.trend.page;
        numbers +=
            page.pExact
                ? ", Page's L = " + numberText(page.l) + " exact " + pText(*page.pExact)
                : ", Page's L = " + numberText(page.l) + " asymptotic " + pText(page.pAsymptotic);
    }
    numbers += basisOf(verdict);
    if (test->pFalling < level) {
        verdict.state = VerdictState::Supported;
        verdict.sentence =
            "Supported: the best keep ratio falls as the length grows (" + numbers + ").";
    } else if (test->pRising < level) {
        verdict.state = VerdictState::Refuted;
        verdict.sentence = "Refuted: the best keep ratio rises with the length (one-sided " +
                           pText(test->pRising) + basisOf(verdict) + ").";
    } else {
        verdict.state = VerdictState::NotDistinguishable;
        verdict.seeds = seedsToShowFall(*test, verdict.n, analysis.options);
        verdict.sentence =
            "Not distinguishable: no fall of the best keep ratio with the length is "
            "shown (" +
            numbers + ").";
        if (test->floorP >= level) {
            verdict.sentence +=
                " The smallest p that these best ratios allow is " + briefText(test->floorP) + ".";
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

std::vector<Verdict> judgeHypotheses(const GridTable& table, const GridAnalysis& analysis) {
    std::vector<Verdict> verdicts;
    for (const Hypothesis& hypothesis : hypotheses(analysis.options)) {
        verdicts.push_back(judgeContrasts(table, hypothesis, analysis.options));
    }
    verdicts.push_back(judgeFallingOptimum(analysis));
    return verdicts;
}

}  // namespace stats
