// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string_view>

#include "engine/experiment/settings.h"
#include "engine/result.h"

namespace experiment {

/// A named set of settings and what it is for, in one line.
struct PresetDescription {
    std::string_view name;
    std::string_view purpose;
};

/// paper, quick, smoke, and the controls with known answers: lagged-copy, uniform-random.
std::span<const PresetDescription> presets();

/// Error (Usage) names the value and all known presets.
engine::Result<ExperimentSettings> preset(std::string_view name);

}  // namespace experiment
