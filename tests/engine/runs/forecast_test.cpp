// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/runs/forecast.h"

#include <gtest/gtest.h>

#include "engine/runs/run_folder.h"
#include "tests/engine/runs/fake_trainer.h"
#include "tests/engine/runs/fault_injection.h"

namespace {

using runs::RunId;
using runs::Study;

/// Six runs of 12 steps: two ratios, three seeds; the first is done and took `seconds`.
class ForecastTest : public testing::Test {
protected:
    void SetUp() override { faults::skipSync(); }
    void TearDown() override { faults::clear(); }

    Study study(double seconds, std::int64_t stacked) {
        auto made = Study::create(m_folder.path() / "e", fake::settings(),
                                  runs::identityOf(*fake::corpus()));
        EXPECT_TRUE(made) << made.error().message;
        runs::RunResult result;
        result.steps = 12;
        result.tokensSeen = 12 * experiment::batchSequences(made->settings().training, 64) *
                            made->runs()[0].spec.length;
        result.elapsedSeconds = seconds;
        result.cohortSize = stacked;
        made->apply(runs::RunFinished{made->runs()[0].id, result});
        return std::move(*made);
    }
    static std::vector<runs::QueueItem> waiting(const Study& study) {
        std::vector<RunId> ids;
        for (std::size_t at = 1; at < study.runs().size(); ++at) ids.push_back(study.runs()[at].id);
        return study.queueItems(ids);
    }
    fake::Folder m_folder;
};

TEST_F(ForecastTest, OneLaneTrainsOneRunAfterTheOther) {
    const Study made = study(6.0, 1);
    auto items = waiting(made);
    items[1].hold = runs::Hold::Held;
    const auto known = runs::forecast(made, items, {1, 1});
    EXPECT_NEAR(*known.at(items[0].id).endsIn, 6.0, 1e-9);
    EXPECT_FALSE(known.at(items[1].id).endsIn) << "held";
    EXPECT_NEAR(*known.at(items[1].id).secondsLeft, 6.0, 1e-9);
    EXPECT_NEAR(*known.at(items[2].id).endsIn, 12.0, 1e-9);
    EXPECT_NEAR(*known.at(items[4].id).endsIn, 24.0, 1e-9);
}

TEST_F(ForecastTest, LanesShareTheQueueAndStackedRunsEndTogether) {
    const Study made = study(6.0, 2);  // 3 s of lane time each
    const auto items = waiting(made);
    const auto lanes = runs::forecast(made, items, {2, 1});
    EXPECT_NEAR(*lanes.at(items[0].id).endsIn, 3.0, 1e-9);
    EXPECT_NEAR(*lanes.at(items[1].id).endsIn, 3.0, 1e-9);
    EXPECT_NEAR(*lanes.at(items[4].id).endsIn, 9.0, 1e-9);
    const auto stacked = runs::forecast(made, items, {1, 3});
    EXPECT_NEAR(*stacked.at(items[0].id).endsIn, 9.0, 1e-9);
    EXPECT_NEAR(*stacked.at(items[2].id).endsIn, 9.0, 1e-9);
    EXPECT_NEAR(*stacked.at(items[3].id).endsIn, 15.0, 1e-9);
}

TEST_F(ForecastTest, ARunInTrainingHasItsOwnPaceAndKeepsItsLane) {
    Study made = study(6.0, 1);
    const auto items = waiting(made);
    made.apply(runs::RunStarted{items[0].id, 0, 12, 1, 0, "cpu"});
    runs::MetricPoint point;
    point.step = 3;
    point.elapsedSeconds = 6.0;  // slower than the finished run: 2 s a step
    made.apply(runs::StepProgress{items[0].id, point, 12, 0});
    const std::vector<runs::QueueItem> rest(items.begin() + 1, items.end());
    const auto known = runs::forecast(made, rest, {1, 1});
    EXPECT_NEAR(*known.at(items[0].id).secondsLeft, 18.0, 1e-9);
    EXPECT_GT(*known.at(items[1].id).endsIn, 18.0);
}

TEST_F(ForecastTest, ARunThatWasPausedBeforeAnyWasDoneTellsTheCost) {
    auto made =
        Study::create(m_folder.path() / "e", fake::settings(), runs::identityOf(*fake::corpus()));
    ASSERT_TRUE(made);
    const auto items = waiting(*made);
    const RunId paused = made->runs()[0].id;
    made->apply(runs::RunStarted{paused, 0, 12, 2, 0, "cpu"});
    runs::MetricPoint point;
    point.step = 3;
    point.tokens = 3 * experiment::batchSequences(made->settings().training, 64) * 64;
    point.elapsedSeconds = 6.0;  // of two runs: 1 s a step each
    made->apply(runs::StepProgress{paused, point, 12, 0});
    made->apply(runs::RunPaused{paused, 3});
    const auto known = runs::forecast(*made, items, {1, 1});
    EXPECT_NEAR(*known.at(items[0].id).secondsLeft, 12.0, 1e-9);
    EXPECT_NEAR(*made->progress(1).secondsLeft, 5 * 12.0 + 9.0, 1e-9);
}

TEST_F(ForecastTest, SaysNothingBeforeTheFirstMeasurement) {
    auto made =
        Study::create(m_folder.path() / "e", fake::settings(), runs::identityOf(*fake::corpus()));
    ASSERT_TRUE(made);
    const auto items = waiting(*made);
    const auto known = runs::forecast(*made, items, {1, 1});
    EXPECT_FALSE(known.at(items[0].id).endsIn);
    EXPECT_FALSE(known.at(items[0].id).secondsLeft);
}

}  // namespace
