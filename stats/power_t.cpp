// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include "stats/arguments.h"
#include "stats/distributions.h"
#include "stats/noncentral_t_shift.h"
#include "stats/power.h"
#include "stats/power_search.h"

namespace stats {
namespace {

constexpr double kLargestFastNcp = 30;  // beyond it tails are left to the distribution
constexpr double kLargeEnough = 1e-3;   // an absolute error of 1e-16 does not show in it

TPower powerOfT(double ncp, double df, double alpha, Sides sides) {
    TPower result;
    result.df = df;
    result.ncp = ncp;
    result.criticalT = studentTQuantileUpper(sides == Sides::Two ? alpha / 2 : alpha, df);
    const NoncentralTShift critical(result.criticalT, df);
    const bool fast = critical.isFeasible() && std::abs(ncp) < kLargestFastNcp;
    const double upper = fast ? critical.sf(ncp) : 0;
    const double lower = fast ? critical.sf(-ncp) : 0;  // P(T < -c; ncp) = P(T > c; -ncp)
    const bool both = sides == Sides::Two && upper + lower > kLargeEnough;
    result.powerUpperTail = upper > kLargeEnough ? upper : noncentralTSf(result.criticalT, df, ncp);
    const double lowerTail =
        both || lower > kLargeEnough ? lower : noncentralTCdf(-result.criticalT, df, ncp);
    switch (sides) {
        case Sides::Two:
            result.power = result.powerUpperTail + lowerTail;
            break;
        case Sides::Less:
            result.power = lowerTail;
            break;
        case Sides::Greater:
            result.power = result.powerUpperTail;
            break;
    }
    return result;
}

TPower twoSample(double n, double d, double alpha, Sides sides) {
    return powerOfT(d * std::sqrt(n / 2), 2 * (n - 1), alpha, sides);
}

TPower paired(double n, double d, double alpha, Sides sides) {
    return powerOfT(d * std::sqrt(n), n - 1, alpha, sides);
}

void requireCommon(const char* function, double d, double alpha) {
    requireFinite(function, "d", d);
    requireInsideUnit(function, "alpha", alpha);
}

void requireEffect(const char* function, double d, Sides sides) {
    requireFinite(function, "d", d);
    if (d == 0) refuse(function, "d", "must not be 0: the power is never reached");
    if ((sides == Sides::Greater && d < 0) || (sides == Sides::Less && d > 0)) {
        refuse(function, "d", "must have the sign that the one-sided test looks for");
    }
}

void requireRuns(const char* function, double n) {
    if (!(std::isfinite(n) && n >= 2)) refuse(function, "n", "must be at least 2");
}

/// Pairs that would be needed if the spread were known, and what its estimate costs beyond.
double normalRuns(double d, double alpha, double power, Sides sides) {
    const double z = normalQuantileUpper(sides == Sides::Two ? alpha / 2 : alpha);
    const double sum = z + normalQuantileUpper(1 - power);
    return sum * sum / (d * d) + z * z / 2 - 1;
}

/// d at which the increasing powerAt(d) reaches the target.
template <typename PowerAt>
double solveEffect(double target, PowerAt powerAt) {
    const auto excess = [&](double d) { return powerAt(d) - target; };
    double high = 1;
    while (excess(high) < 0) high *= 2;
    return rootBetween(excess, 0.0, high);
}

}  // namespace

TPower powerTwoSample(double n1, double n2, double d, double alpha, Sides sides) {
    const char* function = "powerTwoSample";
    if (!(std::isfinite(n1) && n1 >= 1)) refuse(function, "n1", "must be at least 1");
    if (!(std::isfinite(n2) && n2 >= 1)) refuse(function, "n2", "must be at least 1");
    if (!(n1 + n2 > 2)) refuse(function, "n1 + n2", "must be above 2 (no degrees of freedom)");
    requireCommon(function, d, alpha);
    return powerOfT(d / std::sqrt(1 / n1 + 1 / n2), n1 + n2 - 2, alpha, sides);
}

TPower powerPaired(double n, double d, double alpha, Sides sides) {
    requireRuns("powerPaired", n);
    requireCommon("powerPaired", d, alpha);
    return paired(n, d, alpha, sides);
}

SampleSize sampleSizeTwoSample(double d, double alpha, double power, Sides sides) {
    requireTarget("sampleSizeTwoSample", alpha, power);
    requireEffect("sampleSizeTwoSample", d, sides);
    return solveSampleSize("sampleSizeTwoSample", power, 2, 2 * normalRuns(d, alpha, power, sides),
                           [=](double n) { return twoSample(n, d, alpha, sides).power; });
}

SampleSize sampleSizePaired(double d, double alpha, double power, Sides sides) {
    requireTarget("sampleSizePaired", alpha, power);
    requireEffect("sampleSizePaired", d, sides);
    return solveSampleSize("sampleSizePaired", power, 1, normalRuns(d, alpha, power, sides),
                           [=](double n) { return paired(n, d, alpha, sides).power; });
}

double detectableDTwoSample(double n, double alpha, double power) {
    requireRuns("detectableDTwoSample", n);
    requireTarget("detectableDTwoSample", alpha, power);
    return solveEffect(power, [=](double d) { return twoSample(n, d, alpha, Sides::Two).power; });
}

double detectableDPaired(double n, double alpha, double power) {
    requireRuns("detectableDPaired", n);
    requireTarget("detectableDPaired", alpha, power);
    return solveEffect(power, [=](double d) { return paired(n, d, alpha, Sides::Two).power; });
}

}  // namespace stats
