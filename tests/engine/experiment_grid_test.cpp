// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <string>

#include "engine/experiment/settings.h"

namespace {

using namespace experiment;

TEST(KeepCount, IsTheFloorOfLengthTimesRatio) {
    // floor(L r), by hand.
    EXPECT_EQ(keepCount(64, 0.25), 16);
    EXPECT_EQ(keepCount(64, 0.33), 21);
    EXPECT_EQ(keepCount(64, 0.5), 32);
    EXPECT_EQ(keepCount(64, 0.67), 42);
    EXPECT_EQ(keepCount(64, 0.75), 48);
    EXPECT_EQ(keepCount(64, 0.9), 57);
}

TEST(KeepCount, BinaryRoundingLosesNoToken) {
    EXPECT_LT(0.29 * 100, 29.0) << "the trap needs a product that rounds down";
    EXPECT_EQ(keepCount(100, 0.29), 29);
    for (int percent = 1; percent <= 100; ++percent)
        EXPECT_EQ(keepCount(100, percent / 100.0), percent);
}

TEST(KeepCount, KeepsAtLeastOneToken) {
    EXPECT_EQ(keepCount(1, 0.25), 1);
    EXPECT_EQ(keepCount(64, 0.001), 1);
}

TEST(PairsKept, EqualsTheSumOverQueries) {
    for (const std::int64_t length : {1, 2, 7, 64, 1024}) {
        for (const std::int64_t keep : {1L, 2L, 5L, 32L, 512L, 5000L}) {
            double kept = 0.0;
            for (std::int64_t t = 0; t < length; ++t)
                kept += static_cast<double>(std::min(keep, t + 1));
            const double pairs = static_cast<double>(length * (length + 1)) / 2.0;
            EXPECT_DOUBLE_EQ(pairsKept(length, keep), kept / pairs) << length << " " << keep;
        }
    }
}

TEST(PairsKept, HalfTheTokensAreThreeQuartersOfThePairs) {
    EXPECT_NEAR(pairsKept(1024, 512), 0.75, 5e-4);  // by hand
}

TEST(BatchSequences, TokensAreSharedOutOverSequences) {
    TrainingSettings training;
    training.batchUnit = BatchUnit::Tokens;
    training.batch = 1024;
    EXPECT_EQ(batchSequences(training, 64), 16);
    EXPECT_EQ(batchSequences(training, 1024), 1);
    EXPECT_EQ(batchSequences(training, 4096), 1) << "never an empty batch";
    training.batchUnit = BatchUnit::Sequences;
    training.batch = 32;
    EXPECT_EQ(batchSequences(training, 4096), 32);
}

TEST(PlannedRuns, TheStatedGridHasThirtyCellsAndNinetyRuns) {
    const ExperimentSettings settings;
    const auto runs = plannedRuns(settings);
    ASSERT_EQ(runs.size(), 90U);
    std::set<std::pair<std::int64_t, std::int64_t>> cells;
    for (const auto& run : runs) {
        cells.emplace(run.length, run.keep);
        EXPECT_EQ(run.keep, keepCount(run.length, run.keepRatio));
        EXPECT_EQ(run.attention, AttentionKind::Sparse);
    }
    EXPECT_EQ(cells.size(), 30U);
}

TEST(PlannedRuns, TheDenseReferenceIsAColumnOfItsOwnAtTheEndOfEachRow) {
    ExperimentSettings settings;
    settings.grid.lengths = {64, 128};
    settings.grid.keepRatios = {0.25, 0.5};
    settings.grid.seeds = {42, 43};
    settings.grid.denseReference = true;
    const auto runs = plannedRuns(settings);
    ASSERT_EQ(runs.size(), 12U);
    EXPECT_EQ(runs[0].seed, 42);
    EXPECT_EQ(runs[1].seed, 43);
    EXPECT_EQ(runs[4].attention, AttentionKind::Dense);
    EXPECT_EQ(runs[4].keep, 64);
    EXPECT_EQ(runs[6].length, 128);
}

TEST(Names, OfSelectorsAreThoseOfTheScience) {
    EXPECT_STREQ(name(Selector::Aligned), "aligned");
    EXPECT_STREQ(name(Selector::Frozen), "frozen");
    EXPECT_STREQ(name(Selector::Oracle), "oracle");
    EXPECT_STREQ(name(Selector::Local), "local");
    EXPECT_STREQ(name(Selector::Random), "random");
}

}  // namespace
