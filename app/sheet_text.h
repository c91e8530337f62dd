// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "stats/grid_sheets.h"

namespace app {

/// Breaks the text at spaces into lines of at most `width` characters (longer words stay whole),
/// each ended by a line end; from the second line on indented by `indent` spaces.
std::string wrapped(std::string_view text, std::size_t width, std::size_t indent);

/// How the values of a column are written. Texts stand as they are.
enum class CellStyle {
    Text,    ///< at the left edge; numbers with six significant digits
    Number,  ///< decimals for four significant digits of the smallest in the table, points aligned
    Loss,    ///< for three of the smallest Spread (or Loss) of the sheet: what its error bears
    Spread,  ///< a Loss that sets the decimals of them all, such as a standard error
    Share,   ///< in percent, two decimals
    P,       ///< four significant digits
};

struct SheetColumn {
    std::string name;     ///< of the sheet
    std::string heading;  ///< on the terminal; '\n' breaks it
    CellStyle style = CellStyle::Text;
};

/// How a sheet is laid out: a heading and a table for each run of rows with the same values in the
/// group columns. A table that is too wide is continued below, where its first `keys` columns are
/// repeated, without the rows that have nothing there.
struct SheetLayout {
    std::vector<std::string> groups;
    std::vector<SheetColumn> columns;
    std::size_t keys = 1;
    std::vector<std::string> methods;  ///< only rows with one of these in "method"; empty: all
};

/// The sheet as aligned text of this width. Columns without a value are left out, and rows that
/// hold nothing but a note; the notes follow the table. Throws std::logic_error where the sheet has
/// no such column.
std::string sheetText(const stats::Sheet& sheet, const SheetLayout& layout, std::size_t width);

}  // namespace app
