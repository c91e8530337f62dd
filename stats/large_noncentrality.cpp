// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/large_noncentrality.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "stats/distributions.h"
#include "stats/scale_mixture.h"

namespace stats {
namespace {

/// Integral of the normal density times scaleTail, the chance that chi-square(df) lies on the side
/// of the bound df ((z + shift)^2 + offset) / c^2 that makes Y fall into the wanted tail.
template <typename ScaleTail>
double integrate(const LargeShift& distribution, double c, ScaleTail scaleTail, Vanishes side) {
    const auto logIntegrand = [&](double z) {
        const double root = (z + distribution.shift) / c;
        const double bound = distribution.df * (root * root + distribution.offset / (c * c));
        return -0.5 * z * z + std::log(scaleTail(bound, distribution.df));
    };
    // In z the chi-square probability bends over a width of about shift / sqrt(2 df).
    const double step = std::min(0.4, 0.3 * distribution.shift / std::sqrt(2 * distribution.df));
    const double reach = std::min(38.0, distribution.shift);
    const double mode = modeBetween(logIntegrand, -reach, reach, step, side);
    const auto integrand = [&](double z) {
        return z <= -distribution.shift ? 0 : std::exp(logIntegrand(z));
    };
    const double sum =
        trapezoidFromMode(integrand, mode, step, 0, -std::numeric_limits<double>::infinity());
    return std::min(1.0, sum / std::sqrt(2 * std::numbers::pi));
}

}  // namespace

double largeShiftSf(const LargeShift& distribution, double c) {
    return integrate(distribution, c, chiSquaredCdf, Vanishes::Left);
}

double largeShiftCdf(const LargeShift& distribution, double c) {
    return integrate(distribution, c, chiSquaredSf, Vanishes::Right);
}

}  // namespace stats
