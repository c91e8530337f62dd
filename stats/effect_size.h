// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>

#include "stats/data_views.h"
#include "stats/interval.h"

namespace stats {

/// Standardised difference of two means with the t test that it belongs to; x - y throughout.
struct StandardizedDifference {
    std::size_t nX = 0;
    std::size_t nY = 0;
    double meanDifference = 0;
    double sd = 0;  ///< pooled sd, or sd of the differences
    double df = 0;
    double t = 0;
    double p = 1;           ///< two-sided
    double d = 0;           ///< Cohen's d, or d_z
    double correction = 0;  ///< J = Gamma(df/2) / (sqrt(df/2) Gamma((df-1)/2)); 0 at df = 1
    double g = 0;           ///< Hedges' g = J d
    std::optional<double> dAverage;  ///< paired: mean difference / mean of the two sds
    double conf = 0;
    Interval ncp;        ///< noncentrality of t
    Interval dInterval;  ///< excludes 0 exactly when p < 1 - conf
    Interval gInterval;  ///< J times dInterval
};

/// Independent samples: d = (mean x - mean y) / pooled sd, df = n1 + n2 - 2. One value or more
/// each, three or more together, variance within. Throws std::domain_error.
/// Source: Hedges, J. Educ. Statist. 6 (1981) 107-128; Steiger and Fouladi (1997) for the interval.
StandardizedDifference cohensD(Sample x, Sample y, double conf);

/// Paired samples: d_z = mean(x - y) / sd(x - y), df = n - 1. Two pairs or more, differences not
/// all equal. Throws std::domain_error.
StandardizedDifference cohensDPaired(Sample x, Sample y, double conf);

/// Hedges' exact small-sample correction J; df >= 1.
double hedgesCorrection(double df);

}  // namespace stats
