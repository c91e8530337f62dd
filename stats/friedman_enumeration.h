// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace stats {

/// Exact null of the sum of squared column sums when each row is permuted independently: dynamic
/// programme over the rows. Columns are exchangeable, so a state is the sorted vector of sums.
class ColumnSumNull {
public:
    /// At most 8 cells and about 1e7 steps.
    static bool isFeasible(std::size_t rows, std::size_t cells);

    /// rows: centred doubled midranks, feasible size.
    explicit ColumnSumNull(const std::vector<std::vector<std::int64_t>>& rows);

    /// P(sum of squared column sums >= value).
    double upperTail(std::int64_t value) const;

private:
    std::vector<std::int64_t> m_values;  // ascending
    std::vector<double> m_atLeast;       // P(value or more)
};

/// The null of these rows; rows without ties depend on their number alone, so the last few such
/// nulls are kept (thread-safe).
std::shared_ptr<const ColumnSumNull> columnSumNull(
    const std::vector<std::vector<std::int64_t>>& rows);

}  // namespace stats
