// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/scale_mixture.h"

#include <numbers>

namespace stats {
namespace {

/// x log x - x - lgamma(x); Stirling's series from x = 10 on, where the direct form cancels.
double logStirlingRatio(double x) {
    if (x < 10) return x * std::log(x) - x - std::lgamma(x);
    const double y = 1 / (x * x);
    const double series =
        (1.0 / 12 - y * (1.0 / 360 - y * (1.0 / 1260 - y * (1.0 / 1680 - y / 1188)))) / x;
    return 0.5 * std::log(x / (2 * std::numbers::pi)) - series;
}

/// u - (s^2 - 1) / 2 with s = e^u, which is -u^2 - 2u^3/3 - ... near 0.
double exponentShape(double u, double s) {
    if (std::abs(u) > 0.05) return u - 0.5 * (s - 1) * (s + 1);
    double term = u;
    double sum = 0;
    for (int m = 2; m < 16; ++m) {  // (2u)^m / (2 m!)
        term *= 2 * u / m;
        sum -= term;
    }
    return sum;
}

}  // namespace

LogScaleDensity::LogScaleDensity(double df)
    : m_df(df), m_logConstant(std::numbers::ln2 + logStirlingRatio(df / 2)) {}

double LogScaleDensity::logAt(double u, double s) const {
    return m_logConstant + m_df * exponentShape(u, s);
}

}  // namespace stats
