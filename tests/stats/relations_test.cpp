// SPDX-License-Identifier: GPL-3.0-or-later
// Relations between functions on random data: intervals agree with their p, adjustments follow the
// order of their input.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "stats/anova_twoway.h"
#include "stats/bayes_factors.h"
#include "stats/descriptives.h"
#include "stats/distributions.h"
#include "stats/dunnett.h"
#include "stats/equivalence.h"
#include "stats/p_adjust.h"
#include "stats/power.h"
#include "tests/stats/expect_relative.h"
#include "tests/stats/function_families.h"
#include "tests/stats/random_samples.h"

namespace stats {
namespace {

using families::Table;

TEST(Relations, RankTestsSeeTheOrderOnly) {
    RandomSamples random(304);
    const auto grow = [](Table table) {
        for (auto& row : table)
            for (double& value : row) value = std::exp(3 * value);
        return table;
    };
    const std::vector<std::string> ranked{
        "kruskalWallis", "kruskalWallisExact", "jonckheere", "friedman", "friedmanExact", "page",
        "nemenyi",       "mannWhitney",        "spearman",   "kendall"};
    std::size_t tested = 0;
    for (const auto& [functions, rows, columns] : {std::tuple{&families::onGroups(), 3U, 4U},
                                                   {&families::onBlocks(), 4U, 4U},
                                                   {&families::onPairs(), 2U, 8U}}) {
        for (const families::Function& function : *functions) {
            if (std::find(ranked.begin(), ranked.end(), function.name) == ranked.end()) continue;
            ++tested;
            for (int trial = 0; trial < 5; ++trial) {
                const Table data = random.groups(rows, columns, 1);
                EXPECT_EQ(function.call(grow(data)).unitFree, function.call(data).unitFree)
                    << function.name;
            }
        }
    }
    EXPECT_EQ(tested, ranked.size());
}

TEST(Relations, DunnettOnBlocksExcludesZeroExactlyWhenPIsBelowAlpha) {
    RandomSamples random(305);
    for (int trial = 0; trial < 20; ++trial) {
        Table blocks = random.blocks(5, 4);
        for (auto& row : blocks) row[2] += 1;
        for (const Sides sides : {Sides::Two, Sides::Less, Sides::Greater}) {
            for (const double alpha : {0.01, 0.05, 0.2}) {
                for (const auto& one : dunnettOnBlocks(blocks, 0, sides, alpha).comparisons)
                    EXPECT_EQ(one.lo > 0 || one.hi < 0, one.p < alpha) << one.p;
            }
        }
    }
}

TEST(Relations, TheIntervalOfAMeanExcludesZeroExactlyWhenItsTTestRejects) {
    RandomSamples random(306);
    for (int trial = 0; trial < 100; ++trial) {
        const std::vector<double> values = random.sample(6, 0.8, 1);
        const Descriptives got = describe(values, 0.95);
        const double p = studentTTwoSided(got.mean / got.standardError, 5);
        EXPECT_EQ(got.meanInterval.lower > 0 || got.meanInterval.upper < 0, p < 0.05) << p;
    }
}

TEST(Relations, TostOfPairsIsEquivalentExactlyWhenItsIntervalLiesInside) {
    RandomSamples random(307);
    for (int trial = 0; trial < 100; ++trial) {
        const auto x = random.sample(6, 0, 1);
        const auto y = random.sample(6, 0.2, 1);
        const Tost got = tostPaired(x, y, -1.0, 1.5, 0.05);
        EXPECT_EQ(got.p<0.05, got.lo> - 1.0 && got.hi < 1.5) << got.p;
        EXPECT_EQ(got.p, std::max(got.pLow, got.pHigh));
    }
}

TEST(Relations, AdjustedPFollowsTheOrderOfItsInput) {
    RandomSamples random(308);
    for (int trial = 0; trial < 50; ++trial) {
        std::vector<double> p(7);
        for (double& value : p) value = std::pow(random.uniform(), 3);
        std::vector<std::size_t> order(p.size());
        std::iota(order.begin(), order.end(), 0U);
        std::sort(order.begin(), order.end(), [&](auto a, auto b) { return p[a] < p[b]; });
        std::vector<double> sorted;
        for (const std::size_t i : order) sorted.push_back(p[i]);
        for (const Adjustment how :
             {Adjustment::None, Adjustment::Bonferroni, Adjustment::Holm, Adjustment::Hochberg,
              Adjustment::Hommel, Adjustment::BenjaminiHochberg, Adjustment::BenjaminiYekutieli}) {
            const auto mixed = adjustP(p, how);
            const auto straight = adjustP(sorted, how);
            for (std::size_t rank = 0; rank < order.size(); ++rank) {
                EXPECT_DOUBLE_EQ(mixed[order[rank]], straight[rank]) << toText(how);
                EXPECT_GE(mixed[order[rank]], p[order[rank]]) << toText(how);
                if (rank > 0) {
                    EXPECT_GE(straight[rank], straight[rank - 1]) << toText(how);
                }
            }
        }
    }
}

TEST(Relations, AdjustmentsOfAKnownList) {
    const std::vector<double> p{0.01, 0.02, 0.03, 0.04};
    EXPECT_EQ(adjustP(p, Adjustment::Holm), (std::vector<double>{0.04, 0.06, 0.06, 0.06}));
    const auto near = [&](Adjustment how, const std::vector<double>& expected) {
        const auto got = adjustP(p, how);
        for (std::size_t i = 0; i < p.size(); ++i) EXPECT_NEAR(got[i], expected[i], 1e-15);
    };
    near(Adjustment::Bonferroni, {0.04, 0.08, 0.12, 0.16});
    near(Adjustment::Hochberg, {0.04, 0.04, 0.04, 0.04});
    near(Adjustment::Hommel, {0.04, 0.04, 0.04, 0.04});
    near(Adjustment::BenjaminiHochberg, {0.04, 0.04, 0.04, 0.04});
    near(Adjustment::BenjaminiYekutieli, {1.0 / 12, 1.0 / 12, 1.0 / 12, 1.0 / 12});
}

TEST(Relations, BayesFactorOfOneSampleGrowsWithTAndFallsBelowOneWithoutAnEffect) {
    double before = bayesFactorOneSample(0, 20, std::sqrt(0.5)).logBf10;
    EXPECT_LT(before, 0);
    for (double t = 0.5; t < 60; t *= 1.3) {
        const BayesFactor here = bayesFactorOneSample(t, 20, std::sqrt(0.5));
        EXPECT_GT(here.logBf10, before);
        expectRelative(bayesFactorOneSample(-t, 20, std::sqrt(0.5)).bf10, here.bf10, 1e-12);
        expectRelative(std::exp(here.logBf10), here.bf10, 1e-12);
        before = here.logBf10;
    }
}

TEST(Relations, OneSidedPowerOfANegativeEffectMirrorsThatOfAPositiveOne) {
    RandomSamples random(309);
    for (int trial = 0; trial < 30; ++trial) {
        const double d = random.uniform(0.2, 2);
        const SampleSize up = sampleSizePaired(d, 0.05, 0.8, Sides::Greater);
        EXPECT_EQ(sampleSizePaired(-d, 0.05, 0.8, Sides::Less).n, up.n);
        EXPECT_GE(up.powerAtN, 0.8);
        EXPECT_DOUBLE_EQ(up.powerAtN, powerPaired(up.n, d, 0.05, Sides::Greater).power);
        EXPECT_EQ(sampleSizeTwoSample(-d, 0.05, 0.8, Sides::Less).n,
                  sampleSizeTwoSample(d, 0.05, 0.8, Sides::Greater).n);
        if (up.n <= 2) continue;
        EXPECT_LT(powerPaired(up.n - 1, -d, 0.05, Sides::Less).power, 0.8);
    }
}

TEST(Relations, OrthogonalBlocksCostResidualDfOnlyAndUnbalancedOnesStillAddUp) {
    // Orthogonal blocks: an effect's sum of squares is that of the design without blocks.
    RandomSamples random(310);
    std::vector<std::size_t> a, b, block;
    std::vector<double> y;
    for (std::size_t s = 0; s < 40; ++s)
        for (std::size_t i = 0; i < 2; ++i)
            for (std::size_t j = 0; j < 3; ++j) {
                a.push_back(i);
                b.push_back(j);
                block.push_back(s);
                y.push_back(3.0 * static_cast<double>(s) + random.normal());
            }
    const FactorialAnova plain = twoWayAnova({a, b, y, {}}, SumOfSquares::Sequential);
    const FactorialAnova blocked = twoWayBlockAnova({a, b, y, block});
    for (std::size_t e = 0; e < 3; ++e)
        expectRelative(blocked.effects[e + 1].ss, plain.effects[e].ss, 1e-9);
    EXPECT_EQ(blocked.effects[0].df, 39);
    EXPECT_EQ(blocked.effects[1].dfError, 240 - 6 - 39);
    expectRelative(blocked.effects[0].ss + blocked.effects[0].ssError, plain.effects[0].ssError,
                   1e-9);
    for (auto* list : {&a, &b, &block}) list->pop_back();  // one run missing
    y.pop_back();
    const FactorialAnova unbalanced = twoWayBlockAnova({a, b, y, block});
    EXPECT_EQ(unbalanced.effects[0].dfError, 239 - 6 - 39);
    double sum = unbalanced.effects[0].ssError;
    for (const FactorialEffect& effect : unbalanced.effects) sum += effect.ss;
    expectRelative(sum, unbalanced.ssTotal, 1e-11);
}

}  // namespace
}  // namespace stats
