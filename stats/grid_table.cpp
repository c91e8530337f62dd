// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/grid_table.h"

#include <utility>

namespace stats {

GridTable GridTable::planned(std::vector<double> lengths, std::vector<double> keepRatios,
                             std::vector<std::int64_t> seeds, Dense dense) {
    GridTable table;
    table.lengths = std::move(lengths);
    table.keepRatios = std::move(keepRatios);
    table.seeds = std::move(seeds);
    const std::size_t rows = table.lengths.size() * table.seeds.size();
    table.runs.resize(rows * table.keepRatios.size());
    if (dense == Dense::With) table.dense.resize(rows);
    return table;
}

}  // namespace stats
