// SPDX-License-Identifier: GPL-3.0-or-later
// With two groups the tests of several groups must fall back to t tests.
#include <gtest/gtest.h>

#include <cmath>

#include "stats/anova_oneway.h"
#include "stats/distributions.h"
#include "stats/effect_size.h"
#include "stats/pairwise_t.h"
#include "stats/tukey.h"
#include "tests/stats/random_samples.h"

namespace stats {
namespace {

using Table = std::vector<std::vector<double>>;

TEST(TwoGroups, TukeyIsThePooledT) {
    RandomSamples random(41);
    for (int i = 0; i < 50; ++i) {
        const Table groups{random.sample(3, 0, 1), random.sample(5, 1, 1)};
        const PairComparison tukey = tukeyHsd(groups, 0.05).pairs.front();
        const PairComparison t = pairwiseTPooled(groups, 0.95).pairs.front();
        EXPECT_NEAR(tukey.p, t.p, 1e-12);
        EXPECT_NEAR(tukey.lo, t.lo, 1e-10);
        EXPECT_NEAR(tukey.hi, t.hi, 1e-10);
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
        EXPECT_NEAR(gamesHowellPair.lo, t.lo, 1e-9 * std::abs(t.lo));
        EXPECT_NEAR(welch.p, t.p, 1e-11);
        EXPECT_NEAR(welch.df2, t.df, 1e-10 * t.df);
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
