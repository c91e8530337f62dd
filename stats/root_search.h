// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

namespace stats {

using RealFunction = std::function<double(double)>;

/// Root of a monotone function between a and b, where it has opposite signs, to about 1e-15
/// relative (Alefeld, Potra and Shi, ACM TOMS algorithm 748).
double rootBetween(const RealFunction& f, double a, double b);

/// Direction in which a tail probability shrinks.
enum class Shrinks { Leftward, Rightward };

/// x > 0 with tail(x) = p for a monotone tail, solved on logarithmic scales so that p may be as
/// small as 1e-300. Beyond the range of double: 0 or infinity.
double positiveQuantile(const RealFunction& tail, double p, Shrinks direction);

}  // namespace stats
