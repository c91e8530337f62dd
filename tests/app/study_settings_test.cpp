// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/study_settings.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "engine/experiment/presets.h"
#include "engine/experiment/settings_difference.h"
#include "tests/engine/runs/fake_trainer.h"

namespace {

using app::CommandLine;
using experiment::ExperimentSettings;

void expectMentions(const std::string& text, std::initializer_list<const char*> words) {
    for (const char* word : words)
        EXPECT_NE(text.find(word), std::string::npos) << word << ": " << text;
}

ExperimentSettings quick() {
    return *experiment::preset("quick");
}

TEST(NewSettings, AreTheQuickPresetUnlessSomethingElseIsAskedFor) {
    const auto settings = app::newSettings(CommandLine{});
    ASSERT_TRUE(settings);
    EXPECT_EQ(*settings, quick());
}

TEST(NewSettings, FlagsWinOverFileAndFileOverPreset) {
    const fake::Folder folder;
    const auto path = folder.path() / "settings.json";
    std::ofstream(path)
        << R"({"training": {"budget": 99, "learningRate": 0.5}, "grid": {"lengths": [32]}})";
    CommandLine line;
    line.preset = "smoke";
    line.settingsFile = path.string();
    line.lengths = {64};
    line.precision = experiment::Precision::Bf16;
    const auto settings = app::newSettings(line);
    ASSERT_TRUE(settings) << settings.error().message;
    ExperimentSettings expected = *experiment::preset("smoke");
    expected.training.budget = 99;
    expected.training.learningRate = 0.5;
    expected.training.precision = experiment::Precision::Bf16;
    expected.grid.lengths = {64};
    EXPECT_EQ(*settings, expected);
}

TEST(NewSettings, RunsAreSeedsThatContinue) {
    CommandLine line;
    line.runs = 5;
    EXPECT_EQ(app::newSettings(line)->grid.seeds, (std::vector<std::int64_t>{42, 43, 44, 45, 46}));
    line.runs = 2;
    EXPECT_EQ(app::newSettings(line)->grid.seeds, (std::vector<std::int64_t>{42, 43}));
}

TEST(NewSettings, OwnDataAreBytes) {
    CommandLine line;
    line.preset = "lagged-copy";
    line.data = "text.txt";
    const auto settings = app::newSettings(line);
    ASSERT_TRUE(settings) << settings.error().message;
    EXPECT_EQ(settings->data.kind, experiment::CorpusKind::File);
    EXPECT_TRUE(std::filesystem::path(settings->data.path).is_absolute());
    EXPECT_EQ(settings->model.vocabulary, 256);
}

TEST(NewSettings, WrongValuesAreUsageErrorsThatNameThem) {
    CommandLine line;
    line.keepRatios = {0.5, 1.5};
    auto settings = app::newSettings(line);
    ASSERT_FALSE(settings);
    EXPECT_EQ(settings.error().kind, engine::ErrorKind::Usage);
    expectMentions(settings.error().message, {"grid.keepRatios", "1.5", "allowed"});
    CommandLine withLengths;
    withLengths.lengths = {0};
    expectMentions(app::newSettings(withLengths).error().message, {"grid.lengths", "0"});
    CommandLine withPreset;
    withPreset.preset = "huge";
    expectMentions(app::newSettings(withPreset).error().message, {"huge", "paper", "quick"});
    CommandLine withFile;
    withFile.settingsFile = "/nowhere/settings.json";
    settings = app::newSettings(withFile);
    ASSERT_FALSE(settings);
    EXPECT_EQ(settings.error().kind, engine::ErrorKind::Usage);
    expectMentions(settings.error().message, {"/nowhere/settings.json"});
}

TEST(WidenedGrid, TheSameCommandChangesNothing) {
    CommandLine line;
    line.preset = "quick";
    const auto grid = app::widenedGrid(line, quick());
    ASSERT_TRUE(grid) << grid.error().message;
    EXPECT_EQ(*grid, quick().grid);
    EXPECT_EQ(*app::widenedGrid(CommandLine{}, quick()), quick().grid);
}

TEST(WidenedGrid, LevelsMayBeAdded) {
    CommandLine line;
    line.lengths = {2048, 64, 128, 256, 512, 1024};
    line.runs = 4;
    line.denseReference = true;
    ExperimentSettings stored = quick();
    stored.training.batch = 2048;
    const auto grid = app::widenedGrid(line, stored);
    ASSERT_TRUE(grid) << grid.error().message;
    EXPECT_EQ(grid->lengths, (std::vector<std::int64_t>{64, 128, 256, 512, 1024, 2048}));
    EXPECT_EQ(grid->seeds, (std::vector<std::int64_t>{42, 43, 44, 45}));
    EXPECT_EQ(grid->keepRatios, stored.grid.keepRatios);
    EXPECT_TRUE(grid->denseReference);
}

TEST(WidenedGrid, LevelsAreNeverDropped) {
    CommandLine line;
    line.lengths = {64};
    auto grid = app::widenedGrid(line, quick());
    ASSERT_FALSE(grid);
    expectMentions(grid.error().message, {"grid.lengths", "--lengths"});
    CommandLine withRuns;
    withRuns.runs = 2;
    expectMentions(app::widenedGrid(withRuns, quick()).error().message, {"grid.seeds", "--runs"});
    CommandLine withRatios;
    withRatios.keepRatios = {0.5};
    expectMentions(app::widenedGrid(withRatios, quick()).error().message,
                   {"grid.keepRatios", "--ratios"});
}

TEST(WidenedGrid, AnyOtherDifferenceIsNamedWithBothValues) {
    CommandLine line;
    line.preset = "paper";
    expectMentions(app::widenedGrid(line, quick()).error().message, {"preset", "quick", "paper"});
    CommandLine withPrecision;
    withPrecision.precision = experiment::Precision::Bf16;
    expectMentions(app::widenedGrid(withPrecision, quick()).error().message,
                   {"training.precision", "fp32", "bf16"});
    CommandLine withSelector;
    withSelector.selector = experiment::Selector::Local;
    const auto grid = app::widenedGrid(withSelector, quick());
    ASSERT_FALSE(grid);
    EXPECT_EQ(grid.error().kind, engine::ErrorKind::Usage);
    expectMentions(grid.error().message, {"grid.selector", "aligned", "local"});
}

TEST(Differences, NameTheSettingsThatDiffer) {
    ExperimentSettings left = quick();
    ExperimentSettings right = left;
    EXPECT_TRUE(experiment::differences(left, right).empty());
    right.training.learningRate = 0.5;
    right.grid.seeds = {1, 2};
    const auto found = experiment::differences(left, right);
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0], (experiment::SettingDifference{"training.learningRate", "0.004", "0.5"}));
    EXPECT_EQ(found[1], (experiment::SettingDifference{"grid.seeds", "42,43,44", "1,2"}));
}

}  // namespace
