// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

namespace stats {

/// Noncentralities behind one observed F: P(F <= x; ncp) as the Poisson mixture of incomplete beta
/// functions, whose suffix sums are formed once; then Halley steps in ncp.
class NoncentralFShift {
public:
    /// x > 0, df1 and df2 > 0, all finite.
    NoncentralFShift(double x, double df1, double df2);

    /// ncp >= 0 with P(F <= x; ncp) = p for p in (0, 1), 0 where the central cdf is below p; empty
    /// where the sums would be long or the steps do not settle.
    std::optional<double> ncpAt(double p) const;

private:
    struct Term {
        double cdf = 0;   // I_y(df1/2 + j, df2/2)
        double step = 0;  // what is less of it at j + 1
    };
    /// Value and derivatives by ncp.
    struct Local {
        double cdf = 0;
        double slope = 0;
        double bend = 0;
    };
    Local around(double ncp) const;

    double m_x;
    double m_df1;
    double m_df2;
    std::vector<Term> m_terms;  // j = 0, 1, ...; empty where there would be too many
};

}  // namespace stats
