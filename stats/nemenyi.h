// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "stats/data_views.h"
#include "stats/pair_comparison.h"

namespace stats {

/// All pairwise comparisons after Friedman, on mean ranks within blocks.
struct Nemenyi {
    std::vector<double> meanRanks;  ///< per cell
    /// diff of mean ranks; statistic q = |diff| / se * sqrt(2) with se = sqrt(k (k+1) / (6 n));
    /// p from the studentized range of infinite df.
    PairComparisons comparisons;
    double criticalDifference = 0;  ///< of mean ranks at level alpha
};

/// blocks: at least two rows of 2 to 50 cells. Throws std::domain_error.
/// Source: Demsar, J. Mach. Learn. Res. 7 (2006) 1-30.
Nemenyi nemenyi(Blocks blocks, double alpha);

}  // namespace stats
