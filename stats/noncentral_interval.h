// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "stats/interval.h"

namespace stats {

/// Interval of level conf for the noncentrality behind an observed F: P(F <= f; lower) =
/// 1 - (1 - conf)/2, P(F <= f; upper) = (1 - conf)/2; an end without a solution is 0.
Interval noncentralFInterval(double f, double df1, double df2, double conf);

/// The same for an observed t; the noncentrality may be negative.
Interval noncentralTInterval(double t, double df, double conf);

}  // namespace stats
