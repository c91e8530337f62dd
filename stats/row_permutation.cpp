// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/row_permutation.h"

#include <algorithm>
#include <bit>
#include <map>

namespace stats {
namespace {

constexpr std::size_t kMaxColumns = 12;
constexpr double kMaxSteps = 2e8;

struct Scores {
    std::int64_t offset = 0;
    std::vector<double> mass;
};

/// T of one row: the sorted scores go one after the other to the columns still free.
Scores rowScores(const std::vector<std::int64_t>& sorted) {
    const std::size_t k = sorted.size();
    std::vector<std::map<std::int64_t, double>> reached(std::size_t{1} << k);
    reached[0][0] = 1;
    for (std::size_t set = 0; set + 1 < reached.size(); ++set) {
        const auto next = static_cast<std::size_t>(std::popcount(set));
        const double share = 1.0 / static_cast<double>(k - next);
        for (std::size_t column = 0; column < k; ++column) {
            if ((set >> column & 1U) != 0) continue;
            auto& target = reached[set | std::size_t{1} << column];
            const auto gain = static_cast<std::int64_t>(column + 1) * sorted[next];
            for (const auto& [score, mass] : reached[set]) target[score + gain] += mass * share;
        }
        reached[set].clear();
    }
    const auto& scores = reached.back();
    Scores result;
    result.offset = scores.begin()->first;
    result.mass.assign(static_cast<std::size_t>(scores.rbegin()->first - result.offset) + 1, 0.0);
    for (const auto& [score, mass] : scores) {
        result.mass[static_cast<std::size_t>(score - result.offset)] = mass;
    }
    return result;
}

/// Largest minus smallest T of one row.
double spread(std::vector<std::int64_t> row) {
    std::sort(row.begin(), row.end());
    double width = 1;
    for (std::size_t j = 0; j < row.size(); ++j) {
        const double column = static_cast<double>(j + 1) - static_cast<double>(row.size() - j);
        width += column * static_cast<double>(row[j] - row[0]);
    }
    return width;
}

}  // namespace

bool RowPermutationNull::isFeasible(const std::vector<std::vector<std::int64_t>>& rows) {
    double width = 1;
    double steps = 0;
    for (const auto& row : rows) {
        if (row.empty() || row.size() > kMaxColumns) return false;
        const double own = spread(row);
        steps += width * own;
        width += own;
    }
    return !rows.empty() && steps <= kMaxSteps;
}

RowPermutationNull::RowPermutationNull(const std::vector<std::vector<std::int64_t>>& rows) {
    std::map<std::vector<std::int64_t>, Scores> known;
    for (std::vector<std::int64_t> row : rows) {
        std::sort(row.begin(), row.end());
        auto found = known.find(row);
        if (found == known.end()) found = known.emplace(row, rowScores(row)).first;
        const Scores& scores = found->second;
        std::vector<double> sum(m_mass.size() + scores.mass.size() - 1, 0.0);
        for (std::size_t i = 0; i < m_mass.size(); ++i) {
            if (m_mass[i] == 0) continue;
            for (std::size_t j = 0; j < scores.mass.size(); ++j) {
                sum[i + j] += m_mass[i] * scores.mass[j];
            }
        }
        m_mass = std::move(sum);
        m_offset += scores.offset;
    }
}

double RowPermutationNull::atLeast(std::int64_t value) const {
    double sum = 0;
    for (std::int64_t at = largest(); at >= std::max(value, m_offset); --at) {
        sum += m_mass[static_cast<std::size_t>(at - m_offset)];
    }
    return std::min(1.0, sum);
}

double RowPermutationNull::atMost(std::int64_t value) const {
    double sum = 0;
    for (std::int64_t at = m_offset; at <= std::min(value, largest()); ++at) {
        sum += m_mass[static_cast<std::size_t>(at - m_offset)];
    }
    return std::min(1.0, sum);
}

std::int64_t RowPermutationNull::smallest() const {
    return m_offset;
}

std::int64_t RowPermutationNull::largest() const {
    return m_offset + static_cast<std::int64_t>(m_mass.size()) - 1;
}

}  // namespace stats
