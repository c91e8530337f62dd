// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

#include "stats/data_views.h"
#include "stats/interval.h"

namespace stats {

/// Classical fixed-effects one-way analysis of variance.
struct OneWayAnova {
    static constexpr const char* kMethod = "one-way ANOVA";
    std::size_t n = 0;
    std::size_t groups = 0;
    double dfBetween = 0;
    double dfWithin = 0;
    double ssBetween = 0;
    double ssWithin = 0;
    double ssTotal = 0;
    double msBetween = 0;
    double msWithin = 0;
    double residualSd = 0;  ///< sqrt(msWithin)
    double f = 0;
    double p = 1;
    double eta2 = 0;
    double omega2 = 0;    ///< (SSb - dfb MSw) / (SSt + MSw); negative where F < 1, not clipped
    double epsilon2 = 0;  ///< (SSb - dfb MSw) / SSt, not clipped
    double cohenF = 0;    ///< sqrt(SSb / SSw)
    double conf = 0;
    Interval ncp;           ///< noncentrality, by inverting the noncentral F
    Interval eta2Interval;  ///< ncp / (ncp + N)
};

/// Groups: two or more, at least one value each and more values than groups, variance within.
/// conf: two-sided level of the intervals (.90 gives two one-sided 5 % bounds).
/// Throws std::domain_error. Interval: Steiger, Psychol. Methods 9 (2004) 164-182.
OneWayAnova oneWayAnova(Groups groups, double conf);

/// F test of means that allows unequal variances.
struct UnequalVarianceAnova {
    std::size_t n = 0;
    std::size_t groups = 0;
    double f = 0;
    double df1 = 0;
    double df2 = 0;  ///< Satterthwaite's, a real number
    double p = 1;
};

/// Welch, Biometrika 38 (1951) 330-336. Each group: two values or more, not all equal.
UnequalVarianceAnova welchAnova(Groups groups);

/// Brown and Forsythe, Technometrics 16 (1974) 129-132: F* for MEANS; df1 = k - 1 (without
/// Mehrotra's correction). Each group: two values or more; not every group constant.
UnequalVarianceAnova brownForsytheMeans(Groups groups);

}  // namespace stats
