// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/runs/run_difference.h"

#include <gtest/gtest.h>

#include "engine/experiment/presets.h"
#include "engine/experiment/settings_json.h"

namespace {

runs::RunDescription described() {
    const experiment::ExperimentSettings settings = *experiment::preset("quick");
    runs::RunDescription run;
    run.spec = experiment::plannedRuns(settings).front();
    run.settingsJson = experiment::toJson(settings);
    run.environment = "2 cores";
    run.corpusSha256 = "aa";
    run.engineVersion = "0.1.0";
    run.device = "cpu";
    run.cohort = {"a"};
    return run;
}

TEST(RunDifference, OfARunWithItselfIsNothing) {
    const auto found = runs::differences(described(), described());
    ASSERT_TRUE(found);
    EXPECT_TRUE(found->empty());
}

TEST(RunDifference, NamesCellSettingsAndMachine) {
    const runs::RunDescription left = described();
    runs::RunDescription right = described();
    right.spec.seed = 44;
    right.device = "cuda:0";
    experiment::ExperimentSettings settings = *experiment::preset("quick");
    settings.training.learningRate = 3e-3;
    settings.grid.seeds = {42, 43, 44, 45};  // of other runs: says nothing about these two
    right.settingsJson = experiment::toJson(settings);
    const auto found = runs::differences(left, right);
    ASSERT_TRUE(found);
    const std::vector<experiment::SettingDifference> expected = {
        {"run.seed", "42", "44"},
        {"machine.device", "cpu", "cuda:0"},
        {"training.learningRate", "0.004", "0.003"}};
    EXPECT_EQ(*found, expected);
}

TEST(RunDifference, UnreadableSettingsAreAnError) {
    runs::RunDescription broken = described();
    broken.settingsJson = "{";
    EXPECT_FALSE(runs::differences(described(), broken));
    EXPECT_FALSE(runs::differences(broken, described()));
}

}  // namespace
