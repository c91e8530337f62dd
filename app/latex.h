// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "app/document.h"
#include "stats/grid_sheets.h"

namespace app {

/// A plain LaTeX tabular that needs no package beyond the format; a table of more than 40 rows is
/// split into several with the same heading, because a tabular does not break over pages.
std::string toLatex(const TextTable& table);

/// The same of a sheet: numbers with six significant digits, columns that hold nothing left out.
std::string toLatex(const stats::Sheet& sheet);

}  // namespace app
