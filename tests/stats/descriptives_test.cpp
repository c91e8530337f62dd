// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/descriptives.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "stats/bootstrap_interval.h"
#include "stats/distributions.h"
#include "stats/qq_points.h"
#include "stats/shapiro_wilk.h"
#include "tests/stats/random_samples.h"

namespace stats {
namespace {

TEST(Descriptives, HandCaseIsExact) {
    const Descriptives got = describe(std::vector<double>{4, 1, 3, 2}, 0.95);
    EXPECT_DOUBLE_EQ(got.mean, 2.5);
    EXPECT_DOUBLE_EQ(got.variance, 5.0 / 3);
    EXPECT_DOUBLE_EQ(got.lowerQuartile, 1.75);
    EXPECT_DOUBLE_EQ(got.median, 2.5);
    EXPECT_DOUBLE_EQ(got.medianAbsoluteDeviation, 1.4826);
    EXPECT_DOUBLE_EQ(got.skewness.value(), 0);
    EXPECT_DOUBLE_EQ(got.excessKurtosis.value(), 2.5625 / 1.5625 - 3);
}

TEST(Descriptives, UndefinedMomentsAreEmpty) {
    const Descriptives two = describe(std::vector<double>{1, 2}, 0.95);
    EXPECT_FALSE(two.unbiasedSkewness.has_value());
    EXPECT_FALSE(two.unbiasedExcessKurtosis.has_value());
    const Descriptives equal = describe(std::vector<double>{1.3, 1.3, 1.3}, 0.95);
    EXPECT_EQ(equal.sd, 0);
    EXPECT_EQ(equal.mean, 1.3);
    EXPECT_EQ(equal.meanInterval.lower, 1.3);
    EXPECT_FALSE(equal.skewness.has_value());
    EXPECT_FALSE(describe(std::vector<double>{-1, 1}, 0.95).coefficientOfVariation.has_value());
}

TEST(Descriptives, ShapeIgnoresShiftAndScale) {
    RandomSamples random(31);
    for (int i = 0; i < 50; ++i) {
        const std::vector<double> values = random.sample(20, 0, 1);
        const Descriptives plain = describe(values, 0.95);
        const Descriptives other = describe(moved(values, 1e-4, 1.234567), 0.95);
        EXPECT_NEAR(other.unbiasedSkewness.value(), plain.unbiasedSkewness.value(), 1e-9);
        EXPECT_NEAR(other.sd, 1e-4 * plain.sd, 1e-14);
        EXPECT_NEAR(other.medianAbsoluteDeviation, 1e-4 * plain.medianAbsoluteDeviation, 1e-14);
    }
}

TEST(Descriptives, QuantilesReachTheEnds) {
    const std::vector<double> values{5, 1, 9};
    EXPECT_EQ(quantile(values, 0), 1);
    EXPECT_EQ(quantile(values, 1), 9);
    EXPECT_THROW(quantile(values, 1.1), std::domain_error);
    EXPECT_THROW(median(std::vector<double>{}), std::domain_error);
}

TEST(BootstrapInterval, SameSeedGivesTheSameNumbers) {
    RandomSamples random(36);
    const std::vector<double> values = random.sample(30, 1.2, 0.1);
    const BootstrapIntervals first = bootstrapMean(values, {0.9, 2000, 7});
    const BootstrapIntervals again = bootstrapMean(values, {0.9, 2000, 7});
    const BootstrapIntervals other = bootstrapMean(values, {0.9, 2000, 8});
    EXPECT_EQ(first.percentile.lower, again.percentile.lower);
    EXPECT_EQ(first.biasCorrected->upper, again.biasCorrected->upper);
    EXPECT_NE(first.percentile.lower, other.percentile.lower);
}

TEST(BootstrapInterval, MeanOfALargeSampleComesCloseToTheNormalInterval) {
    RandomSamples random(32);
    const std::vector<double> values = random.sample(400, 3, 2);
    const Descriptives plain = describe(values, 0.95);
    const BootstrapIntervals got = bootstrapMean(values, {0.95, 20000, 1});
    const double width = plain.meanInterval.upper - plain.meanInterval.lower;
    EXPECT_NEAR(got.percentile.lower, plain.meanInterval.lower, 0.03 * width);
    EXPECT_NEAR(got.percentile.upper, plain.meanInterval.upper, 0.03 * width);
    EXPECT_NEAR(got.biasCorrected->lower, plain.meanInterval.lower, 0.05 * width);
    EXPECT_NEAR(got.biasCorrection, 0, 0.03);
}

TEST(BootstrapInterval, BiasCorrectionFollowsTheSkew) {
    std::vector<double> values;
    RandomSamples random(33);
    for (int i = 0; i < 40; ++i) values.push_back(-std::log(random.uniform()));
    const BootstrapIntervals got = bootstrapMean(values, {0.95, 20000, 1});
    EXPECT_GT(got.acceleration, 0);
    EXPECT_GT(got.biasCorrected->upper, got.percentile.upper);
}

TEST(BootstrapInterval, WrongPlansAreRefused) {
    const std::vector<double> values{1.2, 1.5};
    EXPECT_THROW(bootstrapMean(values, {0.9, 10, 7}), std::domain_error);
    EXPECT_THROW(bootstrapMean(values, {1.0, 1000, 7}), std::domain_error);
    EXPECT_THROW(bootstrapMean(std::vector<double>{1.2, 1.2}, {0.9, 1000, 7}), std::domain_error);
}

TEST(ShapiroWilk, ThreeEquallySpacedValuesFitPerfectly) {
    const ShapiroWilk got = shapiroWilk(std::vector<double>{1, 2, 3});
    EXPECT_NEAR(got.w, 1, 1e-15);
    EXPECT_NEAR(got.p, 1, 1e-7);
}

TEST(ShapiroWilk, ShiftAndScaleChangeNothing) {
    RandomSamples random(34);
    for (const std::size_t n : {3u, 4u, 5u, 6u, 11u, 12u, 100u, 5000u}) {
        const std::vector<double> values = random.sample(n, 0, 1);
        const ShapiroWilk plain = shapiroWilk(values);
        const ShapiroWilk other = shapiroWilk(moved(values, -1e-3, 5));
        EXPECT_NEAR(other.w, plain.w, 1e-10) << n;
        EXPECT_GT(plain.p, 1e-4);
        EXPECT_GT(plain.w, n == 3 ? 0.75 : 0.6);
        EXPECT_LE(plain.w, 1);
    }
}

TEST(ShapiroWilk, SamplesOutsideItsRangeAreRefused) {
    RandomSamples random(35);
    EXPECT_THROW(shapiroWilk(random.sample(5001, 0, 1)), std::domain_error);
    EXPECT_THROW(shapiroWilkOfResiduals(std::vector<std::vector<double>>{{1.3, 1.3}, {1.7, 1.7}}),
                 std::domain_error);
}

TEST(QqPoints, NormalQuantilesLieOnTheDiagonal) {
    std::vector<double> values;
    for (int i = 1; i <= 9; ++i) values.push_back(normalQuantile((i - 0.375) / 9.25));
    std::reverse(values.begin(), values.end());
    const QqPoints points = normalQqPoints(values);
    for (std::size_t i = 0; i < values.size(); ++i) {
        EXPECT_NEAR(points.theoretical[i], points.ordered[i], 1e-14);
    }
    EXPECT_NEAR(points.intercept, 0, 1e-14);
}

}  // namespace
}  // namespace stats
