// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace stats {

/// P(Y > c) and P(Y <= c), Y = sqrt((Z + shift)^2 + offset) / s with df s^2 ~ chi-square(df), for a
/// shift of 38 or more, where Z < -shift no longer has weight in double precision (Phi(-38) <
/// 1e-315). A trapezoidal sum over Z: its cost does not grow with the shift, unlike that of the
/// Poisson series. offset = 0 gives |noncentral t|.
struct LargeShift {
    double shift = 0;
    double offset = 0;
    double df = 1;
};
double largeShiftSf(const LargeShift& distribution, double c);
double largeShiftCdf(const LargeShift& distribution, double c);

}  // namespace stats
