// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <fstream>

#include "engine/training/cohort_runner.h"
#include "tests/engine/runs/fake_trainer.h"
#include "tests/engine/runs/fault_injection.h"

namespace {

namespace fs = std::filesystem;
using runs::RunId;
using runs::RunStatus;

/// One experiment, its plan as queue items and a lane without a thread.
struct Bench {
    fake::Folder folder;
    std::shared_ptr<fake::Behaviour> behaviour = std::make_shared<fake::Behaviour>();
    runs::Study study;
    training::LaneContext context;

    Bench()
        : study(*runs::Study::create(folder.path() / "e", fake::settings(),
                                     runs::identityOf(*fake::corpus()))) {
        faults::skipSync();
        context.runsFolder = study.folder() / "runs";
        context.settings = study.settings();
        context.corpus = fake::corpus();
        context.ports = fake::ports(behaviour);
        context.gates = [this](const training::CohortPlan& plan) {
            return context.ports.preflight(plan, *context.corpus);
        };
        context.inbox = std::make_shared<runs::Inbox>();
        context.cancelled = std::make_shared<runs::CancelList>();
        context.environment = "test";
    }
    ~Bench() { faults::clear(); }

    std::vector<runs::QueueItem> items(std::size_t count) const {
        std::vector<RunId> ids;
        for (std::size_t i = 0; i < count; ++i) ids.push_back(study.runs()[i].id);
        return study.queueItems(ids);
    }
    training::CohortOutcome train(std::vector<runs::QueueItem> runs) {
        return training::CohortRunner(context).run(std::move(runs), stop.get_token());
    }
    /// Stops at this step, whatever trains.
    void stopAt(std::int64_t step) {
        stop = std::stop_source();
        behaviour->afterStep = [this, step](const training::CohortTrainer& trainer) {
            if (trainer.step() == step) stop.request_stop();
        };
    }
    void letRun() {
        stop = std::stop_source();
        behaviour->afterStep = {};
    }
    training::RunState state(std::size_t run) const {
        auto checkpoint =
            runs::loadCheckpoint(study.runFolder(study.runs()[run].id), runs::Generation::Newest);
        EXPECT_TRUE(checkpoint) << checkpoint.error().message;
        return checkpoint->state;
    }
    RunStatus status(std::size_t run) const {
        return runs::readRunFolder(study.runFolder(study.runs()[run].id)).status;
    }
    runs::RunResult result(std::size_t run) const {
        return runs::readRunFolder(study.runFolder(study.runs()[run].id)).result.value();
    }

    std::stop_source stop;
};

void expectSame(const training::RunState& a, const training::RunState& b) {
    EXPECT_EQ(a.step, b.step);
    ASSERT_EQ(a.tensors.size(), b.tensors.size());
    for (std::size_t i = 0; i < a.tensors.size(); ++i) {
        EXPECT_EQ(a.tensors[i].name, b.tensors[i].name);
        EXPECT_EQ(a.tensors[i].bytes, b.tensors[i].bytes) << a.tensors[i].name;
    }
}

TEST(Cohort, TrainsToResultsWithEverythingThatARunRecords) {
    Bench bench;
    EXPECT_EQ(bench.train(bench.items(3)).finished, 3U);
    for (std::size_t run = 0; run < 3; ++run) {
        const runs::RunResult result = bench.result(run);
        EXPECT_EQ(result.steps, 12);
        EXPECT_EQ(result.cohortSize, 3);
        EXPECT_EQ(result.keep, 16);
        EXPECT_EQ(result.validationTokens, 500);
        EXPECT_EQ(result.curveTokens, 256);
        ASSERT_EQ(result.curve.size(), 4U);
        EXPECT_EQ(result.curve.front().step, 3);
        EXPECT_EQ(result.curve.back().step, 12);
        EXPECT_EQ(result.tokensSeen, 12 * 256);
        EXPECT_EQ(result.layers.size(), 1U);
        EXPECT_EQ(result.peakBytes, 3000);
        const auto metrics = bench.study.metrics(bench.study.runs()[run].id);
        ASSERT_EQ(metrics->size(), 12U);
        EXPECT_TRUE(metrics->back().validationLoss.has_value());
        EXPECT_EQ(bench.study.inspect(bench.study.runs()[run].id).description->cohort.size(), 3U);
        EXPECT_EQ(bench.state(run).tensors.size(), 1U) << "a finished run keeps no moments";
    }
}

TEST(Cohort, AStoppedCohortResumesToTheSameBitsAtEveryStep) {
    Bench straight;
    straight.train(straight.items(3));
    for (const std::int64_t step : {1, 2, 3, 6, 11, 12}) {
        Bench resumed;
        resumed.stopAt(step);
        const training::CohortOutcome stopped = resumed.train(resumed.items(3));
        resumed.letRun();
        if (step < 12) {
            ASSERT_EQ(stopped.unfinished.size(), 3U);
            EXPECT_EQ(resumed.status(0), RunStatus::Paused);
            EXPECT_EQ(resumed.state(0).step, step);
            EXPECT_EQ(resumed.train(stopped.unfinished).finished, 3U);
        }
        for (std::size_t run = 0; run < 3; ++run) {
            expectSame(resumed.state(run), straight.state(run));
            EXPECT_EQ(resumed.result(run).finalLoss, straight.result(run).finalLoss);
            ASSERT_EQ(resumed.result(run).curve.size(), 4U);
            EXPECT_EQ(resumed.result(run).curve[1].validationLoss,
                      straight.result(run).curve[1].validationLoss);
            EXPECT_EQ(resumed.study.metrics(resumed.study.runs()[run].id)->size(), 12U);
        }
    }
}

TEST(Cohort, TheMomentsBelongToTheCheckpoint) {
    // The fake trainer's weights depend on its moments: a resume with weights alone must differ.
    Bench bench;
    bench.stopAt(6);
    bench.train(bench.items(1));
    training::RunState half = bench.state(0);
    const std::vector<std::byte> moments = half.tensors[1].bytes;
    EXPECT_NE(moments, std::vector<std::byte>(moments.size()));
}

TEST(Cohort, CancellingOneRunLeavesTheOthersUndisturbed) {
    Bench alone;
    alone.train(alone.items(1));
    Bench bench;
    bench.behaviour->afterStep = [&bench](const training::CohortTrainer& trainer) {
        if (trainer.step() == 5) bench.context.cancelled->add(bench.study.runs()[1].id);
    };
    const training::CohortOutcome outcome = bench.train(bench.items(3));
    EXPECT_EQ(outcome.finished, 2U);
    EXPECT_TRUE(outcome.unfinished.empty()) << "a cancelled run is not queued again";
    EXPECT_EQ(bench.status(1), RunStatus::Paused);
    EXPECT_EQ(bench.state(1).step, 5);
    EXPECT_NEAR(bench.result(0).finalLoss, alone.result(0).finalLoss, 1e-3);
    EXPECT_EQ(bench.result(2).steps, 12);
    bench.letRun();
    std::vector<runs::QueueItem> cancelled = {bench.items(3)[1]};
    EXPECT_EQ(bench.train(cancelled).finished, 1U);
    EXPECT_EQ(bench.behaviour->cohortSizes, (std::vector<std::size_t>{3, 1}));
}

TEST(Cohort, ADivergedRunLeavesWithItsReasonAndTheOthersFinish) {
    Bench bench;
    bench.behaviour->notFiniteAt = {{2, 7}};
    EXPECT_EQ(bench.train(bench.items(3)).finished, 2U);
    const runs::RunFolderState state =
        runs::readRunFolder(bench.study.runFolder(bench.study.runs()[1].id));
    EXPECT_EQ(state.status, RunStatus::Diverged);
    EXPECT_EQ(state.step, 7);
    EXPECT_EQ(state.failure->exitCode, 5);
    EXPECT_NE(state.message.find("not finite"), std::string::npos);
    EXPECT_EQ(bench.state(1).step, 7) << "it leaves a checkpoint";
}

TEST(Cohort, OutOfMemoryStacksFewerRunsAndFailsOnlyWhatDoesNotFitAlone) {
    Bench bench;
    bench.behaviour->mostStacked = 2;
    EXPECT_EQ(bench.train(bench.items(3)).finished, 3U);
    EXPECT_EQ(bench.behaviour->cohortSizes, (std::vector<std::size_t>{3, 1, 2}));
    Bench none;
    none.behaviour->mostStacked = 0;
    EXPECT_EQ(none.train(none.items(2)).finished, 0U);
    EXPECT_EQ(none.status(0), RunStatus::Failed);
    EXPECT_EQ(runs::readRunFolder(none.study.runFolder(none.study.runs()[0].id)).failure->exitCode,
              4);
}

TEST(Cohort, AFailedGateStopsTheRunWithItsReason) {
    Bench bench;
    bench.behaviour->failingGate = "sparse, aligned";
    EXPECT_EQ(bench.train(bench.items(1)).finished, 0U);
    const runs::RunFolderState state =
        runs::readRunFolder(bench.study.runFolder(bench.study.runs()[0].id));
    EXPECT_EQ(state.status, RunStatus::Failed);
    EXPECT_NE(state.message.find("future leak"), std::string::npos) << state.message;
    EXPECT_TRUE(bench.behaviour->cohortSizes.empty()) << "no trainer was made";
}

TEST(Cohort, ADamagedCheckpointIsFoundAndThePreviousOneGivesTheSameBits) {
    Bench straight;
    straight.train(straight.items(1));
    Bench bench;
    bench.stopAt(6);
    auto stopped = bench.train(bench.items(1));
    bench.letRun();
    const fs::path path =
        bench.study.runFolder(bench.study.runs()[0].id) / "checkpoint.safetensors";
    {
        std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(-3, std::ios::end);
        file.put('\x5a');
    }
    EXPECT_EQ(bench.train(stopped.unfinished).finished, 1U);
    expectSame(bench.state(0), straight.state(0));
    bool told = false;
    for (const runs::Event& event : bench.context.inbox->drain()) {
        const auto* message = std::get_if<runs::Message>(&event);
        told = told || (message != nullptr && message->text.find("damaged") != std::string::npos);
    }
    EXPECT_TRUE(told);
    EXPECT_TRUE(fs::exists(path.string() + ".old-1"));
}

TEST(Cohort, AFullDiskStopsTrainingWithoutLosingWhatWasSaved) {
    Bench bench;
    bench.behaviour->afterStep = [](const training::CohortTrainer& trainer) {
        if (trainer.step() == 5)
            faults::failCall(faults::Call::Write, 2, ENOSPC);  // after the metrics line
    };
    const training::CohortOutcome outcome = bench.train(bench.items(1));
    faults::clear();
    faults::skipSync();
    ASSERT_TRUE(outcome.fatal.has_value());
    EXPECT_EQ(outcome.fatal->kind, engine::ErrorKind::Io);
    ASSERT_EQ(outcome.unfinished.size(), 1U);
    EXPECT_EQ(bench.status(0), RunStatus::Paused);
    EXPECT_EQ(bench.state(0).step, 4);
    bench.letRun();
    EXPECT_EQ(bench.train(outcome.unfinished).finished, 1U);
    Bench straight;
    straight.train(straight.items(1));
    expectSame(bench.state(0), straight.state(0));
}

TEST(Cohort, ARunThatAnotherWriterTookOverLeavesTheCohort) {
    Bench bench;
    bench.behaviour->afterStep = [&bench](const training::CohortTrainer& trainer) {
        if (trainer.step() != 4) return;
        const fs::path folder = bench.study.runFolder(bench.study.runs()[0].id);
        std::ofstream(folder / "attempt-2") << "x";
    };
    EXPECT_EQ(bench.train(bench.items(2)).finished, 1U);
    EXPECT_EQ(bench.status(1), RunStatus::Done);
    EXPECT_NE(bench.status(0), RunStatus::Done);
    EXPECT_EQ(bench.state(0).step, 3);
}

TEST(Cohort, StragglersContinueAloneFromTheirOwnCheckpoints) {
    Bench bench;
    bench.stopAt(4);
    auto first = bench.train({bench.items(2)[0]});
    bench.stopAt(8);
    auto second = bench.train({bench.items(2)[1]});
    bench.letRun();
    bench.behaviour->cohortSizes.clear();
    EXPECT_EQ(bench.train({first.unfinished[0], second.unfinished[0], bench.items(3)[2]}).finished,
              3U);
    EXPECT_EQ(bench.behaviour->cohortSizes, (std::vector<std::size_t>{1, 1, 1}));
}

}  // namespace
