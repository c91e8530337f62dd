// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

#include "stats/data_views.h"

namespace stats {

enum class Best { Smallest, Largest };

/// Hsu's multiple comparisons with the best.
struct HsuMcb {
    double criticalValue = 0;  ///< one-sided Dunnett value for k - 1 comparisons
    double margin = 0;         ///< criticalValue * sqrt(2 MSE / n)
    double df = 0;
    std::vector<double> diffToBestOther;  ///< mean_i - best mean among the others
    std::vector<double> lo;               ///< simultaneous intervals that contain or touch 0
    std::vector<double> hi;
    std::vector<bool> candidate;  ///< may still be the best at level 1 - alpha
    /// Smallest alpha at which the cell is shown not to be the best: one-sided Dunnett p of its
    /// distance from the best other; 1 where it is the best itself.
    std::vector<double> p;
};

/// groups: balanced, else std::domain_error. Source: Hsu, Ann. Statist. 9 (1981) 1026-1034.
HsuMcb hsuMcb(Groups groups, Best best, double alpha);

/// The same with the residual of the block model y ~ block + cell.
HsuMcb hsuMcbOnBlocks(Blocks blocks, Best best, double alpha);

}  // namespace stats
