// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

#include "stats/data_views.h"
#include "stats/interval.h"

namespace stats {

enum class BandKind {
    MinToMax,
    StandardDeviation,  ///< mean +- sd, divisor n - 1
    StandardError,      ///< mean +- sd / sqrt(n)
    TInterval,          ///< Student t, n - 1 df
};

struct BandPoint {
    double mean = 0;
    Interval band;
};

/// Mean and band of many small samples of the same kind, such as a few seeds at each of thousands
/// of steps; the same numbers as describe(), without sorting and allocating for each.
class MeanBand {
public:
    /// conf in (0, 1), read by TInterval only. Throws std::domain_error otherwise.
    MeanBand(BandKind kind, double conf);
    /// At least two finite values. Throws std::domain_error otherwise.
    BandPoint at(Sample values);

private:
    double halfWidth(double variance, std::size_t n);

    BandKind m_kind;
    double m_conf;
    std::size_t m_n = 0;  // that m_quantile belongs to
    double m_quantile = 0;
};

}  // namespace stats
