// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

#include "stats/anova_block.h"
#include "stats/anova_oneway.h"
#include "stats/anova_twoway.h"
#include "stats/effect_size.h"
#include "stats/variance_tests.h"
#include "tests/stats/expect_relative.h"
#include "tests/stats/random_samples.h"

namespace stats {
namespace {

using Table = std::vector<std::vector<double>>;

/// A balanced a x b design with one run per block and cell.
struct Design {
    std::vector<std::size_t> a;
    std::vector<std::size_t> b;
    std::vector<std::size_t> block;
    std::vector<double> y;
    Factorial plain() const { return {a, b, y, {}}; }
    Factorial blocked() const { return {a, b, y, block}; }
};

Design randomDesign(RandomSamples& random, std::size_t levelsA, std::size_t levelsB,
                    std::size_t blocks) {
    Design design;
    for (std::size_t s = 0; s < blocks; ++s) {
        for (std::size_t i = 0; i < levelsA; ++i) {
            for (std::size_t j = 0; j < levelsB; ++j) {
                design.a.push_back(i);
                design.b.push_back(j);
                design.block.push_back(s);
                design.y.push_back(random.normal() + static_cast<double>(i) * 0.3);
            }
        }
    }
    return design;
}

TEST(OneWayAnova, HandCaseIsExact) {
    // Means 2, 3, 7; SSb = 3 (4 + 1 + 9) = 42, SSw = 6, F = 21 / 1.
    const OneWayAnova anova = oneWayAnova(Table{{1, 2, 3}, {2, 3, 4}, {6, 7, 8}}, 0.9);
    EXPECT_DOUBLE_EQ(anova.ssBetween, 42);
    EXPECT_DOUBLE_EQ(anova.ssWithin, 6);
    EXPECT_DOUBLE_EQ(anova.f, 21);
    EXPECT_DOUBLE_EQ(anova.p, 1 / 512.0);  // (1 + 2 F / 6)^-3 for df 2 and 6
    EXPECT_DOUBLE_EQ(anova.eta2, 0.875);
}

TEST(OneWayAnova, ShiftAndScaleChangeNothing) {
    RandomSamples random(1);
    for (int i = 0; i < 50; ++i) {
        const Table groups = random.groups(5, 4, 1);
        const OneWayAnova plain = oneWayAnova(groups, 0.9);
        const OneWayAnova shifted = oneWayAnova(moved(groups, 1e-3, 1e3), 0.9);
        expectRelative(shifted.f, plain.f, 1e-8);
        expectRelative(shifted.p, plain.p, 1e-7);
        expectRelative(shifted.ncp.upper, plain.ncp.upper, 1e-7);
        expectRelative(welchAnova(moved(groups, -7, 5)).f, welchAnova(groups).f, 1e-11);
        expectRelative(brownForsytheMeans(moved(groups, -7, 5)).f, brownForsytheMeans(groups).f,
                       1e-11);
        expectRelative(leveneTest(moved(groups, -7, 5), Centre::Median).f,
                       leveneTest(groups, Centre::Median).f, 1e-11);
        expectRelative(bartlettTest(moved(groups, -7, 5)).k2, bartlettTest(groups).k2, 1e-9);
    }
}

TEST(OneWayAnova, FOfTwoGroupsIsTSquared) {
    RandomSamples random(2);
    for (int i = 0; i < 100; ++i) {
        const std::vector<double> x = random.sample(4, 0, 1);
        const std::vector<double> y = random.sample(6, 1, 1);
        const OneWayAnova anova = oneWayAnova(Table{x, y}, 0.9);
        const StandardizedDifference difference = cohensD(x, y, 0.95);
        expectRelative(anova.f, difference.t * difference.t, 1e-12);
        expectRelative(anova.p, difference.p, 1e-11);
    }
}

TEST(OneWayAnova, IntervalExcludesZeroExactlyWhenTheTestRejects) {
    RandomSamples random(3);
    for (int i = 0; i < 200; ++i) {
        const OneWayAnova anova = oneWayAnova(random.groups(4, 3, 0.7), 0.9);
        EXPECT_EQ(anova.ncp.lower > 0, anova.p < 0.05) << anova.p;
    }
}

TEST(OneWayAnova, LossesWithTinySpreadKeepTheirDigits) {
    const Table integers{{0, 1, 2}, {3, 5, 4}, {1, 2, 3}};
    const double expected = oneWayAnova(integers, 0.9).f;
    const double ulp = 0x1p-40;  // exact in 1.25 + i * ulp
    EXPECT_DOUBLE_EQ(oneWayAnova(moved(integers, ulp, 1.25), 0.9).f, expected);
    EXPECT_DOUBLE_EQ(welchAnova(moved(integers, ulp, 1.25)).f, welchAnova(integers).f);
}

TEST(OneWayAnova, ManyValuesAndOneConstantGroupWork) {
    RandomSamples random(4);
    Table groups = random.groups(4, 25000, 0.01);
    EXPECT_NO_THROW(oneWayAnova(groups, 0.9));
    groups[1].assign(25000, 2.0);
    const OneWayAnova anova = oneWayAnova(groups, 0.9);
    EXPECT_TRUE(std::isfinite(anova.f));
    EXPECT_NO_THROW(brownForsytheMeans(groups));
    EXPECT_THROW(welchAnova(groups), std::domain_error);
    EXPECT_THROW(bartlettTest(groups), std::domain_error);
}

TEST(OneWayAnova, NoVarianceIsRefusedAlsoWithDifferentMeans) {
    EXPECT_THROW(oneWayAnova(Table{{1.1, 1.1}, {1.3, 1.3}}, 0.9), std::domain_error);
    EXPECT_THROW(brownForsytheMeans(Table{{1.1, 1.1}, {1.3, 1.3}}), std::domain_error);
    EXPECT_THROW(leveneTest(Table{{1.1, 1.7}, {1.3, 1.4}}, Centre::Mean), std::domain_error);
}

TEST(OneWayAnova, TinyPValuesStayAboveZero) {
    Table groups{{}, {}};
    RandomSamples random(5);
    groups[0] = random.sample(60, 0, 1);
    groups[1] = random.sample(60, 300, 1);
    const double p = oneWayAnova(groups, 0.9).p;
    EXPECT_GT(p, 0);
    EXPECT_LT(p, 1e-200);
}

TEST(BlockAnova, TwoCellsAreThePairedT) {
    RandomSamples random(6);
    for (int i = 0; i < 50; ++i) {
        Table blocks;
        std::vector<double> x;
        std::vector<double> y;
        for (int b = 0; b < 5; ++b) {
            blocks.push_back(random.sample(2, random.normal(), 0.3));
            x.push_back(blocks.back()[0]);
            y.push_back(blocks.back()[1]);
        }
        const BlockAnova anova = blockAnova(blocks);
        const StandardizedDifference difference = cohensDPaired(x, y, 0.95);
        expectRelative(anova.f, difference.t * difference.t, 1e-11);
        EXPECT_NEAR(anova.greenhouseGeisser, 1, 1e-12);
        EXPECT_FALSE(anova.huynhFeldt.has_value());
    }
}

TEST(BlockAnova, BlockShiftsDoNotMoveTheCells) {
    RandomSamples random(7);
    Table blocks = random.groups(5, 4, 0);
    const BlockAnova before = blockAnova(blocks);
    for (std::size_t b = 0; b < blocks.size(); ++b) {
        blocks[b] = moved(blocks[b], 1, 3.0 * static_cast<double>(b));
    }
    const BlockAnova after = blockAnova(blocks);
    expectRelative(after.f, before.f, 1e-11);
    expectRelative(after.greenhouseGeisser, before.greenhouseGeisser, 1e-11);
    EXPECT_GT(after.relativeEfficiency, 5);
}

TEST(BlockAnova, PurelyAdditiveTableIsRefused) {
    EXPECT_THROW(blockAnova(Table{{1.1, 1.2, 1.4}, {2.1, 2.2, 2.4}}), std::domain_error);
}

TEST(TwoWayAnova, TypesAgreeOnBalancedData) {
    RandomSamples random(8);
    const Design design = randomDesign(random, 3, 4, 3);
    const FactorialAnova one = twoWayAnova(design.plain(), SumOfSquares::Sequential);
    const FactorialAnova two = twoWayAnova(design.plain(), SumOfSquares::Marginal);
    const FactorialAnova three = twoWayAnova(design.plain(), SumOfSquares::Partial);
    double sum = one.effects[0].ssError;
    for (std::size_t e = 0; e < 3; ++e) {
        expectRelative(two.effects[e].ss, one.effects[e].ss, 1e-12);
        expectRelative(three.effects[e].ss, one.effects[e].ss, 1e-12);
        sum += one.effects[e].ss;
    }
    expectRelative(sum, one.ssTotal, 1e-12);
}

TEST(TwoWayAnova, TypesDifferOnUnbalancedData) {
    RandomSamples random(9);
    Design design = randomDesign(random, 3, 3, 4);
    for (auto* list : {&design.a, &design.b, &design.block}) list->resize(29);
    design.y.resize(29);
    const double one = twoWayAnova(design.plain(), SumOfSquares::Sequential).effects[0].ss;
    const double two = twoWayAnova(design.plain(), SumOfSquares::Marginal).effects[0].ss;
    const double three = twoWayAnova(design.plain(), SumOfSquares::Partial).effects[0].ss;
    EXPECT_GT(std::abs(one - two), 1e-6 * one);
    EXPECT_GT(std::abs(two - three), 1e-6 * one);
}

TEST(TwoWayAnova, BlockedAndWithinSplitTheSameTotal) {
    RandomSamples random(10);
    const Design design = randomDesign(random, 3, 4, 5);
    const FactorialAnova blocked = twoWayBlockAnova(design.blocked());
    const FactorialAnova within = twoWayWithinAnova(design.blocked());
    double errors = 0;
    for (std::size_t e = 0; e < 3; ++e) {
        expectRelative(within.effects[e].ss, blocked.effects[e + 1].ss, 1e-11);
        errors += within.effects[e].ssError;
    }
    expectRelative(errors, blocked.effects[0].ssError, 1e-11);
}

TEST(TwoWayAnova, IncompleteDesignsAreRefused) {
    RandomSamples random(11);
    Design design = randomDesign(random, 2, 3, 2);
    design.y[0] = std::nan("");
    EXPECT_THROW(twoWayAnova(design.plain(), SumOfSquares::Partial), std::domain_error);
    design.y[0] = 1;
    design.a[5] = 7;
    EXPECT_THROW(twoWayAnova(design.plain(), SumOfSquares::Partial), std::domain_error);
    design.a[5] = 1;
    EXPECT_THROW(twoWayBlockAnova(design.plain()), std::domain_error);
    for (auto* list : {&design.a, &design.b, &design.block}) list->pop_back();
    design.y.pop_back();
    EXPECT_THROW(twoWayWithinAnova(design.blocked()), std::domain_error);
}

}  // namespace
}  // namespace stats
