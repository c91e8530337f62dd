// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <vector>

#include "stats/exactness.h"
#include "stats/scaled_tail.h"

namespace stats {

class NormalMaximum;

/// Distribution of M = max_i T_i (Sides::Greater) or max_i |T_i| (Sides::Two) of m t variables with
/// a common chi-square scale of df degrees and correlations l_i l_j (Dunnett 1955, J. Amer.
/// Statist. Assoc. 50, 1096-1121). Quadrature, no simulation: given the scale s, M/s is a
/// one-dimensional integral over the control's normal; its log upper tail is held as piecewise
/// Chebyshev series and mixed over log s by the trapezoid rule, which converges exponentially here.
/// Error below 1e-12. Not to be shared by threads.
class MaxTDistribution {
public:
    /// loadings: l_i in (0, 1), at least one; df > 0, +infinity allowed; sides Two or Greater.
    MaxTDistribution(std::vector<double> loadings, double df, Sides sides);

    /// P(M > c).
    double sf(double c) const;
    /// c with P(M > c) = p, p in (0, 1).
    double quantileUpper(double p) const;

private:
    std::shared_ptr<NormalMaximum> m_normal;
    std::size_t m_count;
    double m_df;
    Sides m_sides;
    ScaledTail m_tail;
};

}  // namespace stats
