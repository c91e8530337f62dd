// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "stats/grid_analysis.h"
#include "ui/statistics_table.h"

namespace ui {

// How numbers of the statistics are written in tables.

/// A chosen number as short as it is: "0.05", "95".
QString brief(double value);
TableCell decimals(double value, int places);
/// A count, with thin spaces between thousands.
TableCell wholeNumber(double value);
TableCell missing(const std::string& why);
TableCell pCell(double p);
/// "[−0.51, 0.02]"; of a one-sided bound "(−∞, 0.02]".
QString between(const stats::Interval& interval, int places);
QString ratioAt(const stats::GridAnalysis& analysis, const stats::LengthAnalysis& length,
                std::size_t position);

}  // namespace ui
