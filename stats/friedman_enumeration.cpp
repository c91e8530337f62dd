// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/friedman_enumeration.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <mutex>
#include <numeric>
#include <unordered_map>

namespace stats {
namespace {

constexpr std::size_t kMaxCells = 8;
constexpr double kStepLimit = 2e7;

/// Sorted column sums, one byte each for up to 8 cells, two bytes for up to 4.
struct Packing {
    std::size_t cells = 0;
    unsigned bits = 8;

    std::uint64_t pack(std::array<std::int32_t, kMaxCells>& sums) const {
        for (std::size_t j = 1; j < cells; ++j) {  // insertion sort: at most 8 values
            const std::int32_t value = sums[j];
            std::size_t at = j;
            for (; at > 0 && sums[at - 1] > value; --at) sums[at] = sums[at - 1];
            sums[at] = value;
        }
        std::uint64_t key = 0;
        const std::int32_t bias = 1 << (bits - 1);
        for (std::size_t j = 0; j < cells; ++j) {
            key = key << bits | static_cast<std::uint64_t>(sums[j] + bias);
        }
        return key;
    }

    void unpack(std::uint64_t key, std::array<std::int32_t, kMaxCells>& sums) const {
        const std::uint64_t mask = (std::uint64_t{1} << bits) - 1;
        const std::int32_t bias = 1 << (bits - 1);
        for (std::size_t j = cells; j-- > 0; key >>= bits) {
            sums[j] = static_cast<std::int32_t>(key & mask) - bias;
        }
    }
};

Packing packingFor(std::size_t cells) {
    return {cells, cells <= 4 ? 16U : 8U};
}

bool fits(std::size_t rows, std::size_t cells) {
    const std::size_t largest = rows * (cells - 1);
    return cells <= 4 ? largest < 32767 : cells <= kMaxCells && largest < 127;
}

/// About how many sorted sum vectors occur after `rows` rows: the volume of the permutohedron,
/// which is the number k^(k-2) of trees on k nodes, grown rows-fold; a k! of it is sorted. All of
/// them are visited, the unlikely ones too. Source: Stanley, Ann. Discrete Math. 6 (1980) 333-342.
double expectedStates(double rows, double cells) {
    return 1 + std::pow(cells, cells - 2) * std::pow(rows, cells - 1) / std::tgamma(cells + 1);
}

using RowValues = std::array<std::int32_t, kMaxCells>;

std::vector<RowValues> distinctPermutations(std::vector<std::int64_t> row) {
    std::vector<RowValues> permutations;
    std::sort(row.begin(), row.end());
    do {
        RowValues values{};
        for (std::size_t j = 0; j < row.size(); ++j) values[j] = static_cast<std::int32_t>(row[j]);
        permutations.push_back(values);
    } while (std::next_permutation(row.begin(), row.end()));
    return permutations;
}

std::int64_t sumOfSquares(const RowValues& sums, std::size_t cells) {
    std::int64_t total = 0;
    for (std::size_t j = 0; j < cells; ++j) total += std::int64_t{sums[j]} * sums[j];
    return total;
}

using States = std::unordered_map<std::uint64_t, double>;

}  // namespace

bool ColumnSumNull::isFeasible(std::size_t rows, std::size_t cells) {
    if (rows < 1 || cells < 2 || !fits(rows, cells)) return false;
    const auto k = static_cast<double>(cells);
    double steps = 0;
    for (std::size_t row = 1; row < rows && steps <= kStepLimit; ++row) {
        steps += expectedStates(static_cast<double>(row), k) * std::tgamma(k + 1);
    }
    return steps <= kStepLimit;
}

ColumnSumNull::ColumnSumNull(const std::vector<std::vector<std::int64_t>>& rows) {
    const Packing packing = packingFor(rows[0].size());
    RowValues sums{};
    for (std::size_t j = 0; j < packing.cells; ++j) sums[j] = static_cast<std::int32_t>(rows[0][j]);
    States states{{packing.pack(sums), 1.0}};
    std::unordered_map<std::int64_t, double> last;
    if (rows.size() == 1) last[sumOfSquares(sums, packing.cells)] = 1;
    for (std::size_t row = 1; row < rows.size(); ++row) {
        const auto permutations = distinctPermutations(rows[row]);
        const double share = 1.0 / static_cast<double>(permutations.size());
        States next;
        next.reserve(states.size() * 8);
        for (const auto& [key, probability] : states) {
            RowValues base{};
            packing.unpack(key, base);
            for (const RowValues& permutation : permutations) {
                for (std::size_t j = 0; j < packing.cells; ++j) sums[j] = base[j] + permutation[j];
                if (row + 1 == rows.size()) {
                    last[sumOfSquares(sums, packing.cells)] += probability * share;
                } else {
                    next[packing.pack(sums)] += probability * share;
                }
            }
        }
        states = std::move(next);
    }
    const std::map<std::int64_t, double> ordered(last.begin(), last.end());
    for (const auto& [value, probability] : ordered) {
        m_values.push_back(value);
        m_atLeast.push_back(probability);
    }
    for (std::size_t i = m_atLeast.size(); i-- > 1;) m_atLeast[i - 1] += m_atLeast[i];
}

double ColumnSumNull::upperTail(std::int64_t value) const {
    const auto from = std::lower_bound(m_values.begin(), m_values.end(), value);
    if (from == m_values.end()) return 0;
    return std::min(1.0, m_atLeast[static_cast<std::size_t>(from - m_values.begin())]);
}

std::shared_ptr<const ColumnSumNull> columnSumNull(
    const std::vector<std::vector<std::int64_t>>& rows) {
    const std::size_t cells = rows[0].size();
    std::vector<std::int64_t> untied(cells);
    for (std::size_t j = 0; j < cells; ++j) {
        untied[j] = 2 * static_cast<std::int64_t>(j) + 1 - static_cast<std::int64_t>(cells);
    }
    const bool tied = std::any_of(rows.begin(), rows.end(), [&](std::vector<std::int64_t> row) {
        std::sort(row.begin(), row.end());
        return row != untied;
    });
    if (tied) return std::make_shared<const ColumnSumNull>(rows);
    static std::mutex mutex;
    static std::map<std::pair<std::size_t, std::size_t>, std::shared_ptr<const ColumnSumNull>> kept;
    const std::lock_guard lock(mutex);
    auto& null = kept[{rows.size(), cells}];
    if (!null) null = std::make_shared<const ColumnSumNull>(rows);
    return null;
}

}  // namespace stats
