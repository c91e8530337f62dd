// SPDX-License-Identifier: GPL-3.0-or-later
// What is drawn of a curve over seeds: the smoothed line and the band around the mean.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <stdexcept>
#include <vector>

#include "stats/descriptives.h"
#include "stats/exponential_mean.h"
#include "stats/mean_band.h"

TEST(ExponentialMean, HalvesTheWeightOfAValueEveryHalfLife) {
    stats::ExponentialMean mean(1.0);
    EXPECT_DOUBLE_EQ(mean.add(1.0), 1.0);
    EXPECT_DOUBLE_EQ(mean.add(2.0), (0.5 * 1 + 2) / 1.5);
    EXPECT_DOUBLE_EQ(mean.add(4.0), (0.25 * 1 + 0.5 * 2 + 4) / 1.75);
    stats::ExponentialMean slow(2.0);
    slow.add(1.0);
    slow.add(0.0);
    // Two values later the first one counts half.
    const double w = std::sqrt(0.5);
    EXPECT_DOUBLE_EQ(slow.add(0.0), 0.5 / (0.5 + w + 1.0));
}

TEST(ExponentialMean, LeavesAConstantAloneFromTheFirstValueOn) {
    stats::ExponentialMean mean(50.0);
    for (int at = 0; at < 1000; ++at) EXPECT_NEAR(mean.add(3.25), 3.25, 1e-12);
}

TEST(ExponentialMean, RefusesWhatCannotBeAveraged) {
    EXPECT_THROW(stats::ExponentialMean(0.0), std::domain_error);
    stats::ExponentialMean mean(1.0);
    EXPECT_THROW(mean.add(std::numeric_limits<double>::quiet_NaN()), std::domain_error);
}

TEST(MeanBand, AgreesWithTheDescription) {
    const std::vector<std::vector<double>> samples = {
        {2.01, 2.05, 1.98}, {1e9 + 1, 1e9 + 2, 1e9 + 4}, {-1, 1}, {3, 3, 3, 3}, {0.1, 7, 0.2}};
    stats::MeanBand extremes(stats::BandKind::MinToMax, 0.95);
    stats::MeanBand sd(stats::BandKind::StandardDeviation, 0.95);
    stats::MeanBand error(stats::BandKind::StandardError, 0.95);
    stats::MeanBand interval(stats::BandKind::TInterval, 0.95);
    for (const std::vector<double>& sample : samples) {
        const stats::Descriptives expected = stats::describe(sample, 0.95);
        const double near = 1e-12 * std::max(1.0, std::abs(expected.mean));
        EXPECT_NEAR(interval.at(sample).mean, expected.mean, near);
        EXPECT_EQ(extremes.at(sample).band.lower, expected.minimum);
        EXPECT_EQ(extremes.at(sample).band.upper, expected.maximum);
        EXPECT_NEAR(sd.at(sample).band.upper, expected.mean + expected.sd, near);
        EXPECT_NEAR(error.at(sample).band.lower, expected.mean - expected.standardError, near);
        EXPECT_NEAR(interval.at(sample).band.lower, expected.meanInterval.lower, near);
        EXPECT_NEAR(interval.at(sample).band.upper, expected.meanInterval.upper, near);
    }
}

TEST(MeanBand, RefusesOneValueAndAnImpossibleLevel) {
    stats::MeanBand band(stats::BandKind::TInterval, 0.95);
    EXPECT_THROW(band.at(std::vector<double>{1.0}), std::domain_error);
    EXPECT_THROW(stats::MeanBand(stats::BandKind::TInterval, 1.0), std::domain_error);
}
