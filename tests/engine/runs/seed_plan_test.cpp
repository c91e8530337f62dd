// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/runs/seed_plan.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "engine/runs/run_folder.h"
#include "tests/engine/runs/fake_trainer.h"
#include "tests/engine/runs/fault_injection.h"

namespace {

using runs::Study;

class SeedPlan : public testing::Test {
protected:
    void SetUp() override { faults::skipSync(); }
    void TearDown() override { faults::clear(); }

    Study newStudy() {
        auto study = Study::create(m_folder.path() / "e", fake::settings(),
                                   runs::identityOf(*fake::corpus()));
        EXPECT_TRUE(study) << study.error().message;
        return std::move(*study);
    }
    static void finish(const Study& study, const runs::RunId& id) {
        auto writer = runs::RunWriter::open(study.runFolder(id));
        ASSERT_TRUE(writer) << writer.error().message;
        runs::RunResult result;
        result.finalLoss = 2.0;
        result.tokensSeen = 3072;
        result.elapsedSeconds = 6.0;
        result.cohortSize = 2;
        ASSERT_TRUE(writer->saveResult(result));
    }
    static void fail(const Study& study, const runs::RunId& id) {
        auto writer = runs::RunWriter::open(study.runFolder(id));
        ASSERT_TRUE(writer) << writer.error().message;
        ASSERT_TRUE(writer->saveFailure({.message = "out of memory"}));
    }
    static std::set<std::int64_t> seedsOf(const runs::SeedPlan& plan) {
        std::set<std::int64_t> seeds;
        for (const auto& spec : plan.added) seeds.insert(spec.seed);
        return seeds;
    }

    fake::Folder m_folder;
    const std::vector<std::int64_t> m_lengths = {64};
};

TEST_F(SeedPlan, EveryCellGetsTheSameNewSeeds) {
    Study study = newStudy();  // 1 x 2 cells, seeds 1, 2, 3
    for (const auto& run : study.runs()) finish(study, run.id);
    study.rescan();
    const runs::SeedPlan plan = runs::planSeeds(study, m_lengths, 5);
    EXPECT_TRUE(plan.waiting.empty());
    EXPECT_EQ(plan.added.size(), 4U);
    EXPECT_EQ(seedsOf(plan), (std::set<std::int64_t>{4, 5}));
    // 3072 tokens took 6 s of a cohort of two: 3 s of a lane for each of the four runs.
    ASSERT_TRUE(plan.laneSeconds);
    EXPECT_NEAR(*plan.laneSeconds, 12.0, 1e-9);
    EXPECT_EQ(runs::planSeeds(study, m_lengths, 3).runs(), 0U);
}

TEST_F(SeedPlan, PlannedRunsThatAreMissingComeFirst) {
    Study study = newStudy();
    finish(study, study.runs()[0].id);
    study.rescan();
    const runs::SeedPlan plan = runs::planSeeds(study, m_lengths, 4);
    EXPECT_EQ(plan.waiting.size(), 5U);
    EXPECT_EQ(plan.added.size(), 2U);
    EXPECT_EQ(seedsOf(plan), (std::set<std::int64_t>{4}));
}

TEST_F(SeedPlan, ASeedThatFailedInOneCellIsReplacedInAll) {
    Study study = newStudy();
    for (const auto& run : study.runs())
        run.spec.seed == 2 && run.spec.keepRatio == 0.5 ? fail(study, run.id)
                                                        : finish(study, run.id);
    study.rescan();
    const runs::SeedPlan plan = runs::planSeeds(study, m_lengths, 3);
    EXPECT_EQ(plan.added.size(), 2U);
    EXPECT_EQ(seedsOf(plan), (std::set<std::int64_t>{4}));
}

TEST_F(SeedPlan, WithoutAMeasurementThereIsNoPrice) {
    const Study study = newStudy();
    EXPECT_FALSE(runs::planSeeds(study, m_lengths, 3).laneSeconds);
}

}  // namespace
