// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/runs/results_table.h"
#include "stats/grid_table.h"

namespace app {

/// The final losses as the statistics read them: levels in rising order, runs that are not over
/// missing, failed, diverged and damaged ones failed. A dense reference without any planned run is
/// left out.
stats::GridTable gridTable(const runs::ResultsTable& results);

}  // namespace app
