// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>
#include <vector>

#include "stats/data_views.h"

namespace stats {

/// Means and the error mean square that comparisons of cells share. The first observation is
/// subtracted from everything first, so close values lose no digits; differences of means are
/// exact.
struct ErrorTerm {
    std::vector<double> means;  ///< per cell, minus the first observation
    std::vector<double> sizes;  ///< values per cell
    double meanSquare = 0;
    double df = 0;
    double shift = 0;  ///< the first observation
};

/// One-way model: within-group mean square, N - k df. Throws std::domain_error for fewer than two
/// groups, no residual df, or no variance within the groups.
ErrorTerm withinGroups(std::string_view function, Groups groups);

/// Additive block model y ~ block + cell: residual mean square, (k-1)(n-1) df. Throws like above.
ErrorTerm withinBlocks(std::string_view function, Blocks blocks);

/// Mean and variance (n - 1) of values minus `shift`.
struct Moments {
    double mean = 0;
    double variance = 0;
    double n = 0;
};
Moments momentsAround(double shift, Sample values);

/// Welch's degrees of freedom of a difference whose two parts have the variances a and b, not both
/// 0. Source: Welch, Biometrika 34 (1947) 28-35.
double welchDf(double a, double dfA, double b, double dfB);

/// True where a sum of squares of n values as large as `scale` is rounding noise only.
bool isNoise(double sumOfSquares, double scale, double n);

}  // namespace stats
