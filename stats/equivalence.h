// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "stats/data_views.h"

namespace stats {

/// Two one-sided tests: is the difference of means x - y inside (low, high)?
struct Tost {
    double diff = 0;
    double se = 0;
    double df = 0;
    double tLow = 0;  ///< against diff <= low
    double pLow = 1;
    double tHigh = 0;  ///< against diff >= high
    double pHigh = 1;
    double p = 1;   ///< the larger of the two
    double lo = 0;  ///< 1 - 2 alpha interval of the difference
    double hi = 0;
};

/// Independent samples, unequal variances (Welch). low < high, alpha in (0, 0.5); at least two
/// values each and some variance, else std::domain_error. Source: Schuirmann, J. Pharmacokin.
/// Biopharm. 15 (1987) 657-680.
Tost tostIndependent(Sample x, Sample y, double low, double high, double alpha);

/// On the differences of paired samples.
Tost tostPaired(Sample x, Sample y, double low, double high, double alpha);

}  // namespace stats
