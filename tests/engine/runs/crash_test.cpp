// SPDX-License-Identifier: GPL-3.0-or-later
// kill -9 at every call that touches the disk: the study must resume to the bits of an undisturbed
// one.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <random>

#include "engine/training/cohort_resume.h"
#include "engine/training/cohort_runner.h"
#include "tests/engine/runs/fake_trainer.h"
#include "tests/engine/runs/fault_injection.h"

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kRuns = 2;
constexpr std::int64_t kSteps = 5;  // each with a checkpoint: every call of every one is tried

/// What a process that trains the first kRuns runs does, as the scheduler would: until nothing is
/// unfinished.
std::size_t trainAll(const fs::path& experiment) {
    auto study = runs::Study::open(experiment);
    if (!study) return 0;
    study->rescan();
    training::LaneContext context;
    context.runsFolder = experiment / "runs";
    context.settings = study->settings();
    context.corpus = fake::corpus();
    auto behaviour = std::make_shared<fake::Behaviour>();
    behaviour->steps = kSteps;
    context.ports = fake::ports(behaviour);
    context.gates = [](const training::CohortPlan&) {
        return engine::Result<std::vector<training::GateResult>>(
            std::vector<training::GateResult>{});
    };
    context.inbox = std::make_shared<runs::Inbox>();
    context.cancelled = std::make_shared<runs::CancelList>();
    runs::Queue queue;
    std::vector<runs::RunId> ids;
    for (std::size_t i = 0; i < kRuns; ++i) {
        if (study->runs()[i].status != runs::RunStatus::Done) ids.push_back(study->runs()[i].id);
    }
    queue.add(study->queueItems(ids));
    std::size_t finished = 0;
    while (queue.hasWork()) {
        auto items = queue.takeCohort(kRuns, [&](const runs::RunId& id) {
            return training::checkpointPartners(context.runsFolder, id);
        });
        finished += training::CohortRunner(context).run(std::move(items), {}).finished;
    }
    return finished;
}

void makeExperiment(const fs::path& folder) {
    experiment::ExperimentSettings settings = fake::settings();
    settings.training.budget = static_cast<double>(kSteps);
    ASSERT_TRUE(runs::Study::create(folder, settings, runs::identityOf(*fake::corpus())));
}

/// What must not depend on how often the process died.
struct Outcome {
    std::vector<double> losses;
    std::vector<std::vector<std::byte>> weights;
    std::vector<std::size_t> lines;
    bool operator==(const Outcome&) const = default;
};

Outcome outcomeOf(const fs::path& folder) {
    Outcome outcome;
    auto study = runs::Study::open(folder);
    study->rescan();
    for (std::size_t i = 0; i < kRuns; ++i) {
        const runs::RunView& run = study->runs()[i];
        EXPECT_EQ(run.status, runs::RunStatus::Done) << run.message;
        outcome.losses.push_back(run.result ? run.result->finalLoss : 0.0);
        for (const runs::CurvePoint& point :
             run.result ? run.result->curve : std::vector<runs::CurvePoint>{})
            outcome.losses.push_back(point.validationLoss);
        auto checkpoint = runs::loadCheckpoint(study->runFolder(run.id), runs::Generation::Newest);
        EXPECT_TRUE(checkpoint);
        if (checkpoint) outcome.weights.push_back(checkpoint->state.tensors[0].bytes);
        outcome.lines.push_back(study->metrics(run.id)->size());
    }
    return outcome;
}

/// Trains in a child that dies at its n-th call; true if it lived to the end.
bool survives(const fs::path& folder, long call) {
    const pid_t child = ::fork();
    if (child == 0) {
        faults::skipSync();
        faults::killAtCall(call);
        trainAll(folder);
        ::_exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status);
}

TEST(Crash, KilledAtAnyCallAStudyResumesToTheSameBits) {
    const faults::Scope scope;
    faults::skipSync();
    fake::Folder straight;
    makeExperiment(straight.path() / "e");
    ASSERT_EQ(trainAll(straight.path() / "e"), kRuns);
    const Outcome expected = outcomeOf(straight.path() / "e");
    EXPECT_EQ(expected.lines, (std::vector<std::size_t>{kSteps, kSteps}));
    long deaths = 0;
    for (long call = 1;; ++call) {
        fake::Folder folder;
        makeExperiment(folder.path() / "e");
        if (survives(folder.path() / "e", call)) break;
        ++deaths;
        trainAll(folder.path() / "e");
        ASSERT_EQ(outcomeOf(folder.path() / "e"), expected) << "killed at call " << call;
    }
    EXPECT_GT(deaths, 150);
}

TEST(Crash, KilledAgainAndAgainAStudyStillResumesToTheSameBits) {
    const faults::Scope scope;
    faults::skipSync();
    fake::Folder straight;
    makeExperiment(straight.path() / "e");
    trainAll(straight.path() / "e");
    const Outcome expected = outcomeOf(straight.path() / "e");
    std::mt19937 random(7);
    std::uniform_int_distribution<long> calls(40, 160);  // the first must leave room for progress
    for (int round = 0; round < 12; ++round) {
        fake::Folder folder;
        makeExperiment(folder.path() / "e");
        int deaths = 0;
        while (deaths < 40 && !survives(folder.path() / "e", calls(random))) ++deaths;
        trainAll(folder.path() / "e");
        EXPECT_EQ(outcomeOf(folder.path() / "e"), expected)
            << "round " << round << ", " << deaths << " deaths";
    }
}

}  // namespace
