// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "engine/experiment/settings.h"
#include "engine/result.h"

namespace experiment {

/// Settings from JSON of at most 1 MiB; keys are the field names of settings.h. What the text does
/// not name keeps the value of the preset that it names under "preset", of `paper` if it names
/// none. The result is valid: see validate(). Errors (Usage) name key, value and allowed range; an
/// unknown key, the nearest known one.
engine::Result<ExperimentSettings> parseSettings(std::string_view json);

/// The same, but what the text does not name keeps the value of `base`.
engine::Result<ExperimentSettings> parseSettings(std::string_view json,
                                                 const ExperimentSettings& base);

/// All fields in the order of settings.h, numbers with the fewest digits that read back the same
/// bits: equal settings give equal text. Ends with a newline.
std::string toJson(const ExperimentSettings& settings);

/// What determines the numbers of one run besides the corpus bytes and the engine version, as one
/// line with sorted keys; hashed for the run's identity. Names, paths, the other cells and
/// checkpoint times are not in it.
std::string identityJson(const ExperimentSettings& settings, const RunSpec& run);

/// Whether every value lies in its range and they fit together. Error (Usage) names key, value and
/// range.
engine::Result<void> validate(const ExperimentSettings& settings);

}  // namespace experiment
