// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

#include "stats/distributions.h"
#include "stats/effect_size.h"
#include "stats/power.h"
#include "tests/stats/random_samples.h"

namespace stats {
namespace {

TEST(CohensD, HandCaseIsExact) {
    const std::vector<double> x{3, 4, 5};
    const std::vector<double> y{1, 2, 3};
    const StandardizedDifference got = cohensD(x, y, 0.95);
    EXPECT_DOUBLE_EQ(got.d, 2);
    EXPECT_DOUBLE_EQ(got.t, 2 / std::sqrt(2.0 / 3));
    EXPECT_DOUBLE_EQ(got.correction, std::sqrt(2 / std::acos(-1.0)));  // J(4) = sqrt(2/pi)
    EXPECT_FALSE(got.dAverage.has_value());
}

TEST(CohensD, IntervalExcludesZeroExactlyWhenTheTestRejects) {
    RandomSamples random(21);
    for (int i = 0; i < 200; ++i) {
        const std::vector<double> x = random.sample(5, 0, 1);
        const std::vector<double> y = random.sample(5, 1, 1);
        for (const double conf : {0.9, 0.95, 0.99}) {
            for (const auto& got : {cohensD(x, y, conf), cohensDPaired(x, y, conf)}) {
                const bool excludes = got.dInterval.lower > 0 || got.dInterval.upper < 0;
                EXPECT_EQ(excludes, got.p < 1 - conf) << got.p;
                EXPECT_LT(got.dInterval.lower, got.d);
                EXPECT_GT(got.dInterval.upper, got.d);
            }
        }
    }
}

TEST(CohensD, ShiftAndScaleChangeNothingAndSwappingTurnsTheSign) {
    RandomSamples random(22);
    for (int i = 0; i < 50; ++i) {
        const std::vector<double> x = random.sample(4, 0, 1);
        const std::vector<double> y = random.sample(6, 0.5, 1);
        const StandardizedDifference plain = cohensD(x, y, 0.95);
        const StandardizedDifference other = cohensD(moved(x, 3, 40), moved(y, 3, 40), 0.95);
        const StandardizedDifference swapped = cohensD(y, x, 0.95);
        EXPECT_NEAR(other.d, plain.d, 1e-11);
        EXPECT_NEAR(other.gInterval.upper, plain.gInterval.upper, 1e-8);
        EXPECT_NEAR(swapped.d, -plain.d, 1e-12);
        EXPECT_NEAR(swapped.dInterval.lower, -plain.dInterval.upper, 1e-9);
    }
}

TEST(CohensD, HugeEffectsHaveFiniteIntervals) {
    const StandardizedDifference got = cohensD(std::vector<double>{5.0, 5.0 + 1e-9, 5.0 - 1e-9},
                                               std::vector<double>{1.0, 1.0 + 1e-9}, 0.95);
    EXPECT_GT(got.d, 1e9);
    EXPECT_GT(got.dInterval.lower, 1e8);
    EXPECT_LT(got.dInterval.upper, 1e11);
}

TEST(CohensD, TwoPairsHaveNoCorrectedEffect) {
    const StandardizedDifference got =
        cohensDPaired(std::vector<double>{1.2, 1.4}, std::vector<double>{1.1, 1.0}, 0.95);
    EXPECT_EQ(got.df, 1);
    EXPECT_EQ(got.correction, 0);
    EXPECT_EQ(got.g, 0);
}

TEST(CohensD, DifferencesThatAreAllEqualAreRefused) {
    EXPECT_THROW(
        cohensDPaired(std::vector<double>{1.1, 1.2, 1.3}, std::vector<double>{2.1, 2.2, 2.3}, 0.95),
        std::domain_error);
    EXPECT_THROW(cohensD(std::vector<double>{1.0}, std::vector<double>{}, 0.95), std::domain_error);
}

TEST(Power, WithoutEffectItIsAlpha) {
    EXPECT_NEAR(powerAnova(6, 3, 0, 0.05).power, 0.05, 1e-12);
    EXPECT_NEAR(powerTwoSample(3, 3, 0, 0.05, Sides::Two).power, 0.05, 1e-12);
    EXPECT_NEAR(powerPaired(4, 0, 0.01, Sides::Less).power, 0.01, 1e-12);
}

TEST(Power, MediumEffectOfThreeSeedsIsHopeless) {
    EXPECT_NEAR(powerAnova(6, 3, 0.25, 0.05).power, 0.09, 0.005);
    EXPECT_EQ(sampleSizeAnova(6, 0.25, 0.05, 0.8).n, 36);
}

TEST(Power, TwoGroupAnovaIsTheTwoSidedT) {
    for (const double d : {0.3, 1.0, 2.5}) {
        EXPECT_NEAR(powerAnova(2, 5, d / 2, 0.05).power,
                    powerTwoSample(5, 5, d, 0.05, Sides::Two).power, 1e-10);
    }
}

TEST(Power, SidesMirrorEachOther) {
    EXPECT_DOUBLE_EQ(powerPaired(5, 0.8, 0.05, Sides::Greater).power,
                     powerPaired(5, -0.8, 0.05, Sides::Less).power);
}

TEST(Power, SolvedSizeReachesTheTargetAndOneLessDoesNot) {
    RandomSamples random(23);
    for (int i = 0; i < 60; ++i) {
        const double target = random.uniform(0.3, 0.99);
        const double alpha = random.uniform(0.001, 0.1);
        const double effect = std::exp(random.uniform(-2.5, 1));
        const SampleSize anova = sampleSizeAnova(5, effect, alpha, target);
        EXPECT_GE(powerAnova(5, anova.n, effect, alpha).power, target);
        if (anova.n > 2) {
            EXPECT_LT(powerAnova(5, anova.n - 1, effect, alpha).power, target);
        }
        EXPECT_EQ(anova.total, 5 * anova.n);
        for (const Sides sides : {Sides::Two, Sides::Greater}) {
            const SampleSize two = sampleSizeTwoSample(effect, alpha, target, sides);
            EXPECT_GE(powerTwoSample(two.n, two.n, effect, alpha, sides).power, target);
            const SampleSize pairs = sampleSizePaired(effect, alpha, target, sides);
            EXPECT_GE(powerPaired(pairs.n, effect, alpha, sides).power, target);
            if (two.n > 2) {
                EXPECT_LT(powerTwoSample(two.n - 1, two.n - 1, effect, alpha, sides).power, target);
            }
            if (pairs.n > 2) {
                EXPECT_LT(powerPaired(pairs.n - 1, effect, alpha, sides).power, target);
            }
        }
    }
}

TEST(Power, DetectableEffectHasTheTargetPower) {
    RandomSamples random(24);
    for (int i = 0; i < 60; ++i) {
        const double target = random.uniform(0.2, 0.99);
        const double alpha = random.uniform(0.001, 0.1);
        const double n = std::floor(random.uniform(2, 50));
        EXPECT_NEAR(powerAnova(6, n, detectableF(6, n, alpha, target), alpha).power, target, 1e-9);
        const double d = detectableDTwoSample(n, alpha, target);
        EXPECT_NEAR(powerTwoSample(n, n, d, alpha, Sides::Two).power, target, 1e-9);
        const double dz = detectableDPaired(n, alpha, target);
        EXPECT_NEAR(powerPaired(n, dz, alpha, Sides::Two).power, target, 1e-9);
    }
}

TEST(Power, CorrelatedCellsNeedFewerRuns) {
    const double independent = powerAnovaWithin({6, 5, 0, 1}, 0.25, 0.05).power;
    const double correlated = powerAnovaWithin({6, 5, 0.9, 1}, 0.25, 0.05).power;
    EXPECT_GT(correlated, 4 * independent);
}

TEST(Power, ImpossibleTargetsAreRefused) {
    EXPECT_THROW(sampleSizeAnova(6, 0.25, 0.05, 0.04), std::domain_error);
    EXPECT_THROW(sampleSizeAnova(6, 0, 0.05, 0.8), std::domain_error);
    EXPECT_THROW(sampleSizeTwoSample(1e-9, 0.05, 0.8, Sides::Two), std::domain_error);
    EXPECT_THROW(sampleSizePaired(-0.5, 0.05, 0.8, Sides::Greater), std::domain_error);
    EXPECT_THROW(powerFactorial(5, 24, 24, 0.25, 0.05), std::domain_error);
    EXPECT_THROW(powerAnovaWithin({6, 5, 0, 0}, 0.25, 0.05), std::domain_error);
    EXPECT_THROW(detectableDPaired(1, 0.05, 0.8), std::domain_error);
}

}  // namespace
}  // namespace stats
