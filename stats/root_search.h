// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <boost/math/tools/toms748_solve.hpp>
#include <cstdint>

/// Included by .cpp files of this folder only.
namespace stats {

/// Root of a monotone function between a and b, where it has opposite signs, to about 1e-15
/// relative (Alefeld, Potra and Shi, ACM TOMS algorithm 748).
template <typename Function>
double rootBetween(Function f, double a, double b) {
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

}  // namespace stats
