// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

#include "stats/computed.h"
#include "stats/data_views.h"

namespace stats {

/// F test on Friedman's ranks, less conservative than chi-square.
struct ImanDavenport {
    double f = 0;  ///< (n-1) Q / (n (k-1) - Q)
    double df1 = 0;
    double df2 = 0;
    double p = 1;
};

/// Friedman rank test of equal cells within blocks, tie-corrected.
struct Friedman {
    double q = 0;
    double df = 0;
    double p = 1;                           ///< chi-square(k-1)
    double kendallW = 0;                    ///< Q / (n (k - 1))
    Computed<ImanDavenport> imanDavenport;  ///< none where all rows agree: its denominator is 0
};

/// blocks: n >= 2 rows of k >= 2 cells. Throws std::domain_error, also when every block is fully
/// tied. Source: Friedman, J. Amer. Statist. Assoc. 32 (1937) 675-701; Iman and Davenport, Comm.
/// Statist. A9 (1980) 571-595.
Friedman friedman(Blocks blocks);

/// P(Q >= observed) when the observed midranks of each row are permuted independently.
struct FriedmanExact {
    double q = 0;
    double p = 1;
};

/// True where friedmanExact accepts n rows of k cells: up to 7 rows of 6 cells, 15 of 5, 47 of 4,
/// 270 of 3.
bool friedmanExactIsFeasible(std::size_t blocks, std::size_t cells);

/// Throws std::domain_error like friedman, and when the size is not feasible.
FriedmanExact friedmanExact(Blocks blocks);

}  // namespace stats
