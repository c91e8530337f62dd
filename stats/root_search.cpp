// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/root_search.h"

#include <algorithm>
#include <boost/math/tools/toms748_solve.hpp>
#include <cmath>
#include <cstdint>
#include <limits>

namespace stats {

double rootBetween(const RealFunction& f, double a, double b) {
    const double low = std::min(a, b);
    const double high = std::max(a, b);
    const double atLow = f(low);
    const double atHigh = f(high);
    if (atLow == 0) return low;
    if (atHigh == 0) return high;
    std::uintmax_t iterations = 200;
    const auto bracket = boost::math::tools::toms748_solve(
        f, low, high, atLow, atHigh, boost::math::tools::eps_tolerance<double>(50), iterations);
    return 0.5 * (bracket.first + bracket.second);
}

double positiveQuantile(const RealFunction& tail, double p, Shrinks direction) {
    const auto excess = [&](double logX) {
        const double probability = tail(std::exp(logX));
        return std::log(std::max(probability, std::numeric_limits<double>::min())) - std::log(p);
    };
    constexpr double kFarthest = 709;  // exp of it is the largest double, nearly
    const double outward = direction == Shrinks::Leftward ? -1 : 1;
    double inner = 1;  // e is close to the median of most test statistics
    for (double step = 0.5; excess(inner) < 0; step *= 2) inner -= outward * step;
    double outer = inner + outward * 0.5;
    for (double step = 1; excess(outer) > 0; step *= 2) {
        inner = outer;
        if (std::abs(outer) >= kFarthest) {
            return direction == Shrinks::Leftward ? 0 : std::numeric_limits<double>::infinity();
        }
        outer = std::clamp(outer + outward * step, -kFarthest, kFarthest);
    }
    return std::exp(rootBetween(excess, inner, outer));
}

}  // namespace stats
