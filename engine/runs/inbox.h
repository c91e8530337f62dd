// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "engine/runs/events.h"

namespace runs {

/// Thread-safe mailbox from the engine threads to one consumer. Holds at most `capacity` progress
/// points: beyond that a run's newest point replaces its undrained one; every other event is always
/// kept, in order.
class Inbox {
public:
    explicit Inbox(std::size_t capacity = 16384);

    void push(Event event);
    /// Everything since the last call, oldest first; returns at once.
    std::vector<Event> drain();
    /// Like drain(), but waits for the first event or until `patience` has passed (headless
    /// programs).
    std::vector<Event> drainWithin(std::chrono::milliseconds patience);

private:
    void pushProgress(StepProgress progress);

    std::mutex m_mutex;
    std::condition_variable m_arrived;
    std::vector<Event> m_events;
    std::unordered_map<RunId, std::size_t> m_newestProgress;  // index into m_events
    std::size_t m_capacity;
    std::size_t m_progressCount = 0;
};

}  // namespace runs
