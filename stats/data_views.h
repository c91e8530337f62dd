// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

namespace stats {

/// Values of one group.
using Sample = std::span<const double>;

/// One vector per group; sizes may differ.
using Groups = std::span<const std::vector<double>>;

/// One vector per block (seed), each with one value per cell (column); rectangular.
using Blocks = std::span<const std::vector<double>>;

}  // namespace stats
