// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

#include "stats/data_views.h"

namespace stats {

/// Kruskal-Wallis rank test of equal locations, tie-corrected, p from chi-square(k-1).
struct KruskalWallis {
    double h = 0;
    double df = 0;
    double p = 1;
    double epsilonSquared = 0;  ///< H / (N - 1)
    double etaSquaredH = 0;     ///< (H - k + 1) / (N - k)
};

/// groups: at least two, none empty, more values than groups. Throws std::domain_error, also when
/// all values are tied. Source: Kruskal and Wallis, J. Amer. Statist. Assoc. 47 (1952) 583-621.
KruskalWallis kruskalWallis(Groups groups);

/// The same with the exact permutation p value P(H >= observed), ties by their observed midranks.
struct KruskalWallisExact {
    double h = 0;
    double p = 1;
    /// Arrangements enumerated. Exchanges of equally sized groups count as one arrangement where
    /// the full number exceeds 1e9.
    double arrangements = 0;
};

/// True where kruskalWallisExact accepts these sizes: at most 1e8 elementary steps (under a
/// second); six groups of three take 2e7.
bool kruskalWallisExactIsFeasible(Groups groups);

/// Throws std::domain_error like kruskalWallis, and when the sizes are not feasible.
KruskalWallisExact kruskalWallisExact(Groups groups);

}  // namespace stats
