// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/mean_band.h"

#include <algorithm>
#include <cmath>

#include "stats/arguments.h"
#include "stats/descriptives.h"
#include "stats/distributions.h"

namespace stats {

MeanBand::MeanBand(BandKind kind, double conf) : m_kind(kind), m_conf(conf) {
    requireInsideUnit("MeanBand", "conf", conf);
}

double MeanBand::halfWidth(double variance, std::size_t n) {
    if (m_kind == BandKind::StandardDeviation) return std::sqrt(variance);
    const double error = std::sqrt(variance / static_cast<double>(n));
    if (m_kind == BandKind::StandardError) return error;
    if (n != m_n) {
        m_n = n;
        m_quantile = studentTQuantileUpper((1.0 - m_conf) / 2.0, static_cast<double>(n - 1));
    }
    return m_quantile * error;
}

BandPoint MeanBand::at(Sample values) {
    requireCount("MeanBand::at", "values", values.size(), 2, "values");
    requireFinite("MeanBand::at", "values", values);
    BandPoint point;
    point.mean = mean(values);
    if (m_kind == BandKind::MinToMax) {
        const auto [low, high] = std::minmax_element(values.begin(), values.end());
        point.band = {*low, *high};
        return point;
    }
    double squares = 0.0;
    for (const double value : values) squares += (value - point.mean) * (value - point.mean);
    const double half = halfWidth(squares / static_cast<double>(values.size() - 1), values.size());
    point.band = {point.mean - half, point.mean + half};
    return point;
}

}  // namespace stats
