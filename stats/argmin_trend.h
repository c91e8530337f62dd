// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace stats {

/// Does the place of the smallest loss move with the sequence length? Permutation test: under the
/// null the best ratios of one seed are exchangeable over the lengths, independently between seeds.
struct ArgminTrend {
    double statistic = 0;  ///< sum over seeds and lengths of length index (1..) times ratio index
    double mean = 0;       ///< of the statistic under the null
    double variance = 0;
    double pFalling = 1;  ///< P(statistic <= observed): the optimum falls as the length grows
    double pRising = 1;
    double pTwo = 1;
    double floorP = 1;  ///< smallest one-sided p that these argmins allow
    bool exact = true;  ///< else normal approximation (too many seeds to enumerate)
};

/// doubledRatioIndex: one row per seed, one column per length in rising order (>= 2), twice the
/// index of the best ratio; for tied best ratios the sum of first and last. Throws
/// std::domain_error on ragged or too few rows.
ArgminTrend argminTrend(const std::vector<std::vector<std::int64_t>>& doubledRatioIndex);

}  // namespace stats
