// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/experiment/batch_command.h"

#include <gtest/gtest.h>

#include <cstdio>

#include "app/command_line.h"
#include "app/study_settings.h"
#include "engine/experiment/added_runs.h"
#include "engine/experiment/presets.h"

namespace {

using experiment::ExperimentSettings;

ExperimentSettings presetOf(const char* name) {
    auto settings = experiment::preset(name);
    EXPECT_TRUE(settings);
    return *settings;
}

/// What /bin/sh makes of a line: one argument each.
std::vector<std::string> splitByShell(const std::string& line) {
    const std::string command =
        "set -- " + line + "; for a in \"$@\"; do printf '%s\\0' \"$a\"; done";
    std::vector<std::string> arguments(1);
    FILE* const shell = ::popen(command.c_str(), "r");
    for (int c = std::fgetc(shell); c != EOF; c = std::fgetc(shell)) {
        if (c == '\0') {
            arguments.emplace_back();
        } else {
            arguments.back() += static_cast<char>(c);
        }
    }
    EXPECT_EQ(::pclose(shell), 0);
    arguments.pop_back();
    return arguments;
}

app::CommandLine parsed(const std::string& line) {
    const std::vector<std::string> arguments = splitByShell(line);
    std::vector<const char*> argv;
    for (const std::string& argument : arguments) argv.push_back(argument.c_str());
    const auto result = app::parseCommandLine(static_cast<int>(argv.size()), argv.data());
    if (!result) {
        ADD_FAILURE() << result.error().message << ": " << line;
        return {};
    }
    return *result;
}

ExperimentSettings readBack(const ExperimentSettings& settings, const std::string& folder = "dir") {
    const std::string line =
        experiment::shellLine(experiment::batchArguments({.folder = folder}, settings));
    const app::CommandLine command = parsed(line);
    EXPECT_EQ(command.action, app::Action::Batch) << line;
    EXPECT_EQ(command.experiment, folder) << line;
    const auto read = app::newSettings(command);
    if (!read) {
        ADD_FAILURE() << read.error().message << ": " << line;
        return {};
    }
    return *read;
}

TEST(BatchCommand, OfEveryPresetGivesItsSettingsBack) {
    for (const auto& each : experiment::presets()) {
        const ExperimentSettings settings = presetOf(std::string(each.name).c_str());
        EXPECT_EQ(readBack(settings), settings) << each.name;
    }
}

TEST(BatchCommand, SaysOnlyWhatThePresetDoesNot) {
    const auto arguments = experiment::batchArguments({.folder = "dir"}, presetOf("quick"));
    EXPECT_EQ(experiment::shellLine(arguments),
              "sparsity-workbench --batch --experiment dir --preset quick");
}

TEST(BatchCommand, GivesEverySettingBack) {
    ExperimentSettings settings = presetOf("quick");
    settings.name = "It's \"mine\" & $HOME `x` \\ é";
    settings.model.layers = 3;
    settings.training.learningRate = 1.0 / 3.0;
    settings.training.precision = experiment::Precision::Bf16;
    settings.training.budgetUnit = experiment::BudgetUnit::Epochs;
    settings.data.kind = experiment::CorpusKind::File;
    settings.data.path = "/tmp/my texts/it's one.txt";
    settings.data.validationShare = 0.2;
    settings.grid.lengths = {32, 96};
    settings.grid.keepRatios = {0.1, 1.0 / 3.0, 0.9};
    settings.grid.seeds = {7};
    settings.grid.selector = experiment::Selector::Oracle;
    settings.grid.denseReference = true;
    EXPECT_EQ(readBack(settings, "/tmp/o'neill/study 1"), settings);
}

TEST(BatchCommand, CarriesTheRunsThatWerePlannedBesidesTheGrid) {
    ExperimentSettings settings = presetOf("quick");
    settings.grid.keepRatios = {0.25, 1.0 / 3.0};
    settings.grid.denseReference = true;
    std::vector<experiment::RunSpec> added = experiment::plannedRuns(settings);
    for (experiment::RunSpec& run : added) run.seed = 1000;
    const app::CommandLine line = parsed(
        experiment::shellLine(experiment::batchArguments({.folder = "dir"}, settings, added)));
    const auto read = experiment::addedRuns(line.addedRuns, settings.grid);
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(*read, added);
    added.front().learningRateFactor = 0.5;  // has no name
    EXPECT_EQ(experiment::addedRunNames(added, settings.grid).size(), added.size() - 1);
}

TEST(AddedRuns, WrongNamesAreToldWithTheRemedy) {
    const experiment::GridSettings grid = presetOf("quick").grid;
    for (const auto& [name, words] :
         {std::pair("64", "64:0.5:45"), std::pair("64:0.5", "L:k/L:seed"),
          std::pair("64:0.5:x", "L:k/L:seed"), std::pair("64:0.5:-1", "L:k/L:seed"),
          std::pair("65:0.5:45", "--lengths"), std::pair("64:0.51:45", "--ratios"),
          std::pair("64:dense:45", "--dense-reference")}) {
        const std::vector<std::string> names = {name};
        const auto read = experiment::addedRuns(names, grid);
        ASSERT_FALSE(read) << name;
        EXPECT_EQ(read.error().kind, engine::ErrorKind::Usage);
        EXPECT_NE(read.error().message.find(name), std::string::npos) << read.error().message;
        EXPECT_NE(read.error().message.find(words), std::string::npos) << read.error().message;
    }
}

TEST(BatchCommand, SwitchesADenseReferenceOfThePresetOff) {
    ExperimentSettings settings = presetOf("lagged-copy");
    ASSERT_TRUE(settings.grid.denseReference);
    settings.grid.denseReference = false;
    EXPECT_EQ(readBack(settings), settings);
}

TEST(BatchCommand, CarriesDeviceAndLanes) {
    const app::CommandLine line = parsed(experiment::shellLine(experiment::batchArguments(
        {.program = "/opt/my tools/workbench", .folder = "d", .device = "cuda:1", .lanes = 3},
        presetOf("smoke"))));
    EXPECT_EQ(line.device, "cuda:1");
    EXPECT_EQ(line.lanes, 3);
}

TEST(BatchCommand, OfARunPlansThatRun) {
    ExperimentSettings settings = presetOf("quick");
    settings.grid.denseReference = true;
    for (const experiment::RunSpec& run : experiment::plannedRuns(settings)) {
        const auto planned =
            experiment::plannedRuns(readBack(experiment::settingsOfRun(settings, run)));
        const bool dense = run.attention == experiment::AttentionKind::Dense;
        ASSERT_EQ(planned.size(), dense ? 2U : 1U);
        EXPECT_EQ(planned.back(), run);
    }
}

TEST(BatchCommand, OfARunWithAnotherLearningRateTrainsWithThatRate) {
    const ExperimentSettings settings = presetOf("quick");
    experiment::RunSpec run = experiment::plannedRuns(settings).front();
    run.learningRateFactor = 0.5;
    EXPECT_EQ(readBack(experiment::settingsOfRun(settings, run)).training.learningRate,
              0.5 * settings.training.learningRate);
}

TEST(BatchCommand, ContinuesTheExperimentThatItDescribes) {
    ExperimentSettings stored = presetOf("quick");
    stored.name = "Mine";
    stored.training.budget = 50;
    const app::CommandLine line =
        parsed(experiment::shellLine(experiment::batchArguments({.folder = "dir"}, stored)));
    const auto grid = app::widenedGrid(line, stored);
    ASSERT_TRUE(grid) << grid.error().message;
    EXPECT_EQ(*grid, stored.grid);
}

TEST(ShellLine, QuotesWhatTheShellWouldRead) {
    const std::vector<std::string> arguments = {
        "plain-1.0", "", "two words", "it's", "$(x) `y`", "a\nb", "*", "~", "#no", "{\"a\": 1}"};
    EXPECT_EQ(splitByShell(experiment::shellLine(arguments)), arguments);
}

TEST(InlineSettings, AreJsonThatBeginsWithABrace) {
    const app::CommandLine line = parsed(
        "sparsity-workbench --batch --experiment d --settings '{\"training\": {\"budget\": 50}}'");
    const auto settings = app::newSettings(line);
    ASSERT_TRUE(settings) << settings.error().message;
    EXPECT_EQ(settings->training.budget, 50.0);
    const auto wrong = app::newSettings(
        parsed("sparsity-workbench --batch --experiment d --settings '{\"trainin\": 1}'"));
    ASSERT_FALSE(wrong);
    EXPECT_NE(wrong.error().message.find("--settings"), std::string::npos);
    EXPECT_NE(wrong.error().message.find("trainin"), std::string::npos);
}

}  // namespace
