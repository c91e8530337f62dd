// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/runs/result_summary.h"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/runs/run_json.h"
#include "engine/training/guardian.h"

namespace {

runs::SummaryInput inputWith(const std::vector<double>& losses) {
    runs::SummaryInput input;
    input.spec = {.length = 64, .keepRatio = 0.5, .keep = 32};
    for (std::size_t i = 0; i < losses.size(); ++i) {
        const auto step = static_cast<std::int64_t>(10 * (i + 1));
        input.progress.curve.push_back({step, 100 * step, losses[i], losses[i], 0.5, 1.0});
    }
    input.progress.trainSeconds = 2.0;
    input.final = {2.0, 0.4, 500, {}};
    input.steps = 50;
    input.tokensPerStep = 100;
    input.trainingTokens = 2500;
    return input;
}

TEST(ResultSummary, ComputesTheNumbersOfScienceByHand) {
    const runs::RunResult result = runs::summarise(inputWith({4.0, 3.0, 2.02, 2.01, 2.0}));
    EXPECT_DOUBLE_EQ(result.perplexity, std::exp(2.0));
    EXPECT_DOUBLE_EQ(result.bitsPerByte, 2.0 / std::log(2.0));
    EXPECT_EQ(result.convergenceStep, 30);  // 2.02 <= 1.02 * 2.0
    EXPECT_EQ(result.convergenceTokens, 3000);
    EXPECT_DOUBLE_EQ(result.areaUnderCurve, (3.5 + 2.51 + 2.015 + 2.005) / 4.0);
    EXPECT_DOUBLE_EQ(result.minCurveLoss, 2.0);
    EXPECT_EQ(result.minCurveStep, 50);
    EXPECT_DOUBLE_EQ(result.tokensPerSecond, 2500.0);
    EXPECT_DOUBLE_EQ(result.epochs, 2.0);
    EXPECT_EQ(result.tokensSeen, 5000);
    EXPECT_FALSE(result.fallingSteeply);
    EXPECT_FALSE(result.roseAfterMinimum);
}

TEST(ResultSummary, FlagsALossThatStillFallsOrRose) {
    // Over the last tenth, 45..50 of 50 steps, the first falls by half of 0.1 = 2.5 %.
    EXPECT_TRUE(runs::summarise(inputWith({4.0, 3.0, 2.5, 2.1, 2.0})).fallingSteeply);
    EXPECT_TRUE(runs::summarise(inputWith({4.0, 2.0, 1.9, 1.95, 2.0})).roseAfterMinimum);
    EXPECT_FALSE(runs::summarise(inputWith({4.0, 2.0, 1.99, 1.99, 2.0})).roseAfterMinimum);
}

TEST(ResultSummary, SurvivesItsJsonForm) {
    runs::RunResult result = runs::summarise(inputWith({4.0, 3.0}));
    result.layers = {{0.5, 0.25, 10.0, 0.75}};
    result.areaUnderCurve = std::nan("");
    const auto again = runs::parseResult(runs::toJson(result));
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ(again->curve, result.curve);
    EXPECT_EQ(again->finalLoss, result.finalLoss);
    EXPECT_TRUE(std::isnan(again->areaUnderCurve));
    ASSERT_EQ(again->layers.size(), 1U);
    EXPECT_EQ(again->layers[0].oracleOverlap, 0.75);
    EXPECT_EQ(runs::toJson(*again), runs::toJson(result));
}

TEST(RunJson, DuplicateKeysAndWrongTypesAreErrors) {
    EXPECT_FALSE(runs::parseFailure(
        R"({"status":"failed","status":"failed","exitCode":3,"step":1,"message":""})"));
    EXPECT_FALSE(runs::parseFailure(R"({"status":"failed","exitCode":3,"step":1.5,"message":""})"));
    EXPECT_FALSE(runs::parseResult("{}"));
    EXPECT_FALSE(runs::parseResult("\x01\x02"));
    EXPECT_TRUE(runs::parseFailure(R"({"status":"diverged","exitCode":5,"step":1,"message":""})"));
}

TEST(Guardian, SeesLossesThatAreNotFiniteOrExplode) {
    training::Guardian guardian(0.0, 5.5);
    training::StepReport report;
    report.trainLoss = 5.6;
    EXPECT_FALSE(guardian.verdict(report));
    report.trainLoss = 17.0;  // above 3 x 5.6: five steps in a row
    for (int i = 0; i < 4; ++i) EXPECT_FALSE(guardian.verdict(report));
    EXPECT_TRUE(guardian.verdict(report));
    training::Guardian other(5.6, 5.5);
    report.trainLoss = std::nan("");
    EXPECT_TRUE(other.verdict(report));
    report.trainLoss = 5.0;
    report.gradientNorm = HUGE_VAL;
    EXPECT_TRUE(training::Guardian(5.6, 5.5).verdict(report));
}

}  // namespace
