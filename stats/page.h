// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "stats/data_views.h"

namespace stats {

/// Page's test of an increasing order of the columns; p values are upper tails.
struct Page {
    double l = 0;  ///< sum over columns j = 1..k of j times the rank sum (midranks)
    double z = 0;  ///< no tie and no continuity correction
    double pAsymptotic = 1;
    bool tied = false;
    /// P(L >= observed) with each row's observed midranks permuted; the usual exact p without ties.
    /// Empty above 12 columns or 2e8 steps (6 columns: 280 rows).
    std::optional<double> pExact;
    /// P of the null without ties at L; only where L is a whole number (and pExact is feasible).
    std::optional<double> pIgnoringTies;
};

/// blocks: at least one row, at least two columns in the predicted order. Throws std::domain_error.
/// Source: Page, J. Amer. Statist. Assoc. 58 (1963) 216-230.
Page page(Blocks blocks);

/// P(L >= l) without ties for k columns and n rows, 2 <= k <= 12, n >= 1, else std::domain_error.
double pageNullSf(std::size_t cells, std::size_t blocks, double l);

}  // namespace stats
