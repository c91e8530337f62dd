// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "stats/data_views.h"
#include "stats/exactness.h"

namespace stats {

struct BootstrapOptions {
    double exactUpTo = 1e5;           ///< distinct resamples (per group) that are still enumerated
    std::uint32_t resamples = 10000;  ///< random resamples beyond that, >= 1
    std::uint64_t seed = 42;
};

/// Distribution of the cell with the smallest mean over bootstrap resamples.
struct ArgminBootstrap {
    std::vector<double>
        pBest;  ///< share of resamples in which the cell is best, ties shared equally
    Exactness exactness = Exactness::Exact;  ///< or MonteCarlo
    double resamples = 0;  ///< n^n, or the product over groups, or the random ones drawn
};

/// Rows (seeds) are resampled as wholes. Exact up to 10 rows with the default options. At least one
/// row and two cells, else std::domain_error.
ArgminBootstrap bootstrapArgmin(Blocks blocks, const BootstrapOptions& options);

/// Every group is resampled by itself. At least two groups, none empty.
ArgminBootstrap bootstrapArgminIndependent(Groups groups, const BootstrapOptions& options);

}  // namespace stats
