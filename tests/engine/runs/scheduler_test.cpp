// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/runs/scheduler.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <future>
#include <mutex>
#include <semaphore>
#include <set>

#include "engine/runs/timing_pass.h"
#include "tests/engine/runs/fake_trainer.h"
#include "tests/engine/runs/fault_injection.h"

namespace {

using runs::RunStatus;

class SchedulerTest : public testing::Test {
protected:
    SchedulerTest()
        : m_study(*runs::Study::create(m_folder.path() / "e", fake::settings(),
                                       runs::identityOf(*fake::corpus()))) {
        faults::skipSync();
    }
    ~SchedulerTest() override { faults::clear(); }

    std::unique_ptr<runs::Scheduler> scheduler(
        std::size_t lanes, std::int64_t runsPerCohort,
        runs::TimingPolicy timing = runs::TimingPolicy::OnRequest) {
        runs::SchedulerSettings settings;
        settings.lanes.resize(lanes);
        settings.runsPerCohort = runsPerCohort;
        settings.timing = timing;
        return std::make_unique<runs::Scheduler>(m_study, fake::corpus(), m_queue, m_inbox,
                                                 settings, fake::ports(m_behaviour));
    }
    void queueUnfinished() { m_queue->add(m_study.queueItems(m_study.unfinished())); }
    void follow() {
        for (const runs::Event& event : m_inbox->drain()) {
            m_study.apply(event);
            m_seen.push_back(event);
        }
    }
    template <class E>
    std::size_t seen() const {
        return static_cast<std::size_t>(std::count_if(
            m_seen.begin(), m_seen.end(),
            [](const runs::Event& event) { return std::holds_alternative<E>(event); }));
    }

    fake::Folder m_folder;
    runs::Study m_study;
    std::shared_ptr<runs::Queue> m_queue = std::make_shared<runs::Queue>();
    std::shared_ptr<runs::Inbox> m_inbox = std::make_shared<runs::Inbox>();
    std::shared_ptr<fake::Behaviour> m_behaviour = std::make_shared<fake::Behaviour>();
    std::vector<runs::Event> m_seen;
};

TEST_F(SchedulerTest, TwoLanesEmptyTheQueueAndASecondRunTrainsNothing) {
    queueUnfinished();
    {
        const auto lanes = scheduler(2, 2);
        lanes->start();
        lanes->waitUntilIdle();
    }
    follow();
    EXPECT_EQ(m_study.withStatus(RunStatus::Done).size(), 6U);
    EXPECT_EQ(seen<runs::RunFinished>(), 6U);
    EXPECT_EQ(m_behaviour->preflights, 1) << "once per kind of model";
    EXPECT_GE(seen<runs::LaneIdle>(), 1U);
    m_study.rescan();
    EXPECT_EQ(m_study.withStatus(RunStatus::Done).size(), 6U) << "the folders say the same";
    EXPECT_TRUE(m_study.unfinished().empty());
}

TEST_F(SchedulerTest, StopSavesWithinTheStepAndStartContinues) {
    queueUnfinished();
    std::promise<void> reached;
    std::once_flag once;
    std::promise<void> release;
    std::shared_future<void> released = release.get_future().share();
    m_behaviour->afterStep = [&](const training::CohortTrainer& trainer) {
        if (trainer.step() == 5) {
            std::call_once(once, [&] { reached.set_value(); });
            released.wait();
        }
    };
    const auto lanes = scheduler(1, 3);
    lanes->start();
    reached.get_future().wait();
    EXPECT_EQ(lanes->training().size(), 3U);
    lanes->pause();
    release.set_value();
    lanes->stop();
    EXPECT_EQ(lanes->state(), runs::SchedulerState::Stopped);
    follow();
    EXPECT_EQ(m_study.withStatus(RunStatus::Paused).size(), 3U);
    EXPECT_EQ(m_study.runs()[0].step, 5);
    EXPECT_EQ(m_queue->size(), 6U);
    EXPECT_EQ(m_queue->items().front().id, m_study.runs()[0].id) << "back at the head of the queue";
    lanes->start();
    lanes->waitUntilIdle();
    follow();
    EXPECT_EQ(m_study.withStatus(RunStatus::Done).size(), 6U);
}

TEST_F(SchedulerTest, PauseAtTheEndOfTheRunFinishesItFirst) {
    queueUnfinished();
    std::promise<void> reached;
    std::once_flag once;
    std::promise<void> release;
    std::shared_future<void> released = release.get_future().share();
    m_behaviour->afterStep = [&](const training::CohortTrainer&) {
        std::call_once(once, [&] { reached.set_value(); });
        released.wait();
    };
    const auto lanes = scheduler(1, 1);
    lanes->start();
    reached.get_future().wait();
    lanes->pause(runs::PauseAt::EndOfRun);
    release.set_value();
    lanes->waitUntilIdle();
    follow();
    EXPECT_EQ(m_study.withStatus(RunStatus::Done).size(), 1U);
    EXPECT_EQ(m_queue->size(), 5U);
}

TEST_F(SchedulerTest, ARunQueuedWhileLanesIdleIsTrainedAtOnce) {
    const auto lanes = scheduler(1, 1);
    lanes->start();
    lanes->waitUntilIdle();
    m_queue->add(m_study.queueItems(std::vector<runs::RunId>{m_study.runs()[2].id}));
    lanes->waitUntilIdle();
    follow();
    EXPECT_EQ(m_study.runs()[2].status, RunStatus::Done);
}

TEST_F(SchedulerTest, ARetriedRunThatDivergedIsTrainedAnew) {
    m_behaviour->notFiniteAt = {{1, 4}};
    queueUnfinished();
    const auto lanes = scheduler(1, 6);
    lanes->start();
    lanes->waitUntilIdle();
    follow();
    EXPECT_EQ(m_study.withStatus(RunStatus::Diverged).size(), 2U) << "seed 1 of both cells";
    EXPECT_EQ(m_study.withStatus(RunStatus::Done).size(), 4U);
    m_behaviour->notFiniteAt.clear();
    const auto failed = m_study.withStatus(RunStatus::Diverged);
    ASSERT_TRUE(m_study.resetRuns(failed));
    m_queue->add(m_study.queueItems(failed));
    lanes->waitUntilIdle();
    follow();
    EXPECT_EQ(m_study.withStatus(RunStatus::Done).size(), 6U);
    EXPECT_EQ(m_study.metrics(failed[0])->size(), 12U)
        << "the diverged attempt's lines do not count";
}

TEST_F(SchedulerTest, AFullDiskPausesEveryLaneAndKeepsTheQueue) {
    queueUnfinished();
    m_behaviour->afterStep = [](const training::CohortTrainer& trainer) {
        if (trainer.step() == 3) faults::failCall(faults::Call::Write, 1, ENOSPC);
    };
    const auto lanes = scheduler(1, 1);
    lanes->start();
    lanes->waitUntilIdle();
    faults::clear();
    faults::skipSync();
    EXPECT_EQ(lanes->state(), runs::SchedulerState::Stopped);
    EXPECT_EQ(m_queue->size(), 6U);
    follow();
    EXPECT_EQ(m_study.runs()[0].status, RunStatus::Paused);
    EXPECT_NE(m_study.runs()[0].message.find("No space left"), std::string::npos)
        << m_study.runs()[0].message;
    m_behaviour->afterStep = {};
    lanes->start();
    lanes->waitUntilIdle();
    follow();
    EXPECT_EQ(m_study.withStatus(RunStatus::Done).size(), 6U);
}

TEST_F(SchedulerTest, TheTimingPassFollowsTrainingInShuffledRoundsAlone) {
    queueUnfinished();
    std::mutex mutex;
    std::vector<double> order;
    m_behaviour->onTiming = [&](const training::CohortPlan& plan) {
        const std::lock_guard lock(mutex);
        EXPECT_EQ(plan.runs.size(), 1U);
        order.push_back(plan.runs.front().keepRatio);
    };
    const auto lanes = scheduler(2, 1, runs::TimingPolicy::AfterTraining);
    lanes->start();
    lanes->waitUntilIdle();
    EXPECT_EQ(order.size(), 6U) << "two cells, three rounds";
    follow();
    EXPECT_EQ(seen<runs::TimingFinished>(), 1U);
    m_study.rescan();
    const runs::ResultsTable table = m_study.results();
    ASSERT_EQ(table.timing.size(), 2U);
    const runs::CellTiming* timing = table.cellTiming(*table.cell(64, 0.5));
    ASSERT_NE(timing, nullptr);
    EXPECT_EQ(timing->medianMs, 64.0);
    EXPECT_EQ(timing->roundMediansMs.size(), 3U);
    EXPECT_DOUBLE_EQ(timing->tokensPerSecond, 4000.0);
}

TEST_F(SchedulerTest, ACellThatIsPlannedWhileItTrainsIsMeasuredToo) {
    queueUnfinished();
    std::binary_semaphore planned(0);
    std::atomic<bool> waited = false;
    m_behaviour->afterStep = [&](const training::CohortTrainer&) {
        if (!waited.exchange(true)) planned.acquire();
    };
    const auto lanes = scheduler(1, 3, runs::TimingPolicy::AfterTraining);
    lanes->start();
    experiment::GridSettings wider = m_study.settings().grid;
    wider.keepRatios.push_back(0.75);
    ASSERT_TRUE(m_study.changePlan("Test", wider));
    lanes->follow(m_study);
    planned.release();
    lanes->waitUntilIdle();
    m_study.rescan();
    const runs::ResultsTable table = m_study.results();
    EXPECT_NE(table.cellTiming(*table.cell(64, 0.75)), nullptr);
}

TEST(TimingPass, AStoppedPassSavesNothing) {
    const fake::Folder folder;
    auto behaviour = std::make_shared<fake::Behaviour>();
    std::stop_source stop;
    behaviour->onTiming = [&stop](const training::CohortPlan&) { stop.request_stop(); };
    runs::TimingRequest request{
        .experimentFolder = folder.path(),
        .settings = fake::settings(),
        .cells = runs::distinctCells(experiment::plannedRuns(fake::settings()))};
    const auto outcome = runs::timeCells(request, fake::ports(behaviour), fake::corpus(),
                                         stop.get_token(), [](std::int64_t, std::int64_t) {});
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().kind, engine::ErrorKind::Stopped);
    EXPECT_TRUE(runs::readTiming(folder.path())->empty());
}

}  // namespace
