// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <optional>
#include <vector>

namespace stats {

/// One t value under many noncentralities: the noncentral t as a mixture over log s of normals,
/// P(T <= t; ncp) = E[Phi(t s - ncp)], by the trapezoid rule. A grid needs hundreds of these
/// inversions; this form takes microseconds and is good to about 1e-14.
class NoncentralTShift {
public:
    /// t finite, df > 0 and finite.
    NoncentralTShift(double t, double df);

    /// Whether |t| and df suit this rule; the rest may be called only then.
    bool isFeasible() const;

    /// P(T > t; ncp), absolute error below 1e-16.
    double sf(double ncp) const;

    /// ncp with P(T <= t; ncp) = p for p in (0, 1), by Halley steps; empty where they do not
    /// settle: use noncentralTFindNcp then.
    std::optional<double> ncpAt(double p) const;

private:
    struct Node {
        double scaled = 0;  // t s
        double weight = 0;
    };
    /// Value and derivatives by ncp.
    struct Local {
        double cdf = 0;
        double slope = 0;
        double bend = 0;
    };
    static constexpr std::size_t kMoments = 9;

    void makeNodes();
    void addLeftOf(double scaled, double s, double weight, double step);
    Local smallScales(double ncp) const;
    Local around(double ncp) const;

    double m_t;
    double m_df;
    std::vector<Node> m_nodes;
    std::array<double, kMoments> m_moments{};  // E[(t s)^m / m!] over the s too small to resolve
};

}  // namespace stats
