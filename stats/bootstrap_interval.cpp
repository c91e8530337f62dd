// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/bootstrap_interval.h"

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include "stats/arguments.h"
#include "stats/descriptives.h"
#include "stats/distributions.h"

namespace stats {
namespace {

constexpr const char* kFunction = "bootstrapIntervals";

/// Whole number below `bound` without bias; std::uniform_int_distribution differs by platform.
std::size_t below(std::mt19937_64& generator, std::size_t bound) {
    const std::uint64_t range = bound;
    const std::uint64_t rejected = (0 - range) % range;  // 2^64 mod range
    for (;;) {
        const std::uint64_t word = generator();
        if (word >= rejected) return static_cast<std::size_t>(word % range);
    }
}

double checkedStatistic(const Statistic& statistic, Sample values) {
    const double result = statistic(values);
    if (!std::isfinite(result)) refuse(kFunction, "statistic", "must be finite on every resample");
    return result;
}

std::vector<double> sortedReplicates(Sample values, const Statistic& statistic,
                                     const BootstrapPlan& plan) {
    std::mt19937_64 generator(plan.seed);
    std::vector<double> resample(values.size());
    std::vector<double> replicates(plan.resamples);
    for (double& replicate : replicates) {
        for (double& value : resample) value = values[below(generator, values.size())];
        replicate = checkedStatistic(statistic, resample);
    }
    std::sort(replicates.begin(), replicates.end());
    return replicates;
}

/// z0: normal quantile of the share of replicates below the estimate, ties counted by half.
double biasCorrection(const std::vector<double>& sorted, double estimate) {
    const auto [first, last] = std::equal_range(sorted.begin(), sorted.end(), estimate);
    const auto smaller = static_cast<double>(first - sorted.begin());
    const auto ties = static_cast<double>(last - first);
    const double share = (smaller + 0.5 * ties) / static_cast<double>(sorted.size());
    return normalQuantile(share);
}

/// The statistic of the sample without each of its values.
std::vector<double> jackknife(Sample values, const Statistic& statistic) {
    std::vector<double> left(values.begin() + 1, values.end());
    std::vector<double> estimates;
    for (std::size_t i = 0; i < values.size(); ++i) {
        estimates.push_back(checkedStatistic(statistic, left));
        if (i < left.size()) left[i] = values[i];
    }
    return estimates;
}

/// The same for the mean, in one pass.
std::vector<double> jackknifeOfMean(Sample values) {
    const double centre = mean(values);
    const auto others = static_cast<double>(values.size() - 1);
    std::vector<double> estimates;
    for (const double value : values) estimates.push_back(centre - (value - centre) / others);
    return estimates;
}

/// Skewness of the jackknife values: sum (m - t_i)^3 / (6 (sum (m - t_i)^2)^1.5).
double accelerationOf(const std::vector<double>& estimates) {
    const double centre = mean(estimates);
    double largest = 0;
    for (const double estimate : estimates)
        largest = std::max(largest, std::abs(centre - estimate));
    if (largest == 0) return 0;
    double squares = 0;
    double cubes = 0;
    for (const double estimate : estimates) {
        const double deviation = (centre - estimate) / largest;  // cubes would overflow sooner
        squares += deviation * deviation;
        cubes += deviation * deviation * deviation;
    }
    return cubes / (6 * std::pow(squares, 1.5));
}

/// Level of the replicates' quantile that stands for the normal quantile z; empty at or beyond the
/// pole of the BCa transformation.
std::optional<double> adjustedLevel(const BootstrapIntervals& result, double z) {
    if (std::isinf(result.biasCorrection)) return std::nullopt;
    const double shifted = result.biasCorrection + z;
    const double scale = 1 - result.acceleration * shifted;
    if (scale <= 0) return std::nullopt;
    return normalCdf(result.biasCorrection + shifted / scale);
}

using Jackknife = std::function<std::vector<double>()>;

BootstrapIntervals intervalsOf(Sample values, const Statistic& statistic,
                               const Jackknife& leaveOneOut, const BootstrapPlan& plan) {
    requireCount(kFunction, "values", values.size(), 2, "values");
    requireFinite(kFunction, "values", values);
    requireInsideUnit(kFunction, "conf", plan.conf);
    requireCount(kFunction, "plan", plan.resamples, 100, "resamples");
    const auto [least, largest] = std::minmax_element(values.begin(), values.end());
    if (*least == *largest) refuse(kFunction, "values", "must vary, but all are equal");
    BootstrapIntervals result;
    result.n = values.size();
    result.resamples = plan.resamples;
    result.seed = plan.seed;
    result.conf = plan.conf;
    result.estimate = checkedStatistic(statistic, values);
    const std::vector<double> replicates = sortedReplicates(values, statistic, plan);
    const double tail = (1 - plan.conf) / 2;
    result.percentile = {quantileOfSorted(replicates, tail),
                         quantileOfSorted(replicates, 1 - tail)};
    result.biasCorrection = biasCorrection(replicates, result.estimate);
    result.acceleration = accelerationOf(leaveOneOut());
    const std::optional<double> lower = adjustedLevel(result, normalQuantile(tail));
    const std::optional<double> upper = adjustedLevel(result, normalQuantileUpper(tail));
    if (lower && upper) {
        result.biasCorrected =
            Interval{quantileOfSorted(replicates, *lower), quantileOfSorted(replicates, *upper)};
    }
    return result;
}

}  // namespace

BootstrapIntervals bootstrapIntervals(Sample values, const Statistic& statistic,
                                      const BootstrapPlan& plan) {
    return intervalsOf(
        values, statistic, [&] { return jackknife(values, statistic); }, plan);
}

BootstrapIntervals bootstrapMean(Sample values, const BootstrapPlan& plan) {
    return intervalsOf(
        values, mean, [&] { return jackknifeOfMean(values); }, plan);
}

}  // namespace stats
