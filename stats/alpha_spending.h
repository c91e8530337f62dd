// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "stats/data_views.h"

namespace stats {

enum class Spending { OBrienFleming, Pocock };
enum class LookSides { One, Two };

/// Boundaries of a group sequential test, one entry per look.
struct AlphaSpending {
    std::vector<double> cumulativeAlpha;  ///< spent so far, over both sides
    std::vector<double> z;                ///< reject where z (or |z|) reaches it; may be +infinity
    std::vector<double> nominalP;         ///< p value that the boundary amounts to at this look
};

/// Lan-DeMets boundaries at the information fractions `times` (increasing, in (0, 1]); alpha is the
/// total over the sides, each of which spends alpha/sides by the spending function:
/// O'Brien-Fleming type 2 (1 - Phi(z_{1-a/2} / sqrt t)), Pocock type a ln(1 + (e - 1) t).
/// Throws std::domain_error on bad times or alpha. Source: Lan and DeMets, Biometrika 70 (1983)
/// 659-663; recursion of Armitage, McPherson and Rowe (1969) by Gauss-Legendre quadrature.
AlphaSpending alphaSpending(Sample times, double alpha, LookSides sides, Spending spending);

}  // namespace stats
