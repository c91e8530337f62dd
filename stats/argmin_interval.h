// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>

namespace stats {

/// Where the best of ordered cells may lie.
struct ArgminInterval {
    std::size_t lower = 0;  ///< positions, both inside the interval
    std::size_t upper = 0;
    double covered = 0;  ///< probability inside; at least the level, as cells are discrete
};

/// Equal-tailed percentile interval of the position of the best cell: from the (1 - level) / 2 to
/// the (1 + level) / 2 point of its distribution. pBest: probabilities of the cells in their order
/// (ArgminBootstrap::pBest), each in [0, 1], sum 1. Throws std::domain_error otherwise, and for a
/// level outside (0, 1).
ArgminInterval argminInterval(std::span<const double> pBest, double level);

}  // namespace stats
