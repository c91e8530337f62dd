// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "stats/data_views.h"
#include "stats/p_adjust.h"
#include "stats/pair_comparison.h"

namespace stats {

/// t tests of all pairs: unadjusted two-sided p and 1 - alpha intervals; statistic = t.
/// All throw std::domain_error on too few values, a pair without variance or bad confidence.

/// Within-group mean square of all groups, N - k df.
PairComparisons pairwiseTPooled(Groups groups, double confidence);
/// Welch: own variances and df per pair; every group needs two values.
PairComparisons pairwiseTWelch(Groups groups, double confidence);
/// On the differences of two columns of the blocks; at least two blocks.
PairComparisons pairwiseTPaired(Blocks blocks, double confidence);

/// The p values of all pairs after adjustment, in the order of the pairs.
std::vector<double> adjustedP(const PairComparisons& comparisons, Adjustment adjustment);

}  // namespace stats
