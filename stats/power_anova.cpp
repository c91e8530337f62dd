// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <string>

#include "stats/arguments.h"
#include "stats/distributions.h"
#include "stats/power.h"
#include "stats/power_search.h"

namespace stats {
namespace {

void requireWhole(const char* function, const char* argument, double value, double minimum) {
    if (!(std::isfinite(value) && value >= minimum && value == std::floor(value))) {
        refuse(function, argument,
               "must be a whole number from " + std::to_string(static_cast<int>(minimum)) + " on");
    }
}

void requireAtLeast(const char* function, const char* argument, double value, double minimum) {
    if (!(std::isfinite(value) && value >= minimum)) {
        refuse(function, argument, "must be at least " + std::to_string(static_cast<int>(minimum)));
    }
}

FPower powerOfF(double lambda, double df1, double df2, double alpha) {
    FPower result{lambda, df1, df2, fisherFQuantileUpper(alpha, df1, df2), 0};
    result.power = noncentralFSf(result.criticalF, df1, df2, lambda);
    return result;
}

FPower oneWay(double groups, double n, double f, double alpha) {
    return powerOfF(groups * n * f * f, groups - 1, groups * (n - 1), alpha);
}

}  // namespace

FPower powerAnova(double groups, double n, double f, double alpha) {
    requireWhole("powerAnova", "groups", groups, 2);
    requireAtLeast("powerAnova", "n", n, 2);
    requireNonnegative("powerAnova", "f", f);
    requireInsideUnit("powerAnova", "alpha", alpha);
    return oneWay(groups, n, f, alpha);
}

FPower powerAnovaWithin(const WithinDesign& design, double f, double alpha) {
    const char* function = "powerAnovaWithin";
    requireWhole(function, "cells", design.cells, 2);
    requireAtLeast(function, "blocks", design.blocks, 2);
    requireNonnegative(function, "f", f);
    requireInsideUnit(function, "alpha", alpha);
    if (!(design.rho > -1 && design.rho < 1)) refuse(function, "rho", "must lie inside (-1, 1)");
    if (!(design.epsilon > 0 && design.epsilon <= 1)) {
        refuse(function, "epsilon", "must lie inside (0, 1]");
    }
    const double lambda = design.cells * design.blocks * f * f * design.epsilon / (1 - design.rho);
    const double df1 = (design.cells - 1) * design.epsilon;
    return powerOfF(lambda, df1, df1 * (design.blocks - 1), alpha);
}

FPower powerFactorial(double df1, double cells, double runs, double f, double alpha) {
    requireAtLeast("powerFactorial", "df1", df1, 1);
    requireWhole("powerFactorial", "cells", cells, 2);
    requireAtLeast("powerFactorial", "runs", runs, cells + 1);
    requireNonnegative("powerFactorial", "f", f);
    requireInsideUnit("powerFactorial", "alpha", alpha);
    return powerOfF(runs * f * f, df1, runs - cells, alpha);
}

SampleSize sampleSizeAnova(double groups, double f, double alpha, double power) {
    requireWhole("sampleSizeAnova", "groups", groups, 2);
    requirePositive("sampleSizeAnova", "f", f);
    requireTarget("sampleSizeAnova", alpha, power);
    return solveSampleSize("sampleSizeAnova", power, groups, 16,
                           [=](double n) { return oneWay(groups, n, f, alpha).power; });
}

double detectableF(double groups, double n, double alpha, double power) {
    requireWhole("detectableF", "groups", groups, 2);
    requireAtLeast("detectableF", "n", n, 2);
    requireTarget("detectableF", alpha, power);
    const double df1 = groups - 1;
    const double df2 = groups * (n - 1);
    const double criticalF = fisherFQuantileUpper(alpha, df1, df2);
    return std::sqrt(noncentralFFindNcp(criticalF, df1, df2, 1 - power) / (groups * n));
}

}  // namespace stats
