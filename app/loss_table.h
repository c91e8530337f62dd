// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <iosfwd>
#include <string>
#include <variant>

#include "app/analyse_command.h"
#include "stats/grid_table.h"

namespace app {

/// What is wrong with the file, in one sentence that names the line.
struct LossTableError {
    std::string message;
};

/// Reads one run per row: CSV with a header, separated by comma, semicolon or tab, quotes as in
/// RFC 4180; empty lines and lines that begin with # are skipped, other columns ignored.
/// An empty, NaN or infinite loss is a failed run; combinations without a row are missing runs.
/// Seeds that are not whole numbers are numbered in the order of their appearance.
std::variant<stats::GridTable, LossTableError> readLossTable(std::istream& in,
                                                             const ColumnNames& columns);

}  // namespace app
