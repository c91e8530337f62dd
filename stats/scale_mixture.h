// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cmath>

namespace stats {

/// Density of u = log s, s = sqrt(chi-square(df) / df), the scale that studentizes a statistic:
/// p(u) = 2 (df/2)^(df/2) / Gamma(df/2) exp(df u - df e^(2u) / 2).
class LogScaleDensity {
public:
    explicit LogScaleDensity(double df);
    double logAt(double u) const { return logAt(u, std::exp(u)); }
    /// s = e^u where the caller has it already.
    double logAt(double u, double s) const;
    double df() const { return m_df; }

private:
    double m_df;
    double m_logConstant;
};

/// Step in u for an integrand like p(u) with df = power. The rule errs by |Gamma((df + i w)/2)| /
/// Gamma(df/2) with w = 2 pi / step, which this step keeps below 1e-15 for every df.
inline double scaleStep(double power) {
    return std::min(0.09, 0.4 / std::sqrt(power));
}

/// Trapezoidal sum step * sum f(mode + i step) over both directions until terms no longer count.
/// f >= 0 falls off on both sides of its mode; for an f that is analytic in a strip the rule
/// converges exponentially (Trefethen and Weideman, SIAM Review 56 (2014) 385-458).
/// leftRatio: once f falls by this constant ratio per step to the left (u < steadyBelow), the rest
/// is summed as a geometric series.
template <typename Function>
double trapezoidFromMode(Function f, double mode, double step, double leftRatio,
                         double steadyBelow) {
    constexpr double kNegligible = 1e-19;
    double sum = f(mode);
    for (int i = 1;; ++i) {
        const double term = f(mode + i * step);
        sum += term;
        if (term <= kNegligible * sum) break;
    }
    for (int i = 1;; ++i) {
        const double u = mode - i * step;
        const double term = f(u);
        if (u < steadyBelow) {
            sum += term / (1 - leftRatio);
            break;
        }
        sum += term;
        if (term <= kNegligible * sum) break;
    }
    return step * sum;
}

/// Side on which a function of u falls below the smallest double.
enum class Vanishes { Left, Right };

/// Maximum of a unimodal function on [low, high] by bisection on the sign of its slope; where its
/// logarithm is -infinity the search turns away from the side on which it vanishes.
template <typename Function>
double modeBetween(Function logF, double low, double high, double step, Vanishes side) {
    while (high - low > step) {
        const double middle = 0.5 * (low + high);
        const double nudge = 0.125 * step;
        const double left = logF(middle - nudge);
        const double right = logF(middle + nudge);
        const bool rising =
            std::isinf(left) && std::isinf(right) ? side == Vanishes::Left : right > left;
        (rising ? low : high) = middle;
    }
    return 0.5 * (low + high);
}

}  // namespace stats
