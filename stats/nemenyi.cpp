// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/nemenyi.h"

#include <cmath>
#include <cstdint>
#include <limits>

#include "stats/arguments.h"
#include "stats/ranks.h"
#include "stats/studentized_range.h"

namespace stats {

Nemenyi nemenyi(Blocks blocks, double alpha) {
    requireInsideUnit("nemenyi", "alpha", alpha);
    requireBlocks("nemenyi", blocks, 2, 2);
    const std::size_t cells = blocks[0].size();
    requireRangeGroups("nemenyi", "cells", cells);
    const auto k = static_cast<double>(cells);
    const auto n = static_cast<double>(blocks.size());
    std::vector<std::int64_t> sums(cells, 0);
    for (const auto& block : blocks) {
        const Midranks ranks = midranks(block);
        for (std::size_t j = 0; j < cells; ++j) sums[j] += ranks.doubled[j];
    }
    constexpr double kNoDf = std::numeric_limits<double>::infinity();
    const double se = std::sqrt(k * (k + 1) / (6 * n));
    const double sqrt2 = std::sqrt(2.0);
    const double critical = studentizedRangeQuantileUpper(alpha, k, kNoDf);
    Nemenyi result;
    result.criticalDifference = critical / sqrt2 * se;
    result.comparisons.df = kNoDf;
    result.comparisons.criticalValue = critical;
    for (const std::int64_t sum : sums) {
        result.meanRanks.push_back(static_cast<double>(sum) / (2 * n));
    }
    for (std::size_t i = 0; i < cells; ++i) {
        for (std::size_t j = i + 1; j < cells; ++j) {
            PairComparison pair{.i = i, .j = j, .se = se, .df = kNoDf};
            pair.diff = static_cast<double>(sums[j] - sums[i]) / (2 * n);
            pair.statistic = std::abs(pair.diff) / se * sqrt2;
            pair.p = studentizedRangeSf(pair.statistic, k, kNoDf);
            pair.lo = pair.diff - result.criticalDifference;
            pair.hi = pair.diff + result.criticalDifference;
            result.comparisons.pairs.push_back(pair);
        }
    }
    return result;
}

}  // namespace stats
