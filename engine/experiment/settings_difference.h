// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "engine/experiment/settings.h"

namespace experiment {

/// One setting with two values, both as text: {"training.learningRate", "0.006", "0.003"}.
struct SettingDifference {
    std::string key;
    std::string left;
    std::string right;
    bool operator==(const SettingDifference&) const = default;
};

/// Settings whose values differ, in the order of settings.h.
std::vector<SettingDifference> differences(const ExperimentSettings& left,
                                           const ExperimentSettings& right);

}  // namespace experiment
