// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

#include "stats/grid_length.h"
#include "stats/grid_table.h"

/// Cells and blocks taken out of a grid table; included by .cpp files of this folder only.
namespace stats {

CellSummary summariseCell(std::span<const GridRun> runs, double keepRatio, double confidence);

/// Ratios with at least one finished run at this length.
std::vector<std::size_t> finishedRatios(const GridTable& table, std::size_t length);

/// Positions of the seeds that are finished in every one of these cells of one length (and in the
/// dense reference, where asked for).
std::vector<std::size_t> completeSeeds(const GridTable& table, std::size_t length,
                                       std::span<const std::size_t> ratios,
                                       GridTable::Dense dense = GridTable::Dense::Without);

/// Losses of the finished runs, one vector per ratio.
std::vector<std::vector<double>> groupsOf(const GridTable& table, std::size_t length,
                                          std::span<const std::size_t> ratios);

/// One row per seed, one column per ratio; the dense reference, where asked for, comes last.
std::vector<std::vector<double>> blocksOf(const GridTable& table, std::size_t length,
                                          std::span<const std::size_t> ratios,
                                          std::span<const std::size_t> seeds,
                                          GridTable::Dense dense = GridTable::Dense::Without);

std::vector<std::int64_t> seedNames(const GridTable& table, std::span<const std::size_t> seeds);

/// Throws std::domain_error where sizes, order or values of the table are malformed.
void checkTable(const GridTable& table);

}  // namespace stats
