// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>
#include <vector>

#include "app/loss_columns.h"
#include "engine/result.h"
#include "stats/grid_table.h"

namespace app {

/// Final losses read from somebody's table.
struct LossTable {
    stats::GridTable table;
    std::size_t unfinished = 0;  ///< rows whose status says that the run goes on
    /// How the file was understood where that is not obvious, one sentence each.
    std::vector<std::string> notes;
};

/// Reads one run per row (format: CsvReader); other columns are ignored. An empty, NaN or infinite
/// loss is a failed run, unless the column "status" says that it has not finished; combinations
/// without a row are missing runs. A ratio "dense", the attention "dense", or without a column
/// "attention" a keep ratio of 1 is the dense reference. Decimal commas are understood where the
/// whole file uses them. Seeds that are no whole numbers are numbered in the order of their
/// appearance. Errors are one sentence with line, value and remedy (Data; Io for a failed read).
engine::Result<LossTable> readLossTable(std::istream& in, const ColumnNames& columns);

}  // namespace app
