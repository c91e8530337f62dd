// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "stats/data_views.h"
#include "stats/pair_comparison.h"

namespace stats {

/// Tukey's honestly significant differences (Tukey-Kramer for unequal sizes): statistic
/// q = |diff| / sqrt(MSw/2 (1/n_i + 1/n_j)), p from the studentized range of k groups and N - k df,
/// simultaneous 1 - alpha intervals. Throws std::domain_error for fewer than two groups, no
/// residual df, no variance within, or alpha outside (0, 1). Source: Kramer, Biometrics 12 (1956)
/// 307-310.
PairComparisons tukeyHsd(Groups groups, double alpha);

/// The same with the residual of the block model y ~ block + cell, (k-1)(n-1) df.
PairComparisons tukeyHsdOnBlocks(Blocks blocks, double alpha);

/// Games-Howell: a variance and Welch df per pair, statistic q = |diff| / se * sqrt(2).
/// Every group needs two values and variance, else std::domain_error.
/// Source: Games and Howell, J. Educ. Statist. 1 (1976) 113-125.
PairComparisons gamesHowell(Groups groups, double alpha);

}  // namespace stats
