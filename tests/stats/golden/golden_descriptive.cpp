// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/descriptives.h"
#include "tests/stats/golden/golden_registry.h"

namespace golden {
namespace {

Json orNull(const std::optional<double>& value) {
    return value ? Json(*value) : Json(nullptr);
}

Json descriptive(const GoldenCase& row) {
    const stats::Descriptives got = stats::describe(row.sample(), row.number("conf"));
    return {{"n", got.n},
            {"mean", got.mean},
            {"sd", got.sd},
            {"var", got.variance},
            {"se", got.standardError},
            {"ci_lo", got.meanInterval.lower},
            {"ci_hi", got.meanInterval.upper},
            {"median", got.median},
            {"q1", got.lowerQuartile},
            {"q3", got.upperQuartile},
            {"min", got.minimum},
            {"max", got.maximum},
            {"mad_scaled", got.medianAbsoluteDeviation},
            {"skew_g1", orNull(got.skewness)},
            {"skew_G1", orNull(got.unbiasedSkewness)},
            {"exkurt_g2", orNull(got.excessKurtosis)},
            {"exkurt_G2", orNull(got.unbiasedExcessKurtosis)},
            {"cv", orNull(got.coefficientOfVariation)}};
}

const Family kDescriptive{"descriptive", {{"descriptive", descriptive}}};

}  // namespace
}  // namespace golden
