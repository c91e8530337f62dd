// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/gauss_legendre.h"

#include <cmath>
#include <numbers>

namespace stats {

const std::array<std::pair<double, double>, 32>& gaussLegendre32() {
    static const auto rule = [] {
        constexpr int kPoints = 32;
        std::array<std::pair<double, double>, kPoints> nodes{};
        for (int i = 0; i < kPoints; ++i) {
            double x = -std::cos(std::numbers::pi * (i + 0.75) / (kPoints + 0.5));
            double slope = 1;
            for (int newton = 0; newton < 50; ++newton) {
                double before = 1;
                double value = x;
                for (int n = 2; n <= kPoints; ++n) {
                    const double next = ((2 * n - 1) * x * value - (n - 1) * before) / n;
                    before = value;
                    value = next;
                }
                slope = kPoints * (x * value - before) / (x * x - 1);
                const double change = value / slope;
                x -= change;
                if (std::abs(change) < 1e-16) break;
            }
            nodes[static_cast<std::size_t>(i)] = {x, 2 / ((1 - x * x) * slope * slope)};
        }
        return nodes;
    }();
    return rule;
}

}  // namespace stats
