// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <cstdint>
#include <vector>

#include "engine/runs/forecast.h"
#include "engine/runs/queue.h"
#include "engine/runs/study.h"
#include "ui/cell_state.h"
#include "ui/training_control.h"

namespace ui {

/// A run that trains, waits or has failed, as the queue table shows it. Times are texts, so that a
/// row is unchanged as long as what it shows is.
struct QueueRow {
    enum class Stage { Training, Waiting, Failed };
    runs::RunId id;
    int number = 0;  // in the order of training, from 1
    experiment::RunSpec spec;
    Stage stage = Stage::Waiting;
    CellState state = CellState::Queued;
    std::int64_t step = 0;
    std::int64_t totalSteps = 0;
    double tokensPerSecond = 0.0;
    QString left;    // time in its lane; empty: not known yet
    QString ends;    // clock time; empty: held, stopped or not known yet
    QString reason;  // why it waits, where it trains, what went wrong
    int priority = 0;
    runs::Hold hold = runs::Hold::Released;
    bool operator==(const QueueRow&) const = default;
};

/// "L 256 · k/L 0.5 · seed 43".
QString runName(const experiment::RunSpec& spec);

/// "high", "normal", "low"; other numbers as they are.
QString priorityName(int priority);

struct QueueContent {
    std::vector<QueueRow> rows;  // what trains, then what waits in its order, then what failed
    int training = 0;
    int waiting = 0;
    int held = 0;
    int failed = 0;
    std::optional<double> secondsLeft;  // until all that trains and is not held has ended
};
QueueContent queueContent(const runs::Study& study, const runs::Queue& queue,
                          const LaneChoice& lanes, TrainingState training);

/// "1 in training, 11 waiting (2 held), done 14:32, in 11 min 40 s".
QString queueSummary(const QueueContent& content, TrainingState training);

}  // namespace ui
