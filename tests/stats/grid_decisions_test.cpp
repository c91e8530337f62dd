// SPDX-License-Identifier: GPL-3.0-or-later
// What a grid analysis tells its reader to do next: seeds needed, answers, residuals.
#include <gtest/gtest.h>

#include <cmath>

#include "stats/bayes_factors.h"
#include "stats/grid_analysis.h"
#include "stats/power.h"

namespace stats {
namespace {

/// Two lengths, four ratios; losses are 2 + 0.01 |ratio - optimum| and a pattern between seeds.
GridTable smallGrid(std::size_t seeds, double noise = 0.004) {
    std::vector<std::int64_t> names;
    for (std::size_t s = 0; s < seeds; ++s) names.push_back(42 + static_cast<std::int64_t>(s));
    GridTable table = GridTable::planned({64, 128}, {0.25, 0.5, 0.75, 0.9}, names);
    for (std::size_t l = 0; l < 2; ++l)
        for (std::size_t r = 0; r < 4; ++r)
            for (std::size_t s = 0; s < seeds; ++s) {
                const double wave = std::sin(static_cast<double>(7 * s + 3 * r + 11 * l));
                const double optimum = l == 0 ? 2 : 1;
                table.at(l, r, s) = {
                    RunState::Done,
                    2 + 0.01 * std::abs(static_cast<double>(r) - optimum) + noise * wave};
            }
    return table;
}

TEST(GridDecisions, SeedsForAMediumEffectAreThoseOfThePowerFunction) {
    const auto analysis = analyseGrid(smallGrid(3), {});
    const auto& seeds = analysis.perLength[0].seeds;
    ASSERT_TRUE(seeds) << seeds.whyNot;
    EXPECT_EQ(seeds->now, 3U);
    EXPECT_EQ(static_cast<double>(seeds->needed), sampleSizeAnova(4, 0.25, 0.05, 0.8).n);
    EXPECT_EQ(seeds->more(), seeds->needed - 3);
}

TEST(GridDecisions, AStatedEffectIsPlannedForWithTheSpreadOfTheBlockModel) {
    GridAnalysisOptions options;
    options.smallestEffect = 0.004;
    const auto analysis = analyseGrid(smallGrid(4), options);
    const LengthAnalysis& length = analysis.perLength[0];
    ASSERT_TRUE(length.seeds) << length.seeds.whyNot;
    const double dz = 0.004 / std::sqrt(2 * length.blocked->msError);
    EXPECT_EQ(static_cast<double>(length.seeds->needed),
              sampleSizePaired(dz, 0.05 / 3, 0.8, Sides::Two).n);
    options.smallestEffect = 0.5;
    EXPECT_EQ(analyseGrid(smallGrid(4), options).perLength[0].seeds->more(), 0U)
        << "far larger than the spread: the present seeds are enough";
}

TEST(GridDecisions, AFallInEverySeedNeedsFewMoreSeedsAndNoneWithoutAFall) {
    ArgminTrend trend;
    trend.statistic = 4;
    trend.mean = 5;
    trend.variance = 1;  // z = 1 with four seeds; 80 % power at 5 % one-sided needs z = 2.486
    const auto seeds = seedsToShowFall(trend, 4, {});
    ASSERT_TRUE(seeds) << seeds.whyNot;
    EXPECT_EQ(seeds->needed, 25U);  // 4 x 2.486^2 = 24.7
    trend.statistic = 6;
    EXPECT_FALSE(seedsToShowFall(trend, 4, {}));
    EXPECT_FALSE(seedsToShowFall(trend, 4, {}).whyNot.empty());
}

TEST(GridDecisions, AnUndecidedContrastSaysHowManySeedsItNeeds) {
    GridAnalysisOptions options;
    options.smallestEffect = 0.01;
    const auto seeds = seedsForContrast(0.001, 0.02, 5, options);
    ASSERT_TRUE(seeds);
    EXPECT_EQ(static_cast<double>(seeds->needed), sampleSizePaired(0.5, 0.05, 0.8, Sides::Two).n);
    options.smallestEffect.reset();
    const auto observed = seedsForContrast(0.001, 0.2, 5, options);
    EXPECT_FALSE(observed) << "an effect of 0.005 sd needs over 1000 seeds";
    EXPECT_NE(observed.whyNot.find("1000"), std::string::npos);
}

TEST(GridDecisions, ResidualsAreTheLossesAboutTheirCellMeansInOrder) {
    const GridTable table = smallGrid(3);
    const auto analysis = analyseGrid(table, {});
    const auto& plot = analysis.perLength[1].residuals;
    ASSERT_TRUE(plot) << plot.whyNot;
    ASSERT_EQ(plot->points.size(), 12U);
    double sum = 0;
    for (std::size_t i = 0; i < plot->points.size(); ++i) {
        const ResidualPoint& point = plot->points[i];
        const double loss =
            table.at(1, point.ratio, static_cast<std::size_t>(point.seed - 42)).loss;
        EXPECT_NEAR(point.residual, loss - *analysis.perLength[1].cells[point.ratio].mean, 1e-15);
        sum += point.residual;
        if (i == 0) continue;
        EXPECT_LE(plot->points[i - 1].residual, point.residual);
        EXPECT_LT(plot->points[i - 1].quantile, point.quantile);
    }
    EXPECT_NEAR(sum, 0, 1e-13);
    EXPECT_GT(plot->slope, 0);
}

TEST(GridDecisions, BonferroniIntervalsExcludeZeroExactlyWherePIsBelowAlpha) {
    for (const double noise : {0.002, 0.006, 0.02}) {
        const auto analysis = analyseGrid(smallGrid(5, noise), {});
        for (const LengthAnalysis& length : analysis.perLength) {
            for (const auto* pairs : {&length.pooledT, &length.welchT, &length.pairedT}) {
                ASSERT_TRUE(*pairs);
                for (std::size_t i = 0; i < (*pairs)->bonferroni.size(); ++i) {
                    const Interval& interval = (*pairs)->bonferroniIntervals[i];
                    EXPECT_EQ(interval.lower > 0 || interval.upper < 0,
                              (*pairs)->bonferroni[i] < 0.05);
                }
            }
        }
    }
}

TEST(GridDecisions, ASeedThatOnlySomeCellsHaveIsNotMissedInTheOthers) {
    GridTable table = smallGrid(4);
    for (std::size_t r = 0; r < 4; ++r) table.at(1, r, 3).state = RunState::Unplanned;
    const auto analysis = analyseGrid(table, {});
    EXPECT_FALSE(analysis.interim);
    EXPECT_EQ(analysis.counts.planned, 28U);
    EXPECT_EQ(analysis.perLength[1].cells[0].planned, 3U);
    EXPECT_EQ(analysis.perLength[0].blocked->blocks, 4U);
    EXPECT_EQ(analysis.perLength[1].blocked->blocks, 3U);
}

TEST(GridDecisions, AnswersNameRatioIntervalRivalsTestAlphaAndRuns) {
    const auto analysis = analyseGrid(smallGrid(3, 0.012), {});
    const std::string& answer = analysis.perLength[0].answer;
    for (const char* part : {"L 64: k/L ", " ± ", "nats/token", "Hsu", "α 0.05", "n = 3"})
        EXPECT_NE(answer.find(part), std::string::npos) << part << " in: " << answer;
    for (const char* part : {"L 64", "L 128", "α 0.05", "n = 3"})
        EXPECT_NE(analysis.answer.find(part), std::string::npos) << part << ": " << analysis.answer;
    EXPECT_EQ(analysis.fallingAnswer.rfind("Falling optimum: ", 0), 0U) << analysis.fallingAnswer;
}

TEST(GridDecisions, ASmallMarginIsNotRoundedToNothing) {
    const auto analysis = analyseGrid(smallGrid(3, 1e-5), {});
    EXPECT_EQ(analysis.perLength[0].answer.find("± 0.000 "), std::string::npos)
        << analysis.perLength[0].answer;
}

TEST(GridDecisions, BeforeAnyResultThePlanSaysWhatWillBeLearnt) {
    const auto analysis =
        analyseGrid(GridTable::planned({64, 128}, {0.25, 0.5, 0.75}, {42, 43, 44}), {});
    EXPECT_TRUE(analysis.answer.empty());
    for (const char* part : {"3 keep ratios", "2 lengths", "18 runs", "3 seeds", "80 % power"})
        EXPECT_NE(analysis.plan.find(part), std::string::npos) << part << " in: " << analysis.plan;
}

TEST(GridDecisions, TheEdgeOfTheGridIsTold) {
    GridTable table = smallGrid(3, 0.0001);
    EXPECT_FALSE(analyseGrid(table, {}).perLength[0].bestOnEdge);
    for (std::size_t s = 0; s < 3; ++s) table.at(0, 3, s).loss -= 1;
    const auto analysis = analyseGrid(table, {});
    EXPECT_TRUE(analysis.perLength[0].bestOnEdge);
    EXPECT_NE(analysis.perLength[0].answer.find("edge of the grid"), std::string::npos);
}

TEST(GridDecisions, EvidenceIsGradedBothWays) {
    EXPECT_EQ(evidenceInWords({1, 0}), "barely any evidence for no difference");
    EXPECT_EQ(evidenceInWords({5, std::log(5)}), "moderate evidence for a difference");
    EXPECT_EQ(evidenceInWords({0.05, std::log(0.05)}), "strong evidence for no difference");
    EXPECT_EQ(evidenceInWords({1e5, std::log(1e5)}), "extreme evidence for a difference");
}

}  // namespace
}  // namespace stats
