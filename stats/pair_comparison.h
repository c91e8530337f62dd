// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

namespace stats {

/// Comparison of two cells; all differences are mean_j - mean_i with i < j (0-based).
struct PairComparison {
    std::size_t i = 0;
    std::size_t j = 0;
    double diff = 0;
    double se = 0;  ///< standard error of diff
    double df = 0;
    double statistic = 0;  ///< q of the studentized range, or t: see the function
    double p = 1;
    double lo = 0;
    double hi = 0;
};

struct PairComparisons {
    std::vector<PairComparison> pairs;  ///< (0,1), (0,2), ..., (k-2,k-1)
    double errorMeanSquare = 0;         ///< 0 where every pair has its own variance
    double df = 0;                      ///< of the shared error term, else 0
    double criticalValue = 0;           ///< shared critical value, else 0
};

}  // namespace stats
