// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "stats/grid_length.h"

/// Included by .cpp files of this folder only.
namespace stats {

/// Power figures for these cells; remembered per number of groups, runs and options, because a grid
/// asks for the same figures at every length (thread-safe).
LengthPower powerOfCells(Groups groups, const GridAnalysisOptions& options);

}  // namespace stats
