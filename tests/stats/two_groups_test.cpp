// SPDX-License-Identifier: GPL-3.0-or-later
// With two groups, or two cells in blocks, the tests of several must fall back to t, rank and sign
// tests.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "stats/anova_oneway.h"
#include "stats/distributions.h"
#include "stats/dunnett.h"
#include "stats/effect_size.h"
#include "stats/friedman.h"
#include "stats/jonckheere.h"
#include "stats/kruskal.h"
#include "stats/nemenyi.h"
#include "stats/pairwise_t.h"
#include "stats/tukey.h"
#include "stats/two_sample_ranks.h"
#include "tests/stats/expect_relative.h"
#include "tests/stats/random_samples.h"

namespace stats {
namespace {

using Table = std::vector<std::vector<double>>;

/// The comparison of the second of two groups with the first, by two tests that are one.
template <class Comparison>
void expectSameTest(const Comparison& got, const PairComparison& t) {
    expectRelative(got.p, t.p, 1e-10);
    EXPECT_NEAR(got.p, t.p, 1e-12);
    EXPECT_NEAR(got.lo, t.lo, 1e-10);
    EXPECT_NEAR(got.hi, t.hi, 1e-10);
}

std::vector<double> column(const Table& blocks, std::size_t cell) {
    std::vector<double> values;
    for (const auto& row : blocks) values.push_back(row[cell]);
    return values;
}

TEST(TwoGroups, TukeyIsThePooledT) {
    RandomSamples random(41);
    for (int i = 0; i < 50; ++i) {
        const Table groups{random.sample(3, 0, 1), random.sample(5, 1, 1)};
        expectSameTest(tukeyHsd(groups, 0.05).pairs.front(),
                       pairwiseTPooled(groups, 0.95).pairs.front());
    }
}

TEST(TwoGroups, DunnettIsThePooledT) {
    RandomSamples random(12);
    for (int i = 0; i < 50; ++i) {
        const Table groups{random.sample(4, 0, 1), random.sample(6, 1, 1)};
        expectSameTest(dunnett(groups, 0, Sides::Two, 0.05).comparisons.front(),
                       pairwiseTPooled(groups, 0.95).pairs.front());
    }
}

TEST(TwoGroups, GamesHowellAndWelchAnovaAreTheWelchT) {
    RandomSamples random(42);
    for (int i = 0; i < 50; ++i) {
        const Table groups{random.sample(2, 0, 1), random.sample(4, 1, 3)};
        const PairComparison t = pairwiseTWelch(groups, 0.95).pairs.front();
        const PairComparison gamesHowellPair = gamesHowell(groups, 0.05).pairs.front();
        const UnequalVarianceAnova welch = welchAnova(groups);
        EXPECT_NEAR(gamesHowellPair.p, t.p, 1e-12);
        expectRelative(gamesHowellPair.lo, t.lo, 1e-9);
        expectRelative(gamesHowellPair.hi, t.hi, 1e-9);
        EXPECT_NEAR(welch.p, t.p, 1e-11);
        expectRelative(welch.df2, t.df, 1e-10);
    }
}

TEST(TwoGroups, TukeyAndDunnettOnBlocksAreThePairedT) {
    RandomSamples random(301);
    for (int trial = 0; trial < 30; ++trial) {
        const Table blocks = random.blocks(6, 2);
        const PairComparison t = pairwiseTPaired(blocks, 0.95).pairs.front();
        expectSameTest(tukeyHsdOnBlocks(blocks, 0.05).pairs.front(), t);
        expectSameTest(dunnettOnBlocks(blocks, 0, Sides::Two, 0.05).comparisons.front(), t);
        const StandardizedDifference dz = cohensDPaired(column(blocks, 1), column(blocks, 0), 0.95);
        expectRelative(dz.p, t.p, 1e-11);
        EXPECT_NEAR(t.diff, dz.meanDifference, 1e-12);
    }
}

TEST(TwoGroups, RankTestsAreOneTest) {
    RandomSamples random(302);
    for (int trial = 0; trial < 30; ++trial) {
        const Table groups{random.sample(4, 0, 1), random.sample(5, 0.7, 1)};
        const double p = mannWhitney(groups[0], groups[1]).p;
        expectRelative(kruskalWallisExact(groups).p, p, 1e-12);
        expectRelative(jonckheere(groups).exact->two, p, 1e-12);
        const double z = jonckheere(groups).z;
        expectRelative(kruskalWallis(groups).h, z * z, 1e-10);
    }
}

TEST(TwoGroups, FriedmanIsTheSignTest) {
    RandomSamples random(303);
    for (int trial = 0; trial < 20; ++trial) {
        const Table blocks = random.blocks(9, 2);
        const auto rises = std::count_if(blocks.begin(), blocks.end(),
                                         [](const auto& row) { return row[1] > row[0]; });
        const double excess = std::abs(2.0 * static_cast<double>(rises) - 9);
        double p = 0;
        for (int wins = 0; wins <= 9; ++wins) {
            if (std::abs(2.0 * wins - 9) < excess) continue;
            p += std::exp(std::lgamma(10.0) - std::lgamma(wins + 1.0) - std::lgamma(10.0 - wins)) /
                 512;
        }
        expectRelative(friedman(blocks).q, excess * excess / 9, 1e-12);
        expectRelative(friedmanExact(blocks).p, p, 1e-11);
        expectRelative(nemenyi(blocks, 0.05).comparisons.pairs[0].p, 2 * normalSf(excess / 3),
                       1e-10);
    }
}

TEST(TwoGroups, IntervalsExcludeZeroExactlyWhenTheTestRejects) {
    RandomSamples random(43);
    for (int i = 0; i < 60; ++i) {
        const Table groups = random.groups(4, 4, 1);
        for (const PairComparisons& all :
             {tukeyHsd(groups, 0.05), gamesHowell(groups, 0.05), pairwiseTPooled(groups, 0.95),
              pairwiseTWelch(groups, 0.95)}) {
            for (const PairComparison& pair : all.pairs) {
                EXPECT_EQ(pair.lo > 0 || pair.hi < 0, pair.p < 0.05) << pair.p;
            }
        }
    }
}

}  // namespace
}  // namespace stats
