// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

#include "stats/data_views.h"

namespace stats {

enum class Centre {
    Mean,    ///< Levene 1960
    Median,  ///< Brown and Forsythe, J. Amer. Statist. Assoc. 69 (1974) 364-367
};

struct LeveneTest {
    std::size_t n = 0;
    Centre centre = Centre::Median;
    double f = 0;
    double df1 = 0;
    double df2 = 0;
    double p = 1;
};

/// Equal variances: one-way ANOVA on |x - centre of its group|. Two groups or more, N > k, and the
/// distances must vary within the groups; else std::domain_error.
LeveneTest leveneTest(Groups groups, Centre centre);

struct BartlettTest {
    std::size_t n = 0;
    double k2 = 0;  ///< chi-square statistic
    double df = 0;
    double p = 1;
};

/// Bartlett, Proc. R. Soc. A 160 (1937) 268-282. Each group: two values or more, not all equal.
BartlettTest bartlettTest(Groups groups);

}  // namespace stats
