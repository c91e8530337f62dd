// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "stats/data_views.h"

namespace stats {

/// Ranks with ties averaged, kept as whole numbers so that exact tests compare without rounding.
struct Midranks {
    std::vector<std::int64_t> doubled;    ///< 2 x midrank, in the order of the input
    std::vector<std::int64_t> tieCounts;  ///< sizes of the groups of equal values, all >= 2

    bool hasTies() const { return !tieCounts.empty(); }
    /// Sum over groups of equal values of t^3 - t.
    double tieSum() const;
};

/// values: finite numbers (unchecked).
Midranks midranks(Sample values);

}  // namespace stats
