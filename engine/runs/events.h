// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "engine/result.h"
#include "engine/runs/run_record.h"

namespace runs {

// Plain values that engine threads push into an Inbox and one consumer drains.

struct RunStarted {
    RunId id;
    std::int64_t step = 0;  // resumed from
    std::int64_t totalSteps = 0;
    std::int64_t cohortSize = 1;
    int lane = 0;
    std::string device;
};

struct StepProgress {
    RunId id;
    MetricPoint point;
    std::int64_t totalSteps = 0;
    std::int64_t coalesced =
        0;  // points of this run dropped just before this one: read them from the folder
};

struct EvaluationDone {
    RunId id;
    MetricPoint point;  // carries the validation numbers
};

/// Left its lane with a checkpoint: paused, stopped or cancelled.
struct RunPaused {
    RunId id;
    std::int64_t step = 0;
};

struct RunFinished {
    RunId id;
    RunResult result;
};

struct RunFailed {
    RunId id;
    RunStatus status = RunStatus::Failed;  // Failed or Diverged
    std::int64_t step = 0;
    engine::Error error;
};

struct LaneIdle {
    int lane = 0;
    std::string reason;  // "nothing left to train", "paused", "other runs train elsewhere"
};

/// The queue's content changed by a lane (a cohort was taken or put back).
struct QueueChanged {};

struct TimingProgress {
    std::int64_t done = 0;  // measurements
    std::int64_t planned = 0;
};

struct TimingFinished {
    engine::Result<void> outcome;
};

enum class Severity { Info, Warning, Error };

struct Message {
    Severity severity = Severity::Info;
    std::string text;
    RunId id;  // empty: concerns no single run
};

using Event =
    std::variant<RunStarted, StepProgress, EvaluationDone, RunPaused, RunFinished, RunFailed,
                 LaneIdle, QueueChanged, TimingProgress, TimingFinished, Message>;

}  // namespace runs
