// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/runs/analysis_choices.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>

#include "tests/engine/runs/fake_trainer.h"

namespace {

TEST(AnalysisChoices, AFolderWithoutAFileHasTheProgramsChoices) {
    const fake::Folder folder;
    const auto read = runs::readAnalysisChoices(folder.path());
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(*read, runs::AnalysisChoices{});
}

TEST(AnalysisChoices, WhatIsSavedIsReadBack) {
    const fake::Folder folder;
    const runs::AnalysisChoices choices{.alpha = 0.01,
                                        .confidence = 0.99,
                                        .baselineRatio = 0.25,
                                        .smallestEffect = 0.02,
                                        .statedAt = runs::timeStamp()};
    ASSERT_TRUE(runs::saveAnalysisChoices(folder.path(), choices));
    const auto read = runs::readAnalysisChoices(folder.path());
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(*read, choices);
    EXPECT_EQ(read->statedAt.size(), 20U);
    EXPECT_EQ(read->statedAt.back(), 'Z');
}

TEST(AnalysisChoices, ValuesOutsideTheirRangeAreRefusedByName) {
    const fake::Folder folder;
    runs::AnalysisChoices choices;
    choices.alpha = 0.7;
    const auto refused = runs::saveAnalysisChoices(folder.path(), choices);
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().message.find("alpha is 0.7"), std::string::npos);
    choices = {};
    choices.smallestEffect = std::nan("");
    EXPECT_FALSE(runs::validate(choices));
}

TEST(AnalysisChoices, ADamagedFileIsAnErrorThatNamesIt) {
    const fake::Folder folder;
    std::ofstream(folder.path() / "analysis.json") << "{\"alpha\": 0.05";
    const auto read = runs::readAnalysisChoices(folder.path());
    ASSERT_FALSE(read);
    EXPECT_NE(read.error().message.find("analysis.json"), std::string::npos);
}

}  // namespace
