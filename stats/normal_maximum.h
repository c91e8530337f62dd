// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <map>
#include <vector>

#include "stats/exactness.h"

namespace stats {

/// Upper tail of the maximum (of sizes, when two-sided) of normals X_i = l_i Z + sqrt(1 - l_i^2)
/// E_i, by a trapezoid rule over Z, interpolated in x. Tables grow on use: not to be shared by
/// threads.
class NormalMaximum {
public:
    NormalMaximum(const std::vector<double>& sortedLoadings, Sides sides);

    /// P(max > x), relative error below 1e-12.
    double upperTail(double x);

private:
    static constexpr int kNodes = 18;          // per piece of width 1
    using Piece = std::array<double, kNodes>;  // Chebyshev coefficients of the log tail

    struct Loading {
        double value = 0;  // l / sqrt(1 - l^2)
        double scale = 0;  // 1 / sqrt(1 - l^2)
        double count = 0;  // comparisons with this loading
    };

    double integrate(double x) const;
    const Piece& piece(int number);

    std::vector<Loading> m_loadings;
    Sides m_sides;
    double m_largest = 0;  // largest l
    double m_step = 0;     // of the trapezoid rule
    std::map<int, Piece> m_pieces;
};

}  // namespace stats
