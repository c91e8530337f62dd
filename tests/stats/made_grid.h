// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <random>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "stats/grid_analysis.h"

/// Grids of losses with a known optimum.
namespace stats {

/// Noise plus a loss per cell; the same seed gives the same table.
template <typename Loss>
GridTable makeGrid(std::vector<double> lengths, std::size_t runs, double noise, Loss loss) {
    std::vector<std::int64_t> seeds;
    for (std::size_t s = 0; s < runs; ++s) seeds.push_back(42 + static_cast<std::int64_t>(s));
    GridTable table =
        GridTable::planned(std::move(lengths), {0.25, 0.33, 0.5, 0.67, 0.75, 0.9}, seeds);
    std::mt19937 random(7);
    const auto uniform = [&] { return static_cast<double>(random()) / 4294967296.0 - 0.5; };
    for (std::size_t s = 0; s < runs; ++s) {
        const double level = 0.05 * uniform();  // shared by all cells of a seed
        for (std::size_t l = 0; l < table.lengths.size(); ++l) {
            for (std::size_t r = 0; r < table.keepRatios.size(); ++r) {
                table.at(l, r, s) = {RunState::Done, 2 + level + noise * uniform() + loss(l, r)};
            }
        }
    }
    return table;
}

inline const Verdict& verdictOf(const GridAnalysis& analysis, const std::string& id) {
    for (const Verdict& verdict : analysis.verdicts) {
        if (verdict.id == id) return verdict;
    }
    throw std::logic_error("no verdict " + id);
}

/// The optimum moves from the largest ratio at the shortest length to the smallest at the longest.
inline double falling(std::size_t length, std::size_t ratio) {
    const double optimum = 5.0 - static_cast<double>(length) * 1.25;
    return 0.02 * std::abs(static_cast<double>(ratio) - optimum);
}

inline const std::vector<double> kLengths{64, 128, 256, 512, 1024};

}  // namespace stats
