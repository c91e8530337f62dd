// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

#include "stats/data_views.h"

namespace stats {

struct ShapiroWilk {
    std::size_t n = 0;
    double w = 1;
    double p = 1;  ///< exact for n = 3, Royston's normalising transformation above
};

/// Royston, Applied Statistics 44 (1995) 547-551 (AS R94), with normal quantiles at full double
/// precision. 3 to 5000 finite values, not all equal; else std::domain_error.
ShapiroWilk shapiroWilk(Sample values);

/// The same on all residuals x - group mean, pooled.
ShapiroWilk shapiroWilkOfResiduals(Groups groups);

}  // namespace stats
