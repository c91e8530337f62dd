// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <random>
#include <vector>

#include "stats/argmin_interval.h"
#include "stats/pareto_front.h"

namespace stats {
namespace {

TEST(ArgminInterval, LeavesOutTailsThatHoldLessThanTheirShare) {
    const std::vector<double> pBest{0.02, 0.03, 0.5, 0.43, 0.02};
    const ArgminInterval interval = argminInterval(pBest, 0.95);
    EXPECT_EQ(interval.lower, 1U);  // 0.02 below is less than 0.025, 0.05 is not
    EXPECT_EQ(interval.upper, 3U);
    EXPECT_NEAR(interval.covered, 0.96, 1e-12);
}

TEST(ArgminInterval, ACertainBestIsAPoint) {
    const ArgminInterval interval = argminInterval(std::vector<double>{0, 0, 1, 0}, 0.95);
    EXPECT_EQ(interval.lower, 2U);
    EXPECT_EQ(interval.upper, 2U);
    EXPECT_DOUBLE_EQ(interval.covered, 1);
}

TEST(ArgminInterval, ATailThatEndsAtACellLeavesImpossibleCellsOut) {
    const ArgminInterval interval = argminInterval(std::vector<double>{0.025, 0, 0.975}, 0.95);
    EXPECT_EQ(interval.lower, 0U);
    EXPECT_EQ(interval.upper, 2U);
    const ArgminInterval inner = argminInterval(std::vector<double>{0, 0.5, 0.5, 0, 0}, 0.5);
    EXPECT_EQ(inner.lower, 1U);
    EXPECT_EQ(inner.upper, 2U);
}

TEST(ArgminInterval, CoversItsLevelAndMirrors) {
    std::mt19937 random(7);
    std::uniform_real_distribution<double> uniform;
    for (int trial = 0; trial < 500; ++trial) {
        std::vector<double> pBest(6);
        double total = 0;
        for (double& p : pBest) total += p = uniform(random) * uniform(random);
        for (double& p : pBest) p /= total;
        const ArgminInterval interval = argminInterval(pBest, 0.9);
        EXPECT_GE(interval.covered, 0.9 - 1e-9);
        EXPECT_LE(interval.lower, interval.upper);
        std::reverse(pBest.begin(), pBest.end());
        const ArgminInterval mirrored = argminInterval(pBest, 0.9);
        EXPECT_EQ(mirrored.lower, 5 - interval.upper);
        EXPECT_EQ(mirrored.upper, 5 - interval.lower);
    }
}

TEST(ArgminInterval, RefusesWhatIsNoDistribution) {
    EXPECT_THROW(argminInterval({}, 0.95), std::domain_error);
    EXPECT_THROW(argminInterval(std::vector<double>{0.5, 0.4}, 0.95), std::domain_error);
    EXPECT_THROW(argminInterval(std::vector<double>{1.5, -0.5}, 0.95), std::domain_error);
    EXPECT_THROW(argminInterval(std::vector<double>{1}, 1), std::domain_error);
}

TEST(ParetoFront, KeepsWhatNothingBeats) {
    const std::vector<Tradeoff> choices{{3, 1}, {1, 3}, {2, 2}, {2, 4}, {4, 1}};
    EXPECT_EQ(paretoFront(choices), (std::vector<std::size_t>{1, 2, 0}));
    EXPECT_EQ(paretoFront(std::vector<Tradeoff>{{1, 2}, {1, 2}, {1, 3}}),
              (std::vector<std::size_t>{0, 1}));
    EXPECT_TRUE(paretoFront({}).empty());
}

TEST(ParetoFront, AgreesWithTheDefinition) {
    std::mt19937 random(11);
    std::uniform_int_distribution<int> digit(0, 9);
    for (int trial = 0; trial < 300; ++trial) {
        std::vector<Tradeoff> choices(8);
        for (Tradeoff& choice : choices) choice = {double(digit(random)), double(digit(random))};
        std::vector<std::size_t> expected;
        for (std::size_t i = 0; i < choices.size(); ++i) {
            const Tradeoff& one = choices[i];
            const bool beaten =
                std::any_of(choices.begin(), choices.end(), [&](const Tradeoff& other) {
                    return other.cost <= one.cost && other.loss <= one.loss &&
                           (other.cost < one.cost || other.loss < one.loss);
                });
            if (!beaten) expected.push_back(i);
        }
        std::vector<std::size_t> front = paretoFront(choices);
        std::sort(front.begin(), front.end());
        EXPECT_EQ(front, expected);
    }
}

TEST(ParetoFront, RefusesNumbersThatAreNotFinite) {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    EXPECT_THROW(paretoFront(std::vector<Tradeoff>{{1, nan}}), std::domain_error);
}

}  // namespace
}  // namespace stats
