// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <span>

#include "ui/cell_view.h"

namespace ui {

/// What stands beside the mean: "± 0.012"; empty below two runs.
QString spreadText(const CellView& cell, Spread spread);

/// "3/3", "2/3, 1 failed".
QString runsText(const CellView& cell);

/// Everything that is known of a cell, as rich text.
QString cellToolTip(const CellView& cell);

/// One sentence for a screen reader.
QString cellSentence(const CellView& cell);

/// Cells with a line of column names, separated by tabs, numbers in full: for spreadsheets.
QString cellsAsText(std::span<const CellView> cells);

}  // namespace ui
