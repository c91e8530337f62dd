// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string_view>

#include "stats/scaled_tail.h"

namespace stats {

/// Distribution of the studentized range Q = (max - min of `groups` standard normals) / s with
/// df s^2 ~ chi-square(df). groups: whole number 2..50; df > 0, +infinity allowed (s = 1).
/// Source of the integral: Harter, Ann. Math. Statist. 31 (1960) 1122-1147; the quadrature is our
/// own (see studentized_range.cpp). All throw std::domain_error on an argument outside its range.

/// The upper tail at many q of one design: the density of s is evaluated once. Not to be shared by
/// threads.
class StudentizedRange {
public:
    StudentizedRange(double groups, double df);

    /// studentizedRangeSf(q, groups, df)
    double sf(double q) const;
    /// studentizedRangeQuantileUpper(p, groups, df)
    double quantileUpper(double p) const;

private:
    int m_groups;
    double m_df;
    ScaledTail m_tail;
};

/// Refuses more groups than these functions know, in the name of the function that needs them.
void requireRangeGroups(std::string_view function, std::string_view argument, std::size_t groups);

/// P(Q <= q); 0 for q <= 0. Absolute error below 1e-14.
double studentizedRangeCdf(double q, double groups, double df);

/// P(Q > q); 1 for q <= 0. Integrated as a tail, without 1 - cdf.
double studentizedRangeSf(double q, double groups, double df);

/// q with P(Q > q) = p; p in [0, 1], p = 0 gives +infinity.
double studentizedRangeQuantileUpper(double p, double groups, double df);

/// q with P(Q <= q) = p; p in [0, 1], p = 1 gives +infinity.
double studentizedRangeQuantileLower(double p, double groups, double df);

}  // namespace stats
