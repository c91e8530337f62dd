// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "engine/experiment/settings.h"

namespace data {

/// x[t] = x[t - lag] with probability 1 - noise, else (and for t < lag) uniform over the alphabet.
/// [settings.tokens] symbols 0 ... alphabet - 1, a pure function of the settings. The
/// best possible loss is known: laggedCopyOptimum().
std::vector<std::uint8_t> makeLaggedCopy(const experiment::DataSettings& settings);

/// [settings.tokens] independent symbols, uniform over the alphabet: nothing to learn.
std::vector<std::uint8_t> makeUniformRandom(const experiment::DataSettings& settings);

/// The loss (nats per token) of a model that knows the lagged copy and sees `lag` tokens back, over
/// non-overlapping windows: (P/L) ln A + (1 - P/L) H; ln A where the window is not longer than the
/// lag.
double laggedCopyOptimum(const experiment::DataSettings& settings, std::int64_t length);

}  // namespace data
