// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cmath>

#include "stats/arguments.h"
#include "stats/power.h"
#include "stats/root_search.h"

/// Included by .cpp files of this folder only.
namespace stats {

/// alpha in (0, 1) and alpha < power < 1: no design has a power below its alpha.
inline void requireTarget(const char* function, double alpha, double power) {
    requireInsideUnit(function, "alpha", alpha);
    requireInsideUnit(function, "power", power);
    if (power <= alpha) refuse(function, "power", "must be above alpha");
}

/// Solves powerAt(n) = target for n > 1, powerAt increasing, from about `start` runs; then rounds
/// up to a whole n >= 2 that reaches the target while n - 1 does not.
template <typename PowerAt>
SampleSize solveSampleSize(const char* function, double target, double groups, double start,
                           PowerAt powerAt) {
    constexpr double kMostRuns = 1e10;
    const auto excess = [&](double nMinusOne) { return powerAt(1 + nMinusOne) - target; };
    double high = std::clamp(start, 0.01, kMostRuns);  // n - 1
    double low = high;
    double factor = 1.25;
    while (excess(high) < 0) {
        low = high;
        high *= factor;
        factor = 2;
        if (high > kMostRuns)
            refuse(function, "effect", "must be larger: over 1e10 runs are needed to find it");
    }
    if (low == high) {
        low *= 0.8;
        while (low >= 1e-12 && excess(low) > 0) {  // below: n = 2 is asked for anyway
            high = low;
            low /= 10;
        }
    }
    SampleSize result;
    result.exact = 1 + (low < 1e-12 ? 0 : rootBetween(excess, low, high));
    result.n = std::max(2.0, std::ceil(result.exact));
    while (result.n > 2 && powerAt(result.n - 1) >= target) --result.n;
    while ((result.powerAtN = powerAt(result.n)) < target) ++result.n;
    result.total = groups * result.n;
    return result;
}

}  // namespace stats
