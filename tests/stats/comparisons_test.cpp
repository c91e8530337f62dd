// SPDX-License-Identifier: GPL-3.0-or-later
// Post-hoc comparisons, equivalence, sequential boundaries and Bayes factors: known values, then
// properties on random data with a fixed seed.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "stats/alpha_spending.h"
#include "stats/bayes_factors.h"
#include "stats/distributions.h"
#include "stats/dunnett.h"
#include "stats/equivalence.h"
#include "stats/hsu_mcb.h"
#include "stats/max_t_distribution.h"
#include "stats/nemenyi.h"
#include "stats/noncentral_t_shift.h"
#include "stats/pairwise_t.h"
#include "stats/tukey.h"
#include "tests/stats/random_samples.h"

namespace stats {
namespace {

using Table = std::vector<std::vector<double>>;

/// Rows of `cells` values with a level per row.
Table randomBlocks(RandomSamples& random, std::size_t rows, std::size_t cells) {
    Table blocks;
    for (std::size_t row = 0; row < rows; ++row) {
        blocks.push_back(random.sample(cells, random.normal(), 0.3));
        for (std::size_t j = 0; j < cells; ++j) blocks.back()[j] += 0.2 * static_cast<double>(j);
    }
    return blocks;
}

void expectIntervalMatchesP(const PairComparisons& got, double alpha) {
    for (const PairComparison& pair : got.pairs) {
        if (std::abs(pair.p - alpha) < 1e-9) continue;
        EXPECT_EQ(pair.lo > 0 || pair.hi < 0, pair.p < alpha) << pair.i << " " << pair.j;
    }
}

TEST(Comparisons, IntervalExcludesZeroExactlyWhenPIsBelowAlpha) {
    RandomSamples random(11);
    for (int trial = 0; trial < 20; ++trial) {
        const Table groups = random.groups(4, 4, 1.0);
        const Table blocks = randomBlocks(random, 4, 4);
        for (const double alpha : {0.01, 0.05, 0.2}) {
            expectIntervalMatchesP(tukeyHsd(groups, alpha), alpha);
            expectIntervalMatchesP(tukeyHsdOnBlocks(blocks, alpha), alpha);
            expectIntervalMatchesP(gamesHowell(groups, alpha), alpha);
            expectIntervalMatchesP(pairwiseTPooled(groups, 1 - alpha), alpha);
            expectIntervalMatchesP(pairwiseTWelch(groups, 1 - alpha), alpha);
            expectIntervalMatchesP(pairwiseTPaired(blocks, 1 - alpha), alpha);
            expectIntervalMatchesP(nemenyi(blocks, alpha).comparisons, alpha);
            for (const Sides sides : {Sides::Two, Sides::Less, Sides::Greater}) {
                for (const auto& one : dunnett(groups, 1, sides, alpha).comparisons) {
                    EXPECT_EQ(one.lo > 0 || one.hi < 0, one.p < alpha);
                }
            }
        }
    }
}

TEST(Comparisons, ShiftAndScaleLeavePUnchanged) {
    RandomSamples random(13);
    const Table groups = random.groups(4, 5, 0.5);
    Table moved = groups;
    for (auto& group : moved) {
        for (double& value : group) value = 1000 + 0.01 * value;
    }
    for (const auto test : {tukeyHsd, gamesHowell}) {
        const auto before = test(groups, 0.05);
        const auto after = test(moved, 0.05);
        for (std::size_t i = 0; i < before.pairs.size(); ++i) {
            EXPECT_NEAR(after.pairs[i].p, before.pairs[i].p, 1e-8);
            EXPECT_NEAR(after.pairs[i].diff, 0.01 * before.pairs[i].diff, 1e-11);
        }
    }
}

TEST(Dunnett, AdjustedPLiesBetweenTheSingleTestAndBonferroni) {
    RandomSamples random(14);
    for (int trial = 0; trial < 10; ++trial) {
        Table groups = random.groups(5, 4, 0.7);
        groups[2].resize(9, 2.0);  // unequal sizes: the general correlation
        groups[2][8] = 2.5;
        const auto got = dunnett(groups, 0, Sides::Two, 0.05);
        for (const ControlComparison& one : got.comparisons) {
            const double single = studentTTwoSided(one.t, got.df);
            EXPECT_GE(one.p, single * (1 - 1e-10));
            EXPECT_LE(one.p, std::min(1.0, 4 * single) * (1 + 1e-10));
        }
    }
}

TEST(MaxT, PublishedDunnettQuantiles) {
    // Dunnett 1964, two-sided 5 %, equal sizes: 5 comparisons, 10 df: 3.03*; one-sided 2.47 (1955)
    const std::vector<double> loadings(5, std::sqrt(0.5));
    EXPECT_NEAR(MaxTDistribution(loadings, 10, Sides::Greater).quantileUpper(0.05), 2.56, 0.02);
    const MaxTDistribution two(loadings, 12, Sides::Two);
    EXPECT_NEAR(two.sf(two.quantileUpper(0.05)), 0.05, 1e-12);
    EXPECT_NEAR(two.quantileUpper(0.05), 2.901255031152437, 1e-9);
}

TEST(MaxT, IndependentLimitIsAProductOfNormals) {
    const MaxTDistribution nearlyIndependent(std::vector<double>(3, 1e-6), INFINITY, Sides::Two);
    const double one = 1 - 2 * normalSf(2.0);
    EXPECT_NEAR(nearlyIndependent.sf(2.0), 1 - one * one * one, 1e-11);
}

TEST(HsuMcb, TheSmallestMeanIsAlwaysACandidate) {
    RandomSamples random(15);
    for (int trial = 0; trial < 20; ++trial) {
        const Table groups = random.groups(6, 3, 1.0);
        const auto got = hsuMcb(groups, Best::Smallest, 0.05);
        const auto smallest =
            std::min_element(got.diffToBestOther.begin(), got.diffToBestOther.end());
        const auto index = static_cast<std::size_t>(smallest - got.diffToBestOther.begin());
        EXPECT_TRUE(got.candidate[index]);
        for (std::size_t i = 0; i < 6; ++i) {
            EXPECT_LE(got.lo[i], 0);
            EXPECT_GE(got.hi[i], 0);
            EXPECT_EQ(got.candidate[i], got.lo[i] < 0);
        }
    }
}

TEST(HsuMcb, LargestMirrorsSmallest) {
    RandomSamples random(16);
    Table groups = random.groups(4, 4, 1.0);
    const auto smallest = hsuMcb(groups, Best::Smallest, 0.05);
    for (auto& group : groups) {
        for (double& value : group) value = -value;
    }
    const auto largest = hsuMcb(groups, Best::Largest, 0.05);
    EXPECT_EQ(smallest.candidate, largest.candidate);
    for (std::size_t i = 0; i < 4; ++i) EXPECT_NEAR(largest.lo[i], -smallest.hi[i], 1e-12);
}

TEST(Tost, EquivalentExactlyWhenTheIntervalLiesInside) {
    RandomSamples random(17);
    for (int trial = 0; trial < 50; ++trial) {
        const auto x = random.sample(6, 0, 1);
        const auto y = random.sample(7, 0.2, 1);
        const Tost got = tostIndependent(x, y, -1.0, 1.0, 0.05);
        EXPECT_EQ(got.p<0.05, got.lo> - 1.0 && got.hi < 1.0);
    }
}

TEST(AlphaSpending, FiveEqualLooksGiveThePublishedBoundaries) {
    const std::vector<double> times{0.2, 0.4, 0.6, 0.8, 1.0};
    const double obf[] = {4.877, 3.357, 2.680, 2.290, 2.031};
    const double pocock[] = {2.438, 2.427, 2.410, 2.397, 2.386};
    const auto first = alphaSpending(times, 0.05, LookSides::Two, Spending::OBrienFleming);
    const auto second = alphaSpending(times, 0.05, LookSides::Two, Spending::Pocock);
    for (std::size_t i = 0; i < times.size(); ++i) {
        EXPECT_NEAR(first.z[i], obf[i], 6e-4);
        EXPECT_NEAR(second.z[i], pocock[i], 6e-4);
    }
}

TEST(AlphaSpending, CloseLooksStayFinite) {
    const auto got = alphaSpending(std::vector<double>{0.5, 0.501, 1.0}, 0.05, LookSides::Two,
                                   Spending::OBrienFleming);
    for (const double z : got.z) EXPECT_TRUE(std::isfinite(z));
    EXPECT_NEAR(got.cumulativeAlpha.back(), 0.05, 1e-12);
}

TEST(BayesFactors, TwoGroupsOfTheAnovaAgreeWithTheTTest) {
    const double t = 2.3;
    EXPECT_NEAR(bayesFactorAnova(t * t, 12, 2, 0.5).bf10,
                bayesFactorTwoSample(t, 12, 12, std::sqrt(0.5)).bf10, 1e-9);
    EXPECT_LT(bayesFactorTwoSample(0, 50, 50, std::sqrt(0.5)).bf10, 1.0 / 3);
    EXPECT_GT(bayesFactorAnova(1e6, 100, 6, 0.5).logBf10, 1000);
}

TEST(NoncentralTShift, AgreesWithTheDistribution) {
    for (const double df : {2.0, 4.0, 18.0, 200.0}) {
        for (const double t : {-6.0, -0.3, 0.0, 1.5, 12.0, 45.0}) {
            for (const double p : {0.025, 0.5, 0.975}) {
                const auto ncp = NoncentralTShift(t, df).ncpAt(p);
                ASSERT_TRUE(ncp);
                EXPECT_NEAR(noncentralTCdf(t, df, *ncp), p, 1e-10) << df << " " << t;
            }
        }
    }
}

}  // namespace
}  // namespace stats
