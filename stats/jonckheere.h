// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include "stats/data_views.h"

namespace stats {

/// p values of a trend: increasing, decreasing, two = min(1, 2 min).
struct TrendP {
    double increasing = 1;
    double decreasing = 1;
    double two = 1;
};

/// Jonckheere-Terpstra test of an increasing order of independent groups.
struct Jonckheere {
    double j = 0;  ///< pairs x_i < x_j over groups i < j, ties count 1/2
    double mean = 0;
    double variance = 0;  ///< with full tie correction
    double z = 0;         ///< no continuity correction
    TrendP asymptotic;
    std::optional<TrendP> exact;  ///< without ties and below about 2e7 steps (6 groups of 20)
};

/// groups: at least two, none empty, in the predicted order. Throws std::domain_error, also when
/// all values are equal. Source: Jonckheere, Biometrika 41 (1954) 133-145.
Jonckheere jonckheere(Groups groups);

/// P(J >= j) for j = 0, 1, ..., largest, without ties. sizes: at least two, all >= 1, feasible.
std::vector<double> jonckheereNullSf(const std::vector<std::size_t>& sizes);

}  // namespace stats
