// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

#include "stats/exactness.h"

/// Power of planned designs: power, runs needed, smallest detectable effect. There is no "observed
/// power" here on purpose. All throw std::domain_error on arguments out of range.
/// Source of conventions: Cohen, Statistical Power Analysis (1988); G*Power 3 (Faul et al. 2007).
namespace stats {

/// Power of an F test.
struct FPower {
    double lambda = 0;  ///< noncentrality
    double df1 = 0;
    double df2 = 0;
    double criticalF = 0;
    double power = 0;
};

/// `groups` >= 2 groups of n >= 2 (n real), Cohen's f >= 0: lambda = groups n f^2.
FPower powerAnova(double groups, double n, double f, double alpha);

/// `cells` >= 2 cells measured in each of `blocks` >= 2 blocks, correlation -1 < rho < 1 between
/// cells, sphericity 0 < epsilon <= 1: lambda = cells blocks f^2 epsilon / (1 - rho), both df times
/// epsilon (f = sd of the cell means / sd within one cell).
struct WithinDesign {
    double cells = 2;
    double blocks = 2;
    double rho = 0;
    double epsilon = 1;
};
FPower powerAnovaWithin(const WithinDesign& design, double f, double alpha);

/// An effect with df1 in a design of `cells` cells and `runs` > cells runs: lambda = runs f^2,
/// df2 = runs - cells.
FPower powerFactorial(double df1, double cells, double runs, double f, double alpha);

/// Runs needed per group (or pairs).
struct SampleSize {
    double exact = 0;  ///< continuous root of power(n) = target; may lie below 2
    double n = 0;      ///< smallest whole n >= 2 that reaches the target
    double powerAtN = 0;
    double total = 0;  ///< over all groups
};

/// f > 0, alpha < target power < 1.
SampleSize sampleSizeAnova(double groups, double f, double alpha, double power);

/// Smallest f that n runs per group detect with the given power, alpha < power < 1.
double detectableF(double groups, double n, double alpha, double power);

/// Power of a t test; Sides::Two counts both tails, Sides::Greater the upper one at one-sided
/// alpha, Sides::Less the lower one.
struct TPower {
    double df = 0;
    double ncp = 0;
    double criticalT = 0;
    double power = 0;
    double powerUpperTail = 0;  ///< P(T > criticalT), the tail that d > 0 aims at
};

/// Independent groups of n1, n2 >= 1 (n1 + n2 >= 3): ncp = d / sqrt(1/n1 + 1/n2).
TPower powerTwoSample(double n1, double n2, double d, double alpha, Sides sides);
/// One sample or n >= 2 pairs: ncp = d sqrt(n).
TPower powerPaired(double n, double d, double alpha, Sides sides);

/// d of the sign that `sides` looks for (either for Two), not 0; alpha < power < 1.
SampleSize sampleSizeTwoSample(double d, double alpha, double power, Sides sides);
SampleSize sampleSizePaired(double d, double alpha, double power, Sides sides);

/// Smallest |d| that n per group (or n pairs) detect two-sided, alpha < power < 1.
double detectableDTwoSample(double n, double alpha, double power);
double detectableDPaired(double n, double alpha, double power);

}  // namespace stats
