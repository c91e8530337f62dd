// SPDX-License-Identifier: GPL-3.0-or-later
// Every public function refuses what it cannot use with std::domain_error "function: argument
// rule".
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>
#include <stdexcept>

#include "stats/alpha_spending.h"
#include "stats/anova_block.h"
#include "stats/anova_oneway.h"
#include "stats/anova_twoway.h"
#include "stats/argmin_bootstrap.h"
#include "stats/argmin_trend.h"
#include "stats/bayes_factors.h"
#include "stats/bootstrap_interval.h"
#include "stats/descriptives.h"
#include "stats/distributions.h"
#include "stats/dunnett.h"
#include "stats/effect_size.h"
#include "stats/equivalence.h"
#include "stats/hsu_mcb.h"
#include "stats/jonckheere.h"
#include "stats/max_t_distribution.h"
#include "stats/nemenyi.h"
#include "stats/p_adjust.h"
#include "stats/page.h"
#include "stats/pairwise_t.h"
#include "stats/power.h"
#include "stats/rank_correlation.h"
#include "stats/studentized_range.h"
#include "stats/tukey.h"
#include "tests/stats/function_families.h"
#include "tests/stats/random_samples.h"

namespace stats {
namespace {

using families::Function;
using families::Table;

const double kNan = std::numeric_limits<double>::quiet_NaN();
const double kInf = std::numeric_limits<double>::infinity();

struct Refused {
    std::string function;
    std::string argument;  ///< what the message names
    std::function<void()> call;
};

void expectRefused(const Refused& refused) {
    const std::string what = refused.function + " with a wrong " + refused.argument;
    try {
        refused.call();
        ADD_FAILURE() << what << " was accepted";
    } catch (const std::domain_error& error) {
        const std::string message = error.what();
        EXPECT_TRUE(message.starts_with(refused.function + ": ")) << what << ": " << message;
        EXPECT_NE(message.find(refused.argument), std::string::npos) << what << ": " << message;
        EXPECT_NE(message.find(" must "), std::string::npos) << what << ": " << message;
    }
}

Table sound(std::size_t rows, std::size_t columns) {
    RandomSamples random(201);
    return random.groups(rows, columns, 1);
}

TEST(Refusals, DataThatAreNoNumbersAreNamedByFunctionAndPlace) {
    const auto spoil = [](const std::vector<Function>& functions, std::size_t rows,
                          std::size_t columns) {
        for (const Function& function : functions) {
            for (const double value : {kNan, kInf, -kInf, 1e200}) {
                Table data = sound(rows, columns);
                data[rows - 1][1] = value;
                const bool isTwoWay = function.name.starts_with("twoWay");
                expectRefused(
                    {function.name, isTwoWay ? "y[" : "[1]", [&] { function.call(data); }});
            }
        }
    };
    spoil(families::onGroups(), 4, 3);
    spoil(families::onBlocks(), 3, 4);
    spoil(families::onPairs(), 2, 6);
    spoil(families::onSamples(), 1, 6);
}

TEST(Refusals, TooFewGroupsBlocksOrValuesAreCounted) {
    for (const Function& function : families::onGroups()) {
        const bool isTwoWay = function.name.starts_with("twoWay");
        const bool needsTwo = function.name != "shapiroWilkOfResiduals";
        if (needsTwo) {
            expectRefused(
                {function.name, isTwoWay ? "a" : "groups", [&] { function.call(sound(1, 3)); }});
        }
        Table empty = sound(4, 3);
        empty[1].clear();
        expectRefused({function.name, isTwoWay ? "y" : "groups[1]", [&] { function.call(empty); }});
    }
    for (const Function& function : families::onBlocks()) {
        const bool isTwoWay = function.name.starts_with("twoWay");
        expectRefused(
            {function.name, isTwoWay ? "a" : "blocks", [&] { function.call(sound(3, 1)); }});
        if (isTwoWay) continue;  // its designs are tested with the blocks
        Table ragged = sound(3, 4);
        ragged[1].pop_back();
        expectRefused({function.name, "blocks[1]", [&] { function.call(ragged); }});
    }
    for (const Function& function : families::onPairs()) {
        Table unequal = sound(2, 4);
        unequal[1].clear();
        expectRefused({function.name, "y", [&] { function.call(unequal); }});
    }
    for (const Function& function : families::onSamples())
        expectRefused({function.name, "values", [&] { function.call({{}}); }});
}

TEST(Refusals, LevelsOutsideTheUnitIntervalAreNamed) {
    const Table groups = sound(3, 4);
    const Table blocks = sound(4, 3);
    const std::vector<double>& x = groups[0];
    const std::vector<double>& y = groups[1];
    const std::vector<double> times{0.5, 1};
    const BootstrapPlan plan;
    for (const double level : {0.0, 1.0, -0.1, 95.0, kNan}) {
        const std::vector<Refused> all{
            {"oneWayAnova", "conf", [&] { oneWayAnova(groups, level); }},
            {"describe", "conf", [&] { describe(x, level); }},
            {"bootstrapIntervals", "conf",
             [&] {
                 bootstrapMean(x, {level, 200, 1});
             }},
            {"cohensD", "conf", [&] { cohensD(x, y, level); }},
            {"cohensDPaired", "conf", [&] { cohensDPaired(x, y, level); }},
            {"tukeyHsd", "alpha", [&] { tukeyHsd(groups, level); }},
            {"tukeyHsdOnBlocks", "alpha", [&] { tukeyHsdOnBlocks(blocks, level); }},
            {"gamesHowell", "alpha", [&] { gamesHowell(groups, level); }},
            {"pairwiseTPooled", "confidence", [&] { pairwiseTPooled(groups, level); }},
            {"pairwiseTWelch", "confidence", [&] { pairwiseTWelch(groups, level); }},
            {"pairwiseTPaired", "confidence", [&] { pairwiseTPaired(blocks, level); }},
            {"dunnett", "alpha", [&] { dunnett(groups, 0, Sides::Two, level); }},
            {"dunnettOnBlocks", "alpha", [&] { dunnettOnBlocks(blocks, 0, Sides::Two, level); }},
            {"hsuMcb", "alpha", [&] { hsuMcb(groups, Best::Smallest, level); }},
            {"hsuMcbOnBlocks", "alpha", [&] { hsuMcbOnBlocks(blocks, Best::Smallest, level); }},
            {"nemenyi", "alpha", [&] { nemenyi(blocks, level); }},
            {"tostIndependent", "alpha", [&] { tostIndependent(x, y, -1, 1, level); }},
            {"tostPaired", "alpha", [&] { tostPaired(x, y, -1, 1, level); }},
            {"alphaSpending", "alpha",
             [&] { alphaSpending(times, level, LookSides::Two, Spending::Pocock); }},
            {"powerAnova", "alpha", [&] { powerAnova(3, 5, 0.25, level); }},
            {"powerAnovaWithin", "alpha", [&] { powerAnovaWithin({}, 0.25, level); }},
            {"powerFactorial", "alpha", [&] { powerFactorial(2, 6, 30, 0.25, level); }},
            {"powerTwoSample", "alpha", [&] { powerTwoSample(5, 5, 1, level, Sides::Two); }},
            {"powerPaired", "alpha", [&] { powerPaired(5, 1, level, Sides::Two); }},
            {"sampleSizeAnova", "power", [&] { sampleSizeAnova(3, 0.25, 0.05, level); }},
            {"sampleSizeTwoSample", "power",
             [&] { sampleSizeTwoSample(1, 0.05, level, Sides::Two); }},
            {"sampleSizePaired", "power", [&] { sampleSizePaired(1, 0.05, level, Sides::Two); }},
            {"detectableF", "power", [&] { detectableF(3, 5, 0.05, level); }},
            {"detectableDTwoSample", "power", [&] { detectableDTwoSample(5, 0.05, level); }},
            {"detectableDPaired", "power", [&] { detectableDPaired(5, 0.05, level); }},
        };
        for (const Refused& refused : all) expectRefused(refused);
    }
}

TEST(Refusals, DistributionsNameTheirArgument) {
    const std::vector<Refused> all{
        {"normalCdf", "z", [] { normalCdf(kNan); }},
        {"normalSf", "z", [] { normalSf(kNan); }},
        {"normalQuantile", "p", [] { normalQuantile(-0.1); }},
        {"normalQuantileUpper", "p", [] { normalQuantileUpper(1.1); }},
        {"studentTCdf", "t", [] { studentTCdf(kNan, 3); }},
        {"studentTSf", "df", [] { studentTSf(1, 0); }},
        {"studentTTwoSided", "df", [] { studentTTwoSided(1, -1); }},
        {"studentTQuantile", "p", [] { studentTQuantile(2, 3); }},
        {"studentTQuantileUpper", "df", [] { studentTQuantileUpper(0.1, kNan); }},
        {"fisherFCdf", "x", [] { fisherFCdf(kNan, 2, 3); }},
        {"fisherFSf", "df1", [] { fisherFSf(1, 0, 3); }},
        {"fisherFQuantile", "p", [] { fisherFQuantile(-1, 2, 3); }},
        {"fisherFQuantileUpper", "df2", [] { fisherFQuantileUpper(0.1, 2, 0); }},
        {"chiSquaredCdf", "x", [] { chiSquaredCdf(kNan, 2); }},
        {"chiSquaredSf", "df", [] { chiSquaredSf(1, 0); }},
        {"chiSquaredQuantile", "p", [] { chiSquaredQuantile(1.5, 3); }},
        {"chiSquaredQuantileUpper", "p", [] { chiSquaredQuantileUpper(kNan, 3); }},
        {"noncentralTCdf", "ncp", [] { noncentralTCdf(1, 3, kInf); }},
        {"noncentralTSf", "df", [] { noncentralTSf(1, 0, 1); }},
        {"noncentralTFindNcp", "p", [] { noncentralTFindNcp(1, 3, 0); }},
        {"noncentralFCdf", "ncp", [] { noncentralFCdf(1, 2, 3, -1); }},
        {"noncentralFSf", "df1", [] { noncentralFSf(1, -2, 3, 1); }},
        {"noncentralFFindNcp", "p", [] { noncentralFFindNcp(1, 2, 3, 1); }},
        {"studentizedRangeCdf", "groups", [] { studentizedRangeCdf(3, 51, 10); }},
        {"studentizedRangeSf", "df", [] { studentizedRangeSf(3, 4, 0); }},
        {"studentizedRangeQuantileUpper", "p", [] { studentizedRangeQuantileUpper(1.5, 4, 5); }},
        {"studentizedRangeQuantileLower", "p", [] { studentizedRangeQuantileLower(kNan, 4, 5); }},
        {"MaxTDistribution", "loadings", [] { MaxTDistribution({}, 5, Sides::Two); }},
        {"MaxTDistribution", "df", [] { MaxTDistribution({0.7}, 0, Sides::Two); }},
        {"MaxTDistribution", "sides", [] { MaxTDistribution({0.7}, 5, Sides::Less); }},
    };
    for (const Refused& refused : all) expectRefused(refused);
}

/// Power and sample sizes: designs and effects that cannot be.
std::vector<Refused> refusedPowers() {
    return {
        {"powerAnova", "groups", [] { powerAnova(1, 5, 0.25, 0.05); }},
        {"powerAnova", "n", [] { powerAnova(3, 1, 0.25, 0.05); }},
        {"powerAnova", "n", [] { powerAnova(3, kInf, 0.25, 0.05); }},
        {"powerAnovaWithin", "blocks",
         [] {
             powerAnovaWithin({3, kInf, 0, 1}, 0.25, 0.05);
         }},
        {"powerFactorial", "runs", [] { powerFactorial(2, 6, kInf, 0.25, 0.05); }},
        {"sampleSizeAnova", "effect", [] { sampleSizeAnova(3, 1e-9, 0.05, 0.8); }},
        {"sampleSizePaired", "effect", [] { sampleSizePaired(1e-9, 0.05, 0.8, Sides::Two); }},
        {"powerAnova", "f", [] { powerAnova(3, 5, -0.25, 0.05); }},
        {"powerAnovaWithin", "rho",
         [] {
             powerAnovaWithin({3, 5, 1, 1}, 0.25, 0.05);
         }},
        {"powerAnovaWithin", "epsilon",
         [] {
             powerAnovaWithin({3, 5, 0, 2}, 0.25, 0.05);
         }},
        {"powerFactorial", "runs", [] { powerFactorial(2, 6, 6, 0.25, 0.05); }},
        {"powerTwoSample", "n1", [] { powerTwoSample(0, 5, 1, 0.05, Sides::Two); }},
        {"powerPaired", "n", [] { powerPaired(1, 1, 0.05, Sides::Two); }},
        {"powerPaired", "d", [] { powerPaired(5, kNan, 0.05, Sides::Two); }},
        {"sampleSizeTwoSample", "d", [] { sampleSizeTwoSample(0, 0.05, 0.8, Sides::Two); }},
        {"sampleSizePaired", "d", [] { sampleSizePaired(-1, 0.05, 0.8, Sides::Greater); }},
    };
}

TEST(Refusals, EveryOtherArgumentIsNamed) {
    const Table groups = sound(3, 4);
    const std::vector<double> p{0.2, 1.2};
    const std::vector<double> backward{0.5, 0.4};
    const std::vector<double> late{0.5, 1.5};
    const std::vector<Refused> all{
        {"dunnett", "control", [&] { dunnett(groups, 3, Sides::Two, 0.05); }},
        {"dunnettOnBlocks", "control", [&] { dunnettOnBlocks(groups, 4, Sides::Two, 0.05); }},
        {"adjustP", "p must", [&] { adjustP(p, Adjustment::Holm); }},
        {"quantile", "p", [&] { quantile(groups[0], 1.1); }},
        {"bootstrapIntervals", "resamples",
         [&] {
             bootstrapMean(groups[0], {0.9, 10, 1});
         }},
        {"tostIndependent", "low", [&] { tostIndependent(groups[0], groups[1], 1, -1, 0.05); }},
        {"tostPaired", "low", [&] { tostPaired(groups[0], groups[1], 1, 1, 0.05); }},
        {"alphaSpending", "times",
         [&] { alphaSpending(backward, 0.05, LookSides::Two, Spending::Pocock); }},
        {"alphaSpending", "times",
         [&] { alphaSpending(late, 0.05, LookSides::One, Spending::Pocock); }},
        {"alphaSpending", "times",
         [&] { alphaSpending({}, 0.05, LookSides::One, Spending::Pocock); }},
        {"bayesFactorTwoSample", "n1 and n2", [] { bayesFactorTwoSample(1, 1, 1, 0.7); }},
        {"bayesFactorTwoSample", "t", [] { bayesFactorTwoSample(kNan, 5, 5, 0.7); }},
        {"bayesFactorOneSample", "scale", [] { bayesFactorOneSample(1, 5, 0); }},
        {"bayesFactorAnova", "k", [] { bayesFactorAnova(1, 5, 1, 0.5); }},
        {"bayesFactorTwoSample", "n1", [] { bayesFactorTwoSample(1, kInf, 5, 0.7); }},
        {"bayesFactorOneSample", "n", [] { bayesFactorOneSample(1, kInf, 0.7); }},
        {"bayesFactorAnova", "n", [] { bayesFactorAnova(1, kInf, 3, 0.5); }},
        {"bayesFactorAnova", "f", [] { bayesFactorAnova(-1, 5, 3, 0.5); }},
        {"hedgesCorrection", "df", [] { hedgesCorrection(0.5); }},
        {"jonckheereNullSf", "sizes",
         [] {
             jonckheereNullSf({3, 0});
         }},
        {"pageNullSf", "cells", [] { pageNullSf(1, 3, 5); }},
        {"spearmanNullCdf", "n", [] { spearmanNullCdf(15); }},
        {"kendallNullCdf", "n", [] { kendallNullCdf(101); }},
        {"argminTrend", "seeds", [] { argminTrend({}); }},
        {"argminTrend", "rows",
         [] {
             argminTrend({{1, 2}, {1}});
         }},
        {"bootstrapArgmin", "resamples",
         [] { bootstrapArgmin(sound(12, 3), {.exactUpTo = 1, .resamples = 0}); }},
    };
    for (const Refused& refused : all) expectRefused(refused);
    for (const Refused& refused : refusedPowers()) expectRefused(refused);
}

}  // namespace
}  // namespace stats
