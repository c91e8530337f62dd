// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <vector>

namespace stats {

/// Distribution of the range W of k independent standard normals (studentized range, df =
/// infinity), tabulated once per k as piecewise Chebyshev series and good to about 1e-13 relative
/// in the smaller tail. Below the median the series holds log(P(W <= w) / w^(k-1)), above it log
/// P(W > w) + w^2/4: both are smooth, and neither tail is ever formed as 1 - the other.
class NormalRange {
public:
    /// The table of k = 2..50 groups, built on first use (a few ms), then shared by all threads.
    static const NormalRange& ofGroups(int k);

    explicit NormalRange(int k);

    /// log P(W <= w) and log P(W > w) for w = exp(logW) > 0.
    double logCdf(double w, double logW) const;
    double logSf(double w, double logW) const;
    /// P(W > w) itself; 0 where it is below the smallest double.
    double sf(double w) const;

private:
    static constexpr int kTerms = 14;
    struct Panel {
        double centre = 0;
        double halfWidth = 0;
        std::array<double, kTerms> coefficients{};
    };

    const Panel& panelAt(double w) const;
    double seriesAt(double w) const;
    double logLowerTail(double w, double logW) const;
    double logUpperTail(double w) const;

    int m_groups;
    double m_split = 0;  // lower-tail series below, upper-tail series from here on
    std::vector<Panel> m_panels;
};

}  // namespace stats
