// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

#include "stats/data_views.h"
#include "stats/exactness.h"

namespace stats {

/// One cell against the control: diff = mean - mean of the control.
struct ControlComparison {
    std::size_t group = 0;
    double diff = 0;
    double t = 0;
    double p = 1;   ///< adjusted for all comparisons with the control
    double lo = 0;  ///< simultaneous 1 - alpha interval; -infinity or +infinity when one-sided
    double hi = 0;
};

struct Dunnett {
    std::vector<ControlComparison> comparisons;  ///< every cell but the control, in order
    std::size_t control = 0;
    double errorMeanSquare = 0;
    double df = 0;
    double criticalValue = 0;  ///< equicoordinate
};

/// Dunnett's many-to-one comparisons, exact correlations l_i l_j with l_i^2 = n_i / (n_i + n_c).
/// sides Less: alternative "cell below control". Throws std::domain_error for fewer than two
/// groups, a control out of range, no residual df, no variance within, or alpha outside (0, 1).
/// Source: Dunnett, J. Amer. Statist. Assoc. 50 (1955) 1096-1121.
Dunnett dunnett(Groups groups, std::size_t control, Sides sides, double alpha);

/// The same with the residual of the block model y ~ block + cell.
Dunnett dunnettOnBlocks(Blocks blocks, std::size_t control, Sides sides, double alpha);

}  // namespace stats
