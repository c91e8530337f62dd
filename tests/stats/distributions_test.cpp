// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/distributions.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>
#include <stdexcept>

#include "tests/stats/expect_relative.h"
#include "tests/stats/random_samples.h"

namespace stats {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

TEST(Distributions, StudentTWithOneDfIsCauchy) {
    for (const double t : {0.1, 1.0, 31.8, 1e6}) {
        expectRelative(studentTSf(t, 1), std::atan(1 / t) / std::numbers::pi, 1e-14);
    }
}

TEST(Distributions, FWithTwoDfIsAPower) {
    // P(F(2, m) > x) = (1 + 2x/m)^(-m/2), here down to 1e-300.
    for (const double x : {0.5, 10.0, 1e10, 1e60}) {
        expectRelative(fisherFSf(x, 2, 10), std::pow(1 + 2 * x / 10, -5.0), 1e-12);
    }
}

TEST(Distributions, ChiSquareWithTwoDfIsExponential) {
    for (const double x : {1e-10, 1.0, 1380.0}) {
        expectRelative(chiSquaredSf(x, 2), std::exp(-x / 2), 1e-12);
    }
}

TEST(Distributions, InfiniteDfIsTheLimit) {
    expectRelative(studentTSf(2, kInfinity), normalSf(2), 1e-15);
    expectRelative(studentTSf(2, 1e14), normalSf(2), 1e-12);
    expectRelative(fisherFSf(3, 4, kInfinity), chiSquaredSf(12, 4), 1e-15);
    expectRelative(studentTQuantileUpper(0.025, kInfinity), 1.959963984540054, 1e-14);
}

TEST(Distributions, QuantilesInvertTheTails) {
    RandomSamples random(11);
    for (int i = 0; i < 200; ++i) {
        const double p = std::exp(-random.uniform(0.01, 600));
        const double df1 = random.uniform(1, 40);
        const double df2 = random.uniform(5, 400);
        expectRelative(fisherFSf(fisherFQuantileUpper(p, df1, df2), df1, df2), p, 1e-9);
        expectRelative(studentTSf(studentTQuantileUpper(p, df2), df2), p, 1e-9);
        expectRelative(chiSquaredSf(chiSquaredQuantileUpper(p, df1), df1), p, 1e-9);
        expectRelative(normalSf(normalQuantileUpper(p)), p, 1e-9);
        expectRelative(normalCdf(normalQuantile(p)), p, 1e-9);
    }
}

TEST(Distributions, EndsOfTheRangeAreExact) {
    EXPECT_EQ(studentTQuantileUpper(0, 3), kInfinity);
    EXPECT_EQ(studentTQuantileUpper(1, 3), -kInfinity);
    EXPECT_EQ(fisherFQuantileUpper(1, 3, 4), 0);
    EXPECT_EQ(fisherFSf(kInfinity, 3, 4), 0);
    EXPECT_EQ(fisherFSf(-1, 3, 4), 1);
    EXPECT_EQ(studentTCdf(-kInfinity, 3), 0);
    EXPECT_EQ(noncentralTSf(kInfinity, 3, 2), 0);
    EXPECT_EQ(noncentralFCdf(kInfinity, 3, 2, 1), 1);
}

TEST(Distributions, WrongArgumentsAreRefused) {
    const double nan = std::nan("");
    EXPECT_THROW(studentTSf(nan, 3), std::domain_error);
    EXPECT_THROW(studentTSf(1, 0), std::domain_error);
    EXPECT_THROW(studentTSf(1, nan), std::domain_error);
    EXPECT_THROW(fisherFSf(1, kInfinity, 3), std::domain_error);
    EXPECT_THROW(chiSquaredQuantile(1.5, 3), std::domain_error);
    EXPECT_THROW(noncentralFSf(1, 2, 3, -1), std::domain_error);
    EXPECT_THROW(noncentralTFindNcp(1, 3, 0), std::domain_error);
    EXPECT_THROW(normalQuantile(nan), std::domain_error);
}

TEST(Distributions, ChiSquareOfManyDfIsContinuous) {
    const double below = 1e9;
    const double above = std::nextafter(1e9, 2e9);
    for (const double z : {-3.0, 0.0, 2.0, 6.0}) {
        const double x = 1e9 + z * std::sqrt(2e9);
        expectRelative(chiSquaredSf(x, above), chiSquaredSf(x, below), 1e-6);
        expectRelative(chiSquaredCdf(x, above), chiSquaredCdf(x, below), 1e-6);
    }
    expectRelative(chiSquaredSf(chiSquaredQuantileUpper(0.05, 1e12), 1e12), 0.05, 1e-6);
}

TEST(Noncentral, TSquaredIsFWithOneDf) {
    RandomSamples random(12);
    for (int i = 0; i < 200; ++i) {
        const double ncp = std::exp(random.uniform(-2, 7));
        const double df = std::exp(random.uniform(0, 6));
        const double t = ncp * std::exp(random.uniform(-0.7, 0.7));
        const double twoTails = noncentralTSf(t, df, ncp) + noncentralTCdf(-t, df, ncp);
        const double f = noncentralFSf(t * t, 1, df, ncp * ncp);
        EXPECT_NEAR(twoTails, f, 1e-13 + 2e-9 * f) << t << " " << df << " " << ncp;
    }
}

TEST(Noncentral, MethodsMeetWhereTheyTakeTurns) {
    for (const double df : {1.0, 4.0, 30.0, 1000.0}) {
        for (const double t : {20.0, 36.0, 40.0, 60.0}) {
            const double below = noncentralTCdf(t, df, std::nextafter(38.0, 0.0));
            const double above = noncentralTCdf(t, df, 38.0);
            EXPECT_NEAR(below, above, 1e-13 + 1e-10 * above) << t << " " << df;
        }
        const double x = 1.1e8 / 5;
        const double below = noncentralFCdf(x, 5, df, std::nextafter(1e8, 0.0));
        const double above = noncentralFCdf(x, 5, df, 1e8);
        EXPECT_NEAR(below, above, 1e-13 + 1e-7 * above) << df;
    }
}

TEST(Noncentral, ManyDfComeCloseToTheNormal) {
    // T ~ N(ncp, 1 + ncp^2 / (2 df)) for df -> infinity.
    expectRelative(noncentralTSf(46, 1e8, 45), normalSf(1), 1e-4);
    expectRelative(noncentralTCdf(-46, 1e8, -45), normalSf(1), 1e-4);
    expectRelative(noncentralTCdf(44, 1e14, 45), normalSf(1), 1e-6);
    expectRelative(noncentralTSf(1e4 + 1, 1e12, 1e4), normalSf(1), 1e-4);
    expectRelative(noncentralTSf(20, 1e10, 19), normalSf(1), 1e-4);
    const double f = 1e9 / 5;  // ncp 1e9, sd 2 sqrt(ncp): sqrt(5 F) ~ N(sqrt ncp, 1)
    expectRelative(noncentralFSf(f, 5, 1e12, 1e9), 0.5, 1e-3);
    EXPECT_NEAR(noncentralFSf(2, 5, 6e8, 1.5e8), 1, 1e-14);
}

TEST(Noncentral, FarTailFallsToTheSide) {
    // One df: P(T < t) with t < 0 needs Z < -ncp, so it is below Phi(-ncp).
    const double tail = noncentralTCdf(-1, 2, 25);
    EXPECT_GT(tail, 0);
    EXPECT_LT(tail, normalSf(25));
    expectRelative(noncentralTCdf(0, 7, 30), normalSf(30), 1e-12);
}

TEST(Noncentral, FoundNoncentralityGivesTheProbability) {
    RandomSamples random(13);
    for (int i = 0; i < 100; ++i) {
        const double t = random.normal() * std::exp(random.uniform(0, 9));
        const double df = std::exp(random.uniform(0, 6));
        const double p = random.uniform(0.001, 0.999);
        EXPECT_NEAR(noncentralTCdf(t, df, noncentralTFindNcp(t, df, p)), p, 1e-10);
        const double f = std::exp(random.uniform(1, 20));
        const double ncp = noncentralFFindNcp(f, 5, df, p);
        if (ncp > 0) {
            EXPECT_NEAR(noncentralFCdf(f, 5, df, ncp), p, 1e-8);
        }
    }
}

}  // namespace
}  // namespace stats
