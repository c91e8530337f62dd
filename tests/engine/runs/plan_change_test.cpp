// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/runs/plan_change.h"

#include <gtest/gtest.h>

#include "engine/runs/run_folder.h"
#include "tests/engine/runs/fake_trainer.h"
#include "tests/engine/runs/fault_injection.h"

namespace {

using runs::Study;
using runs::StudyPlan;

class PlanChangeTest : public testing::Test {
protected:
    void SetUp() override { faults::skipSync(); }
    void TearDown() override { faults::clear(); }
    Study study() {
        auto made = Study::create(m_folder.path() / "e", fake::settings(),
                                  runs::identityOf(*fake::corpus()));
        EXPECT_TRUE(made) << made.error().message;
        return std::move(*made);
    }
    static void finish(Study& study, const runs::RunId& id) {
        auto writer = runs::RunWriter::open(study.runFolder(id));
        ASSERT_TRUE(writer) << writer.error().message;
        runs::RunResult result;
        result.finalLoss = 2.0;
        result.steps = 12;
        result.tokensSeen = 12 * 64;
        result.elapsedSeconds = 6.0;
        ASSERT_TRUE(writer->saveResult(result));
    }
    fake::Folder m_folder;
};

TEST_F(PlanChangeTest, CountsWhatALengthAddsAndWhatItCosts) {
    const Study made = study();
    StudyPlan wanted = runs::planOf(made);
    wanted.grid.lengths.push_back(128);
    auto change = runs::compare(made, wanted);
    ASSERT_TRUE(change) << change.error().message;
    EXPECT_EQ(change->added.size(), 6U);
    EXPECT_TRUE(change->removed.empty());
    EXPECT_FALSE(change->laneSeconds) << "nothing was measured yet";
    EXPECT_TRUE(runs::compare(made, runs::planOf(made))->added.empty());
}

TEST_F(PlanChangeTest, ARunThatLeftThePlanComesBackWithItsResult) {
    Study made = study();
    finish(made, made.runs()[0].id);
    made.rescan();
    const StudyPlan before = runs::planOf(made);
    StudyPlan wanted = before;
    wanted.grid.seeds.erase(wanted.grid.seeds.begin());
    const auto change = runs::compare(made, wanted);
    ASSERT_TRUE(change);
    EXPECT_EQ(change->removed.size(), 2U);
    EXPECT_EQ(change->removedDone, 1);
    ASSERT_TRUE(made.setPlan("e", wanted.grid, wanted.added));
    EXPECT_TRUE(made.withStatus(runs::RunStatus::Done).empty());
    const auto back = runs::compare(made, before);
    ASSERT_TRUE(back);
    EXPECT_EQ(back->addedDone, 1);
    ASSERT_TRUE(made.setPlan("e", before.grid, before.added));
    made.rescan();
    EXPECT_EQ(made.withStatus(runs::RunStatus::Done).size(), 1U) << "its folder was kept";
}

TEST_F(PlanChangeTest, RunsAddedByHandStayWithTheirCell) {
    Study made = study();
    experiment::RunSpec extra = made.runs()[0].spec;
    extra.seed = 99;
    ASSERT_TRUE(made.addRuns({extra}));
    experiment::GridSettings grid = made.settings().grid;
    grid.lengths.push_back(128);
    EXPECT_EQ(runs::withGrid(runs::planOf(made), grid).added.size(), 1U);
    grid.keepRatios.erase(grid.keepRatios.begin());
    const StudyPlan without = runs::withGrid(runs::planOf(made), grid);
    EXPECT_TRUE(without.added.empty());
    EXPECT_EQ(runs::compare(made, without)->removed.size(), 4U);
}

TEST_F(PlanChangeTest, NamesTheKeyTheValueAndTheRange) {
    const Study made = study();
    StudyPlan wanted = runs::planOf(made);
    wanted.grid.keepRatios = {0.5, 1.5};
    const auto change = runs::compare(made, wanted);
    ASSERT_FALSE(change);
    EXPECT_NE(change.error().message.find("grid.keepRatios is 1.5"), std::string::npos);
    EXPECT_NE(change.error().message.find("at most 1"), std::string::npos);
}

}  // namespace
