// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace stats {

/// All ways to deal the observed ranks to groups of given sizes, for the exact Kruskal-Wallis test.
/// The groups are split into two halves: for every choice of the ranks of the first half the
/// weighted sums of squared rank sums of both halves are listed and pairs above the observed value
/// counted.
class RankArrangements {
public:
    static bool isFeasible(std::span<const std::size_t> sizes);

    /// sizes: feasible; doubledRanks: one per value, in any order.
    RankArrangements(std::span<const std::size_t> sizes, std::vector<std::int64_t> doubledRanks);

    /// P(sum R_g^2 / n_g >= observed); doubledSums: observed doubled rank sum per group.
    double upperTail(std::span<const std::int64_t> doubledSums) const;

    /// Arrangements enumerated (see KruskalWallisExact::arrangements).
    double count() const;

private:
    std::vector<std::size_t> m_sizes;
    std::vector<std::int64_t> m_ranks;  // doubled
};

}  // namespace stats
