// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cmath>

namespace stats {

/// E[tail(c s)] with df s^2 ~ chi-square(df): the upper tail at c of X / s, where tail is that of
/// X. Trapezoid rule in u = log s, whose density is proportional to exp(df (u - (e^{2u} - 1) / 2));
/// runs from large s to small until what is left cannot matter, so small p keep relative accuracy.
template <typename Tail>
double scaledTail(double c, double df, Tail tail) {
    if (std::isinf(df)) return tail(c);
    const double sd = 1 / std::sqrt(2 * df);
    const double step = std::min(0.12, 0.6 * sd);
    const auto weight = [df](double u) { return std::exp(df * (u - std::expm1(2 * u) / 2)); };
    double start = 0;
    while (weight(start) > 1e-22) start += 4 * step;
    double weights = 0;
    double sum = 0;
    for (int k = 0;; ++k) {
        const double u = start - k * step;
        const double w = weight(u);
        weights += w;
        sum += w * tail(c * std::exp(u));
        if (u < 0 && (w < 1e-17 * std::min(1.0, df * step) * std::min(sum, weights) || w == 0))
            break;
    }
    return std::clamp(sum / weights, 0.0, 1.0);
}

}  // namespace stats
