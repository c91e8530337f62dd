// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/bayes_factors.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "stats/arguments.h"

namespace stats {
namespace {

constexpr double kLog2Pi = 1.83787706640934548356;

/// log integral over g of exp(logRatio(g)) times the density of g ~ scale^2 / chi-square(1), by the
/// trapezoid rule in log g, where the integrand is analytic and decays on both sides. runs: the
/// ratio bends no faster than a power runs/2 of 1 + g, so its peak is no narrower than
/// sqrt(8 / runs).
template <typename LogRatio>
BayesFactor integrateOverG(double scale, double runs, LogRatio logRatio) {
    constexpr double kReach = 90;  // e-folds; the slowest decay is e^{-u/2}
    constexpr double kDepth = 60;  // e-folds below the largest value: cannot matter
    const double step = std::min(1.0 / 8, 1.5 / std::sqrt(runs));
    const double centre = 2 * std::log(scale);
    std::vector<double> logs;
    double largest = -std::numeric_limits<double>::infinity();
    for (int i = 0; i * step <= 8 + kReach; ++i) {
        const double u = centre - 8 + i * step;
        const double logDensity =
            std::log(scale) - kLog2Pi / 2 - u / 2 - scale * scale * std::exp(-u) / 2;
        logs.push_back(logDensity + logRatio(std::exp(u)));
        largest = std::max(largest, logs.back());
        if (u > centre && logs.back() < largest - kDepth) break;
    }
    double sum = 0;
    for (const double value : logs) sum += std::exp(value - largest);
    BayesFactor result;
    result.logBf10 = largest + std::log(sum * step);
    result.bf10 = std::exp(result.logBf10);
    return result;
}

BayesFactor fromT(double t, double effectiveSize, double df, double scale) {
    return integrateOverG(scale, df + 1, [=](double g) {
        const double inflation = 1 + effectiveSize * g;
        return -std::log(inflation) / 2 -
               (df + 1) / 2 * (std::log1p(t * t / (inflation * df)) - std::log1p(t * t / df));
    });
}

}  // namespace

BayesFactor bayesFactorTwoSample(double t, double n1, double n2, double scale) {
    requireFinite("bayesFactorTwoSample", "t", t);
    requirePositive("bayesFactorTwoSample", "scale", scale);
    if (!(n1 >= 1 && n2 >= 1 && n1 + n2 > 2 && std::isfinite(n1 + n2))) {
        refuse("bayesFactorTwoSample", "n1 and n2",
               "must be finite, at least 1 and above 2 together");
    }
    return fromT(t, n1 * n2 / (n1 + n2), n1 + n2 - 2, scale);
}

BayesFactor bayesFactorOneSample(double t, double n, double scale) {
    requireFinite("bayesFactorOneSample", "t", t);
    requirePositive("bayesFactorOneSample", "scale", scale);
    if (!(n >= 2 && std::isfinite(n))) {
        refuse("bayesFactorOneSample", "n", "must be finite and at least 2");
    }
    return fromT(t, n, n - 1, scale);
}

BayesFactor bayesFactorAnova(double f, double n, double k, double scale) {
    requireNonnegative("bayesFactorAnova", "F", f);
    requirePositive("bayesFactorAnova", "scale", scale);
    if (!(n >= 2 && std::isfinite(n))) {
        refuse("bayesFactorAnova", "n", "must be finite and at least 2");
    }
    if (!(k >= 2 && std::isfinite(k))) {
        refuse("bayesFactorAnova", "k", "must be finite and at least 2");
    }
    const double total = n * k;
    const double unexplained = (total - k) / ((k - 1) * f + total - k);  // 1 - R^2
    return integrateOverG(scale, total, [=](double g) {
        return (total - k) / 2 * std::log1p(n * g) -
               (total - 1) / 2 * std::log1p(n * g * unexplained);
    });
}

std::string evidenceInWords(const BayesFactor& factor) {
    const double size = std::abs(factor.logBf10);
    const char* grade = size < std::log(3)     ? "barely any"
                        : size < std::log(10)  ? "moderate"
                        : size < std::log(30)  ? "strong"
                        : size < std::log(100) ? "very strong"
                                               : "extreme";
    return std::string(grade) + " evidence for " +
           (factor.logBf10 > 0 ? "a difference" : "no difference");
}

}  // namespace stats
