// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>

#include "stats/data_views.h"
#include "stats/interval.h"

namespace stats {

/// Bootstrap intervals of one statistic of one sample.
struct BootstrapIntervals {
    std::size_t n = 0;
    std::size_t resamples = 0;
    std::uint64_t seed = 0;
    double conf = 0;
    double estimate = 0;  ///< the statistic of the sample itself
    Interval percentile;
    /// BCa; empty where it is not defined: every resample on one side of the estimate, or an
    /// acceleration so large that the adjusted level has no finite normal quantile.
    std::optional<Interval> biasCorrected;
    double biasCorrection = 0;  ///< z0; infinite with every resample on one side
    double acceleration = 0;    ///< a, from the jackknife
};

struct BootstrapPlan {
    double conf = 0.95;
    std::size_t resamples = 10000;  ///< 100 or more
    std::uint64_t seed = 0;
};

using Statistic = std::function<double(Sample)>;

/// Percentile and BCa intervals; the same seed gives the same numbers everywhere. At least two
/// values, not all equal; the statistic must be finite on every resample. Throws std::domain_error.
/// Source: Efron and Tibshirani, An Introduction to the Bootstrap (1993), chapters 13 and 14.
BootstrapIntervals bootstrapIntervals(Sample values, const Statistic& statistic,
                                      const BootstrapPlan& plan);

/// The same for the mean.
BootstrapIntervals bootstrapMean(Sample values, const BootstrapPlan& plan);

}  // namespace stats
