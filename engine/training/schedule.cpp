// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/training/schedule.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace training {

double learningRateFactor(const experiment::TrainingSettings& training, std::int64_t step,
                          std::int64_t steps) {
    const auto total = static_cast<double>(steps);
    const std::int64_t warm = std::max<std::int64_t>(1, std::llround(training.warmupShare * total));
    if (step < warm) return static_cast<double>(step + 1) / static_cast<double>(warm);
    const double done = static_cast<double>(step - warm) /
                        static_cast<double>(std::max<std::int64_t>(1, steps - warm));
    const double low = training.finalRateShare;
    return low + (1.0 - low) * 0.5 * (1.0 + std::cos(std::numbers::pi * done));
}

std::int64_t denseWarmupSteps(const experiment::TrainingSettings& training, std::int64_t steps) {
    return std::llround(training.denseWarmupShare * static_cast<double>(steps));
}

}  // namespace training
