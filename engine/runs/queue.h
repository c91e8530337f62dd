// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "engine/runs/run_record.h"

namespace runs {

enum class Hold { Released, Held };
enum class Place { Last, First };
enum class Direction { Earlier, Later };
/// What the lanes are doing: why a run waits depends on it.
enum class LaneActivity { Stopped, Training, Pausing };

/// A run that waits. Higher priority goes first; equal priorities keep their order.
struct QueueItem {
    RunId id;
    experiment::RunSpec spec;
    std::int64_t totalSteps = 0;
    int priority = 0;
    Hold hold = Hold::Released;
    bool operator==(const QueueItem&) const = default;
};

/// A waiting run and the reason in words ("held: ...", "next: all lanes are busy", "behind 3
/// runs").
struct WaitingRun {
    QueueItem item;
    std::string reason;
};

/// The order in which runs are trained. Thread-safe; verbs act on single runs.
class Queue {
public:
    /// Adds runs that are not queued yet; returns how many were new.
    std::size_t add(std::vector<QueueItem> items, Place place = Place::Last);
    std::size_t remove(std::span<const RunId> ids);
    void clear();
    /// Moves a run to this position of items(), within its priority.
    void move(const RunId& id, std::size_t position);
    /// Puts these runs, in the order they have, together before items()[position] (at the end for
    /// size()). A priority that would not let them stand there becomes that of their neighbour.
    void place(std::span<const RunId> ids, std::size_t position);
    /// Moves each of these runs past its neighbour, priority included; runs that touch the end
    /// stay.
    void shift(std::span<const RunId> ids, Direction direction);
    void setPriority(std::span<const RunId> ids, int priority);
    void setHold(std::span<const RunId> ids, Hold hold);
    /// Replaces the whole content (undo); runs that a lane has taken meanwhile must not be among
    /// them.
    void replace(std::vector<QueueItem> items);

    std::vector<QueueItem> items() const;  // in training order
    std::vector<WaitingRun> waiting(LaneActivity lanes = LaneActivity::Training) const;
    bool contains(const RunId& id) const;
    std::size_t size() const;

    /// For a run with a checkpoint: the runs it was stacked with, itself included, in stacking
    /// order. Empty for a run that starts afresh.
    using Partners = std::function<std::vector<RunId>(const RunId&)>;
    /// Takes the first run that is not held and those behind it that fit (same length, steps and
    /// attention, no checkpoint), up to `most`. If the first has a checkpoint, takes its partners
    /// and nothing else.
    std::vector<QueueItem> takeCohort(std::int64_t most, const Partners& partners = {});
    /// Whether a run that is not held waits.
    bool hasWork() const;
    /// Calls `listener` after every change that may have brought work; one listener, set before any
    /// thread waits.
    void onWork(std::function<void()> listener);

private:
    void announce() const;
    void sortByPriority();
    std::vector<QueueItem> takeAt(const std::vector<std::size_t>& places);

    mutable std::mutex m_mutex;
    std::function<void()> m_listener;
    std::vector<QueueItem> m_items;
};

}  // namespace runs
