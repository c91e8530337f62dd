// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "engine/data/corpus.h"
#include "engine/experiment/settings.h"
#include "engine/result.h"
#include "engine/runs/inbox.h"
#include "engine/runs/queue.h"
#include "engine/runs/study.h"
#include "engine/runs/training_ports.h"

namespace runs {

/// One engine thread: trains one cohort at a time on its device.
struct LaneSettings {
    std::string device = "cpu";  // "cpu" or "cuda:N"
    int threads = 1;
};

enum class TimingPolicy { AfterTraining, OnRequest };

struct SchedulerSettings {
    std::vector<LaneSettings> lanes = {LaneSettings{}};
    std::int64_t runsPerCohort = 1;  // E at most
    TimingPolicy timing = TimingPolicy::AfterTraining;
    std::int64_t timingRounds = 3;
    std::int64_t timingSteps = 20;  // measured per cell and round
};

enum class SchedulerState { Stopped, Running, Pausing };
enum class PauseAt { NextStep, EndOfRun };

/// N lanes that empty the queue into run folders and report to the inbox. Every method returns at
/// once unless said otherwise and may be called from the owner's thread.
class Scheduler {
public:
    /// `study` gives folder, settings and corpus identity; the scheduler keeps copies, not the
    /// study.
    Scheduler(const Study& study, std::shared_ptr<const data::Corpus> corpus,
              std::shared_ptr<Queue> queue, std::shared_ptr<Inbox> inbox,
              SchedulerSettings settings, TrainingPorts ports = defaultPorts());
    /// Stops at the next step boundary, with checkpoints, and joins.
    ~Scheduler();
    Scheduler(const Scheduler&) = delete;
    Scheduler& operator=(const Scheduler&) = delete;

    void start();
    /// Lanes put what they train back to the head of the queue (NextStep) or finish it first
    /// (EndOfRun).
    void pause(PauseAt at = PauseAt::NextStep);
    /// pause(NextStep), then blocks until every lane has saved.
    void stop();
    /// The run leaves its cohort at the next step boundary with a checkpoint and is not queued
    /// again.
    void cancel(const RunId& id);
    /// Blocks until every lane is idle: nothing takeable is left, or paused.
    void waitUntilIdle();
    /// Queues the timing pass: starts once all lanes are idle; its results go to timing.json.
    void requestTiming();
    /// The timing pass measures the cells that this study plans from now on.
    void follow(const Study& study);

    SchedulerState state() const;
    /// Running, but no lane has anything to do: nothing takeable waits and nothing is to be timed.
    bool isIdle() const;
    std::vector<RunId> training() const;  // runs in lanes now
    const SchedulerSettings& settings() const;

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

}  // namespace runs
