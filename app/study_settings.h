// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "app/command_line.h"
#include "engine/experiment/settings.h"
#include "engine/result.h"

namespace app {

/// Settings of a new experiment: preset, then settings file, then flags.
/// Errors: Usage, naming the setting or the file.
engine::Result<experiment::ExperimentSettings> newSettings(const CommandLine& line);

/// The grid of an existing experiment after what the command asks for: lengths, ratios, seeds and
/// the dense reference may be added. Any other difference is an error (Usage) that names the
/// setting and both values.
/// --data is not looked at: the corpus is compared by its content.
engine::Result<experiment::GridSettings> widenedGrid(const CommandLine& line,
                                                     const experiment::ExperimentSettings& stored);

}  // namespace app
