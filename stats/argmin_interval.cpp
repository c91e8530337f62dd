// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/argmin_interval.h"

#include <cmath>

#include "stats/arguments.h"

namespace stats {

ArgminInterval argminInterval(std::span<const double> pBest, double level) {
    requireInsideUnit("argminInterval", "level", level);
    requireCount("argminInterval", "pBest", pBest.size(), 1, "cells");
    double total = 0;
    for (const double p : pBest) {
        requireProbability("argminInterval", "pBest", p);
        total += p;
    }
    constexpr double kSlack = 1e-9;  // rounding of sums of shares
    if (std::abs(total - 1) > kSlack) refuse("argminInterval", "pBest", "must sum to 1");
    const double tail = (1 - level) / 2;
    ArgminInterval interval;
    double before = 0;
    while (before + pBest[interval.lower] < tail - kSlack) before += pBest[interval.lower++];
    double after = 0;
    interval.upper = pBest.size() - 1;
    while (after + pBest[interval.upper] < tail - kSlack) after += pBest[interval.upper--];
    // A tail that ends exactly at a cell of probability 0 does not include it.
    while (pBest[interval.lower] == 0 && interval.lower < interval.upper) ++interval.lower;
    while (pBest[interval.upper] == 0 && interval.upper > interval.lower) --interval.upper;
    interval.covered = total - before - after;
    return interval;
}

}  // namespace stats
