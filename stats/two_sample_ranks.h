// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "stats/data_views.h"
#include "stats/exactness.h"

namespace stats {

/// Mann-Whitney (Wilcoxon rank sum) test.
struct MannWhitney {
    double u = 0;       ///< pairs with x > y, ties count 1/2 (R's W for x)
    double p = 1;       ///< two-sided: min(1, 2 min tail)
    double floorP = 1;  ///< smallest two-sided p that these sizes allow
    Exactness exactness = Exactness::Exact;
};

/// Exact below 50 values per sample (with ties: conditional on the observed midranks), else the
/// normal approximation with tie and continuity correction. Throws std::domain_error on an empty
/// sample. Source: Mann and Whitney, Ann. Math. Statist. 18 (1947) 50-60.
MannWhitney mannWhitney(Sample x, Sample y);

/// Wilcoxon signed-rank test of paired samples; equal pairs are dropped and counted.
struct WilcoxonSigned {
    double v = 0;  ///< sum of the ranks of |x - y| with x > y
    double p = 1;  ///< two-sided
    double floorP = 1;
    double pairsUsed = 0;
    double zerosDropped = 0;
    Exactness exactness = Exactness::Exact;
};

/// Exact below 50 used pairs, else normal with tie and continuity correction. Throws
/// std::domain_error when empty or of unequal length. Source: Wilcoxon, Biometrics Bull. 1 (1945).
WilcoxonSigned wilcoxonSigned(Sample x, Sample y);

}  // namespace stats
