// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "engine/experiment/settings.h"

namespace training {

/// Learning-rate factor of a 0-based step: linear warm-up over max(1, round(warmupShare * steps))
/// steps, then a cosine from 1 to finalRateShare.
double learningRateFactor(const experiment::TrainingSettings& training, std::int64_t step,
                          std::int64_t steps);

/// Steps at the start that attend densely: round(denseWarmupShare * steps).
std::int64_t denseWarmupSteps(const experiment::TrainingSettings& training, std::int64_t steps);

}  // namespace training
