// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "stats/grid_table.h"

namespace stats {

/// One finished run in the quantile-quantile plot of its length.
struct ResidualPoint {
    std::size_t ratio = 0;  ///< position in the ratios used
    std::int64_t seed = 0;
    double residual = 0;  ///< loss - mean of its cell, nats per token
    double quantile = 0;  ///< standard normal
};

/// Residuals of the one-way model, ascending, with the line through their quartiles.
struct ResidualPlot {
    std::vector<ResidualPoint> points;
    double intercept = 0;
    double slope = 0;
};

/// At least one finished run, else std::domain_error. Positions as in normalQqPoints().
ResidualPlot residualPlot(const GridTable& table, std::size_t length,
                          std::span<const std::size_t> ratios);

}  // namespace stats
