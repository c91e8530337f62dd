// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "stats/data_views.h"
#include "stats/interval.h"

namespace stats {

struct Descriptives {
    std::size_t n = 0;
    double mean = 0;
    double sd = 0;        ///< divisor n - 1
    double variance = 0;  ///< divisor n - 1
    double standardError = 0;
    double conf = 0;
    Interval meanInterval;  ///< Student t, n - 1 df
    double minimum = 0;
    double lowerQuartile = 0;  ///< type 7
    double median = 0;
    double upperQuartile = 0;  ///< type 7
    double maximum = 0;
    double medianAbsoluteDeviation = 0;            ///< times 1.4826: the sd of a normal sample
    std::optional<double> skewness;                ///< g1 = m3 / m2^1.5; empty without variance
    std::optional<double> excessKurtosis;          ///< g2 = m4 / m2^2 - 3; empty without variance
    std::optional<double> unbiasedSkewness;        ///< G1 (SAS, SPSS); empty for n < 3
    std::optional<double> unbiasedExcessKurtosis;  ///< G2; empty for n < 4
    std::optional<double> coefficientOfVariation;  ///< sd / mean; empty for mean 0
};

/// Describes at least two finite values; conf in (0, 1). Throws std::domain_error otherwise.
Descriptives describe(Sample values, double conf);

/// Mean with the first observation subtracted before summing.
double mean(Sample values);

/// Middle value; mean of the two middle ones for even n.
double median(Sample values);

/// Quantile of type 7 (Hyndman and Fan 1996): linear between order statistics, h = (n - 1) p.
double quantile(Sample values, double p);

/// The same of values that are sorted already (ascending, not checked).
double quantileOfSorted(Sample sorted, double p);

}  // namespace stats
