// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "stats/data_views.h"

namespace stats {

/// Points of a normal quantile-quantile plot, ascending.
struct QqPoints {
    std::vector<double> theoretical;  ///< standard normal quantiles
    std::vector<double> ordered;      ///< the sorted values
    double intercept = 0;             ///< line through the quartiles (type 7) of both
    double slope = 0;
};

/// Plotting positions (i - a) / (n + 1 - 2a), a = 3/8 for n <= 10, else 1/2 (R's qqnorm and
/// qqline). One finite value or more; else std::domain_error.
QqPoints normalQqPoints(Sample values);

}  // namespace stats
