// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <utility>

namespace stats {

/// Nodes and weights of the 32-point Gauss-Legendre rule on [-1, 1], ascending.
const std::array<std::pair<double, double>, 32>& gaussLegendre32();

}  // namespace stats
