// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "engine/experiment/settings_difference.h"
#include "engine/result.h"
#include "engine/runs/run_record.h"

namespace runs {

/// Everything in which two runs were not started alike: cell and seed, settings that reach the
/// training, corpus, engine, device and machine. The rest of their grids is left out. Error (Data)
/// if the recorded settings of one of them cannot be read.
engine::Result<std::vector<experiment::SettingDifference>> differences(const RunDescription& left,
                                                                       const RunDescription& right);

}  // namespace runs
