// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/experiment/settings.h"

namespace experiment {

/// What a batch command says besides the settings.
struct BatchPlace {
    std::string program = "sparsity-workbench";
    std::string folder = {};  // of the experiment
    std::string device = {};  // empty: the program chooses
    int lanes = 0;            // 0: the program chooses
};

/// Arguments, the program first, that make an experiment with these settings in `place.folder`, or
/// continue it there: the preset, a flag for what has one, and the rest as JSON after --settings.
/// `added` are runs planned besides the grid.
std::vector<std::string> batchArguments(const BatchPlace& place, const ExperimentSettings& settings,
                                        std::span<const RunSpec> added = {});

/// The settings of an experiment that holds this run and as little else as a grid can: a dense
/// reference brings the first keep ratio along.
ExperimentSettings settingsOfRun(const ExperimentSettings& settings, const RunSpec& run);

/// One line that a POSIX shell splits into exactly these arguments.
std::string shellLine(const std::vector<std::string>& arguments);

}  // namespace experiment
