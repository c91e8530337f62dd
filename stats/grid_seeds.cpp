// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/grid_seeds.h"

#include <algorithm>
#include <cmath>

#include "stats/distributions.h"
#include "stats/grid_length.h"
#include "stats/number_text.h"
#include "stats/power.h"

namespace stats {
namespace {

Computed<SeedsNeeded> noNumber(std::string whyNot) {
    return {std::nullopt, std::move(whyNot)};
}

Computed<SeedsNeeded> practicable(double needed, std::size_t now, std::string basis) {
    if (needed > kMostSeeds)
        return noNumber("more than " + numberText(kMostSeeds) + " seeds per cell are needed for " +
                        basis);
    return {SeedsNeeded{now, static_cast<std::size_t>(needed), std::move(basis)}, {}};
}

std::string percent(double share) {
    return numberText(100 * share) + " %";
}

/// Sd of the difference of two cells of one seed; without blocks, of one run of a cell.
struct Spread {
    double sd = 0;
    enum class Of { PairedDifference, Run } of = Of::Run;
};

std::optional<Spread> spreadOf(const LengthAnalysis& length) {
    if (length.blocked)
        return Spread{std::sqrt(2 * length.blocked->msError), Spread::Of::PairedDifference};
    if (length.oneWay) return Spread{length.oneWay->residualSd, Spread::Of::Run};
    return std::nullopt;
}

}  // namespace

Computed<SeedsNeeded> seedsToSeparateRatios(const LengthAnalysis& length,
                                            const GridAnalysisOptions& options) {
    const std::size_t now = length.power.n;
    if (length.usedRatios.size() < 2) return noNumber("needs two keep ratios with finished runs");
    if (!options.smallestEffect) {
        if (!length.power.runsForMediumF) return noNumber(length.power.runsForMediumF.whyNot);
        return practicable(*length.power.runsForMediumF, now,
                           percent(options.targetPower) + " power to find a medium effect (f = " +
                               numberText(options.mediumF) + ", one-way ANOVA)");
    }
    const std::optional<Spread> spread = spreadOf(length);
    if (!spread) return noNumber("needs two runs per cell to know the spread between seeds");
    const double d = *options.smallestEffect / spread->sd;
    const double alpha = options.alpha / static_cast<double>(length.usedRatios.size() - 1);
    const bool paired = spread->of == Spread::Of::PairedDifference;
    const std::string basis = percent(options.targetPower) + " power to find a difference of " +
                              numberText(*options.smallestEffect) + " nats (" +
                              (paired ? "paired t" : "t") + ", Bonferroni over " +
                              std::to_string(length.usedRatios.size() - 1) + " rivals)";
    const auto needed = computed([&] {
        return paired ? sampleSizePaired(d, alpha, options.targetPower, Sides::Two).n
                      : sampleSizeTwoSample(d, alpha, options.targetPower, Sides::Two).n;
    });
    return needed ? practicable(*needed, now, basis) : noNumber(needed.whyNot);
}

Computed<SeedsNeeded> seedsForContrast(double estimate, double sd, std::size_t n,
                                       const GridAnalysisOptions& options) {
    const double size = options.smallestEffect.value_or(std::abs(estimate));
    std::string basis = percent(options.targetPower) + " power to find ";
    basis += options.smallestEffect ? "a difference of " + numberText(size) + " nats"
                                    : "the difference seen so far";
    const auto needed = computed([&] {
        return sampleSizePaired(size / sd, options.alpha, options.targetPower, Sides::Two).n;
    });
    return needed ? practicable(*needed, n, basis) : noNumber(needed.whyNot);
}

Computed<SeedsNeeded> seedsToShowFall(const ArgminTrend& trend, std::size_t n,
                                      const GridAnalysisOptions& options) {
    const std::string basis = percent(options.targetPower) +
                              " power to show the fall if it goes on as in the seeds so far";
    const double fall = trend.mean - trend.statistic;
    if (!(trend.variance > 0) || !(fall > 0))
        return noNumber(
            "the best ratios so far do not fall with the length, so more seeds like "
            "these would not show it");
    const double z = fall / std::sqrt(trend.variance);
    const double wanted =
        normalQuantileUpper(options.alpha) + normalQuantileUpper(1 - options.targetPower);
    const double seeds = static_cast<double>(n) * (wanted / z) * (wanted / z);
    return practicable(std::max(std::ceil(seeds), static_cast<double>(n) + 1), n, basis);
}

}  // namespace stats
