// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>

namespace resources {

/// The bytes of resources/tinyshakespeare.txt (1,115,394 of them), valid as long as the program
/// runs.
std::span<const std::uint8_t> tinyShakespeare();

/// resources/example.tar: a finished quick study, without checkpoints and with thinned metrics.
std::span<const std::uint8_t> exampleExperiment();

}  // namespace resources
