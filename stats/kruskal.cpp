// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/kruskal.h"

#include <string_view>
#include <vector>

#include "stats/arguments.h"
#include "stats/distributions.h"
#include "stats/kruskal_enumeration.h"
#include "stats/ranks.h"

namespace stats {
namespace {

struct PooledRanks {
    Midranks ranks;
    std::vector<std::size_t> sizes;
    std::vector<std::int64_t> doubledSums;  // per group
};

PooledRanks poolRanks(std::string_view function, Groups groups) {
    requireGroups(function, groups, 2, 1);
    std::vector<double> pooled;
    for (const auto& group : groups) pooled.insert(pooled.end(), group.begin(), group.end());
    requireCount(function, "groups", pooled.size(), groups.size() + 1, "values in all");
    PooledRanks result;
    result.ranks = midranks(pooled);
    if (!result.ranks.tieCounts.empty() &&
        static_cast<std::size_t>(result.ranks.tieCounts[0]) == pooled.size()) {
        refuse(function, "groups", "must not hold one single value (all tied)");
    }
    std::size_t next = 0;
    for (const auto& group : groups) {
        std::int64_t sum = 0;
        for (std::size_t i = 0; i < group.size(); ++i) sum += result.ranks.doubled[next++];
        result.sizes.push_back(group.size());
        result.doubledSums.push_back(sum);
    }
    return result;
}

double tieCorrectedH(const PooledRanks& pooled) {
    const auto n = static_cast<double>(pooled.ranks.doubled.size());
    double spread = 0;  // sum of n_i (mean doubled rank - (N + 1))^2
    for (std::size_t g = 0; g < pooled.sizes.size(); ++g) {
        const auto size = static_cast<double>(pooled.sizes[g]);
        const double deviation = static_cast<double>(pooled.doubledSums[g]) - size * (n + 1);
        spread += deviation * deviation / size;
    }
    return 3 * spread * (n - 1) / (n * n * n - n - pooled.ranks.tieSum());
}

}  // namespace

KruskalWallis kruskalWallis(Groups groups) {
    const PooledRanks pooled = poolRanks("kruskalWallis", groups);
    const auto n = static_cast<double>(pooled.ranks.doubled.size());
    const auto k = static_cast<double>(groups.size());
    KruskalWallis result;
    result.h = tieCorrectedH(pooled);
    result.df = k - 1;
    result.p = chiSquaredSf(result.h, result.df);
    result.epsilonSquared = result.h / (n - 1);
    result.etaSquaredH = (result.h - k + 1) / (n - k);
    return result;
}

bool kruskalWallisExactIsFeasible(Groups groups) {
    std::vector<std::size_t> sizes;
    for (const auto& group : groups) sizes.push_back(group.size());
    return RankArrangements::isFeasible(sizes);
}

KruskalWallisExact kruskalWallisExact(Groups groups) {
    const PooledRanks pooled = poolRanks("kruskalWallisExact", groups);
    if (!RankArrangements::isFeasible(pooled.sizes)) {
        refuse("kruskalWallisExact", "groups",
               "must be small enough to enumerate (1e8 steps); use kruskalWallis");
    }
    const RankArrangements arrangements(pooled.sizes, pooled.ranks.doubled);
    KruskalWallisExact result;
    result.h = tieCorrectedH(pooled);
    result.p = arrangements.upperTail(pooled.doubledSums);
    result.arrangements = arrangements.count();
    return result;
}

}  // namespace stats
