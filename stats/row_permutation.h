// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace stats {

/// Exact null of T = sum over rows and columns j = 1..k of j * score when the scores of each row
/// are permuted independently: dynamic programme over sets of columns, then convolution over the
/// rows.
class RowPermutationNull {
public:
    /// At most 12 columns and about 2e8 steps for scores as widely spread as `rows`' (k columns).
    static bool isFeasible(const std::vector<std::vector<std::int64_t>>& rows);

    /// rows: feasible, all of the same length >= 1.
    explicit RowPermutationNull(const std::vector<std::vector<std::int64_t>>& rows);

    double atLeast(std::int64_t value) const;  ///< P(T >= value)
    double atMost(std::int64_t value) const;   ///< P(T <= value)
    std::int64_t smallest() const;
    std::int64_t largest() const;

private:
    std::int64_t m_offset = 0;
    std::vector<double> m_mass{1.0};
};

}  // namespace stats
