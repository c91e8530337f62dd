// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/runs/run_folder.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <thread>

#include "engine/runs/run_identity.h"
#include "tests/engine/runs/fake_trainer.h"

namespace {

namespace fs = std::filesystem;
using runs::RunStatus;

training::RunState stateAt(std::int64_t step) {
    training::StateTensor weight{
        "w", training::ElementType::Float32, {1}, std::vector<std::byte>(4)};
    training::StateTensor moment = weight;
    moment.name = "optimizer.first.w";
    return {step, {weight, moment}};
}

void write(const fs::path& path, const std::string& text) {
    std::ofstream(path, std::ios::binary) << text;
}

/// Makes the newest attempt look like one of another machine that gave no sign of life for an hour.
void abandonFromElsewhere(const fs::path& folder, int attempt) {
    const fs::path note = folder / ("attempt-" + std::to_string(attempt));
    write(note, "other-host\nother-boot/pid:[1]\n1\n1\n");
    const timespec old[2] = {{::time(nullptr) - 3600, 0}, {::time(nullptr) - 3600, 0}};
    ::utimensat(AT_FDCWD, note.c_str(), old, 0);
}

TEST(RunFolder, GoesFromEmptyOverPausedToDone) {
    const fake::Folder folder;
    const fs::path run = folder.path() / "runs" / "L0064-k016" / "42-abc";
    EXPECT_EQ(runs::readRunFolder(run).status, RunStatus::Empty);
    auto writer = runs::RunWriter::open(run);
    ASSERT_TRUE(writer) << writer.error().message;
    EXPECT_EQ(runs::readRunFolder(run).status, RunStatus::RunningElsewhere);
    ASSERT_TRUE(writer->saveCheckpoint(stateAt(5), {"a", "b"}, {}));
    writer->release();
    const runs::RunFolderState paused = runs::readRunFolder(run);
    EXPECT_EQ(paused.status, RunStatus::Paused);
    EXPECT_EQ(paused.step, 5);
    auto again = runs::RunWriter::open(run);
    ASSERT_TRUE(again);
    EXPECT_EQ(again->attempt(), 2);
    runs::RunResult result;
    result.finalLoss = 1.25;
    result.steps = 9;
    ASSERT_TRUE(again->saveResult(result));
    const runs::RunFolderState done = runs::readRunFolder(run);
    EXPECT_EQ(done.status, RunStatus::Done);
    EXPECT_EQ(done.result->finalLoss, 1.25);
}

TEST(RunFolder, OnlyOneOfManyThreadsGetsTheRun) {
    const fake::Folder folder;
    std::atomic<int> winners{0}, losers{0};
    std::vector<std::optional<runs::RunWriter>> writers(8);
    {
        std::vector<std::jthread> threads;
        for (auto& slot : writers) {
            threads.emplace_back([&] {
                auto writer = runs::RunWriter::open(folder.path() / "run");
                if (writer) slot.emplace(std::move(*writer));
                ++(writer ? winners : losers);
            });
        }
    }
    EXPECT_EQ(winners, 1);
    EXPECT_EQ(losers, 7);
}

TEST(RunFolder, ALiveProcessKeepsItsRunAndADeadOneLosesIt) {
    const fake::Folder folder;
    int ready[2], finish[2];
    ASSERT_EQ(::pipe(ready), 0);
    ASSERT_EQ(::pipe(finish), 0);
    const pid_t child = ::fork();
    if (child == 0) {
        auto writer = runs::RunWriter::open(folder.path() / "run");
        char byte = writer ? 'y' : 'n';
        (void)!::write(ready[1], &byte, 1);
        (void)!::read(finish[0], &byte, 1);
        ::_exit(0);  // without releasing
    }
    char byte = 0;
    ASSERT_EQ(::read(ready[0], &byte, 1), 1);
    ASSERT_EQ(byte, 'y');
    const runs::RunFolderState state = runs::readRunFolder(folder.path() / "run");
    EXPECT_EQ(state.status, RunStatus::RunningElsewhere);
    EXPECT_NE(state.message.find(std::to_string(child)), std::string::npos) << state.message;
    const auto refused = runs::RunWriter::open(folder.path() / "run");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, engine::ErrorKind::Superseded);
    ASSERT_EQ(::write(finish[1], &byte, 1), 1);
    siginfo_t ended{};
    ASSERT_EQ(::waitid(P_PID, static_cast<id_t>(child), &ended, WEXITED | WNOWAIT), 0);
    EXPECT_EQ(runs::readRunFolder(folder.path() / "run").status, RunStatus::Empty)
        << "an entry in the process table that waits for its parent trains nothing";
    ::waitpid(child, nullptr, 0);
    EXPECT_EQ(runs::readRunFolder(folder.path() / "run").status, RunStatus::Empty);
    EXPECT_TRUE(runs::RunWriter::open(folder.path() / "run"));
}

TEST(RunFolder, AWriterThatWasTakenOverSavesNothingMore) {
    const fake::Folder folder;
    const fs::path run = folder.path() / "run";
    auto slow = runs::RunWriter::open(run);
    ASSERT_TRUE(slow);
    ASSERT_TRUE(slow->beginMetrics(0));
    ASSERT_TRUE(slow->saveCheckpoint(stateAt(3), {"a"}, {}));
    abandonFromElsewhere(run, 1);
    auto successor = runs::RunWriter::open(run);
    ASSERT_TRUE(successor) << successor.error().message;
    ASSERT_TRUE(successor->beginMetrics(3));
    for (const auto& refused : {slow->saveCheckpoint(stateAt(4), {"a"}, {}), slow->saveResult({}),
                                slow->saveFailure({})}) {
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().kind, engine::ErrorKind::Superseded);
    }
    // Its lines go to its own file and do not count beyond the takeover.
    runs::MetricPoint point;
    point.step = 4;
    point.trainLoss = 99.0;
    ASSERT_TRUE(slow->append(point));
    point.trainLoss = 1.0;
    ASSERT_TRUE(successor->append(point));
    const auto metrics = runs::readRunMetrics(run);
    ASSERT_EQ(metrics->points.size(), 1U);
    EXPECT_EQ(metrics->points[0].trainLoss, 1.0);
    EXPECT_EQ(runs::readRunFolder(run).step, 3);
}

TEST(RunFolder, KeepsTwoGenerationsAndFallsBackWhenTheNewestIsDamaged) {
    const fake::Folder folder;
    const fs::path run = folder.path() / "run";
    auto writer = runs::RunWriter::open(run);
    ASSERT_TRUE(writer->saveCheckpoint(stateAt(3), {"a"}, {}));
    ASSERT_TRUE(writer->saveCheckpoint(stateAt(6), {"a"}, {}));
    std::vector<std::string> complaints;
    ASSERT_EQ(runs::readCheckpoints(run, complaints).size(), 2U);
    write(run / "checkpoint.safetensors", "not a checkpoint at all");
    const auto left = runs::readCheckpoints(run, complaints);
    ASSERT_EQ(left.size(), 1U);
    EXPECT_EQ(left[0].step, 3);
    ASSERT_EQ(complaints.size(), 1U);
    EXPECT_NE(complaints[0].find("damaged"), std::string::npos);
}

TEST(RunFolder, CheckpointsKeepWhatWasAccumulated) {
    const fake::Folder folder;
    auto writer = runs::RunWriter::open(folder.path() / "run");
    const runs::RunProgress progress{1.0 / 3.0, 0.25, 5.5, 2.5, 77, {{4, 40, 2.0, 2.1, 0.3, 0.5}},
                                     3};
    ASSERT_TRUE(writer->saveCheckpoint(stateAt(4), {"x/1", "x/2"}, progress));
    const auto checkpoint = runs::loadCheckpoint(folder.path() / "run", runs::Generation::Newest);
    ASSERT_TRUE(checkpoint) << checkpoint.error().message;
    EXPECT_EQ(checkpoint->info.progress.elapsedSeconds, 1.0 / 3.0);
    EXPECT_EQ(checkpoint->info.progress.curve, progress.curve);
    EXPECT_EQ(checkpoint->info.progress.firstLoss, 5.5);
    EXPECT_EQ(checkpoint->info.cohort, (std::vector<runs::RunId>{"x/1", "x/2"}));
    EXPECT_EQ(checkpoint->state.tensors.size(), 2U);
}

TEST(RunFolder, DamagedRecordsAreNamedAndCanBeSetAside) {
    const fake::Folder folder;
    const fs::path run = folder.path() / "run";
    fs::create_directories(run);
    write(run / "result.json", "{\"finalLoss\": 1.5");
    const runs::RunFolderState state = runs::readRunFolder(run);
    EXPECT_EQ(state.status, RunStatus::Damaged);
    EXPECT_NE(state.message.find("result.json"), std::string::npos) << state.message;
    ASSERT_TRUE(runs::resetRunFolder(run));
    EXPECT_EQ(runs::readRunFolder(run).status, RunStatus::Empty);
    EXPECT_TRUE(fs::exists(folder.path() / "run.old-1" / "result.json"));
    write(run, "a file where a folder should be");
    EXPECT_EQ(runs::readRunFolder(run).status, RunStatus::Damaged);
}

TEST(RunFolder, ARetriedFailureKeepsItsCheckpointAndADivergedRunDoesNot) {
    const fake::Folder folder;
    for (const RunStatus status : {RunStatus::Failed, RunStatus::Diverged}) {
        const fs::path run = folder.path() / runs::name(status);
        auto writer = runs::RunWriter::open(run);
        ASSERT_TRUE(writer->saveCheckpoint(stateAt(4), {"a"}, {}));
        ASSERT_TRUE(writer->saveFailure({status, 4, 4, "out of memory"}));
        writer->release();
        EXPECT_EQ(runs::readRunFolder(run).status, status);
        EXPECT_EQ(runs::readRunFolder(run).message, "out of memory");
        ASSERT_TRUE(runs::resetRunFolder(run));
        EXPECT_EQ(runs::readRunFolder(run).status,
                  status == RunStatus::Failed ? RunStatus::Paused : RunStatus::Empty);
        EXPECT_TRUE(fs::exists(run / "failure.json.old-1"));
    }
}

TEST(RunIdentity, CoversWhatChangesNumbersAndNothingElse) {
    const experiment::ExperimentSettings settings = fake::settings();
    const experiment::RunSpec spec = experiment::plannedRuns(settings).front();
    const std::string hash = runs::runHash(settings, spec, "aa");
    EXPECT_EQ(hash.size(), 12U);
    experiment::ExperimentSettings same = settings;
    same.name = "Another";
    same.grid.seeds.push_back(99);
    same.training.checkpointSeconds = 5;
    EXPECT_EQ(runs::runHash(same, spec, "aa"), hash);
    EXPECT_NE(runs::runHash(settings, spec, "bb"), hash);
    experiment::ExperimentSettings other = settings;
    other.training.learningRate *= 2;
    EXPECT_NE(runs::runHash(other, spec, "aa"), hash);
    experiment::RunSpec seed = spec;
    ++seed.seed;
    EXPECT_NE(runs::runHash(settings, seed, "aa"), hash);
    EXPECT_EQ(runs::cellName(spec), "L0064-k016");
    EXPECT_EQ(runs::runId(settings, spec, "aa"), "L0064-k016/1-" + hash);
}

}  // namespace
