// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/argmin_trend.h"

#include <algorithm>
#include <cmath>

#include "stats/arguments.h"
#include "stats/distributions.h"
#include "stats/row_permutation.h"

namespace stats {
namespace {

/// Variance of sum_j j * score_j over all permutations of one row: (k + 1) k / 12 * sum (s -
/// mean)^2.
double rowVariance(const std::vector<std::int64_t>& row) {
    const auto k = static_cast<double>(row.size());
    double mean = 0;
    for (const std::int64_t score : row) mean += static_cast<double>(score) / k;
    double squares = 0;
    for (const std::int64_t score : row) {
        squares += (static_cast<double>(score) - mean) * (static_cast<double>(score) - mean);
    }
    return k * (k + 1) / 12 * squares;
}

void checkRows(const std::vector<std::vector<std::int64_t>>& rows) {
    requireCount("argminTrend", "seeds", rows.size(), 1, "rows");
    requireCount("argminTrend", "lengths", rows[0].size(), 2, "columns");
    for (const auto& row : rows) {
        if (row.size() != rows[0].size()) {
            refuse("argminTrend", "rows", "must all hold one argmin per length");
        }
    }
}

}  // namespace

ArgminTrend argminTrend(const std::vector<std::vector<std::int64_t>>& rows) {
    checkRows(rows);
    const auto k = static_cast<double>(rows[0].size());
    std::int64_t doubled = 0;
    ArgminTrend result;
    for (const auto& row : rows) {
        for (std::size_t j = 0; j < row.size(); ++j) {
            doubled += static_cast<std::int64_t>(j + 1) * row[j];
            result.mean += (k + 1) / 4 * static_cast<double>(row[j]);
        }
        result.variance += rowVariance(row) / 4;
    }
    result.statistic = static_cast<double>(doubled) / 2;
    result.exact = RowPermutationNull::isFeasible(rows);
    if (result.exact) {
        const RowPermutationNull null(rows);
        result.pFalling = null.atMost(doubled);
        result.pRising = null.atLeast(doubled);
        result.floorP = std::min(null.atMost(null.smallest()), null.atLeast(null.largest()));
    } else if (result.variance > 0) {
        const double z = (result.statistic - result.mean) / std::sqrt(result.variance);
        result.pFalling = normalCdf(z);
        result.pRising = normalSf(z);
        result.floorP = 0;
    }
    result.pTwo = std::min(1.0, 2 * std::min(result.pFalling, result.pRising));
    return result;
}

}  // namespace stats
