// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

namespace stats {

/// Noncentralities of many t values with one df: the noncentral t cdf as a mixture over log s of
/// normals, P(T <= t; ncp) = E[Phi(t s - ncp)], by the trapezoid rule with Newton steps in ncp. A
/// grid needs hundreds of these inversions; this form takes microseconds and is good to about
/// 1e-12.
class NoncentralTShift {
public:
    /// df > 0 and finite.
    explicit NoncentralTShift(double df);

    /// ncp with P(T <= t; ncp) = p for p in (0, 1); empty where |t| is too large for this rule or
    /// the steps do not settle: use noncentralTFindNcp then.
    std::optional<double> ncpAt(double t, double p) const;

private:
    double m_df;
};

}  // namespace stats
