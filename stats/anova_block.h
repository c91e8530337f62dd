// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>

#include "stats/data_views.h"

namespace stats {

/// Randomised complete block design = one-way repeated measures: y ~ block + cell, additive.
struct BlockAnova {
    static constexpr const char* kMethod = "randomised-block ANOVA";
    std::size_t blocks = 0;
    std::size_t cells = 0;
    double dfCells = 0;
    double dfBlocks = 0;
    double dfError = 0;
    double ssCells = 0;
    double ssBlocks = 0;
    double ssError = 0;
    double msCells = 0;
    double msError = 0;
    double f = 0;
    double p = 1;  ///< sphericity assumed
    double fBlocks = 0;
    double pBlocks = 1;
    double greenhouseGeisser = 1;  ///< estimate of epsilon
    double pGreenhouseGeisser = 1;
    /// Huynh and Feldt 1976, without Lecoutre's correction, capped at 1; empty for two cells or
    /// two blocks, where it is not defined.
    std::optional<double> huynhFeldt;
    std::optional<double> pHuynhFeldt;
    double pLowerBound = 1;  ///< epsilon = 1 / (cells - 1)
    double partialEta2 = 0;
    double generalizedEta2 = 0;     ///< SSc / (SSc + SSe + SSblocks)
    double relativeEfficiency = 1;  ///< error variance without blocking / with blocking
};

/// Two or more blocks and cells, no missing cell, not all residuals 0; else std::domain_error.
BlockAnova blockAnova(Blocks blocks);

}  // namespace stats
