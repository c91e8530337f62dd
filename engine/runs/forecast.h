// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <unordered_map>

#include "engine/runs/queue.h"
#include "engine/runs/run_record.h"
#include "engine/runs/study.h"

namespace runs {

/// Lane time that training costs, from the step times that these runs have shown so far.
class LaneCost {
public:
    explicit LaneCost(std::span<const RunView> runs);
    /// Seconds of a lane for one training token of one run: of this length where it was measured,
    /// else over all lengths; nullopt before the first measurement.
    std::optional<double> secondsPerToken(std::int64_t length) const;

private:
    struct Sum {
        double seconds = 0.0;
        double tokens = 0.0;
    };
    void add(const RunView& run);
    std::map<std::int64_t, Sum> m_byLength;
    Sum m_all;
};

/// How the queue is worked off.
struct LaneShape {
    std::int64_t lanes = 1;
    std::int64_t runsPerCohort = 1;
};

/// What is expected of one run; nullopt where nothing was measured yet.
struct RunForecast {
    std::optional<double> secondsLeft;  // in its lane, from its start or from now if it trains
    std::optional<double> endsIn;       // seconds from now with the lanes at work; held: nullopt
};

/// Plays the queue through the lanes: what trains now first, then `waiting` in its order, stacked
/// as the lanes would stack it.
std::unordered_map<RunId, RunForecast> forecast(const Study& study,
                                                std::span<const QueueItem> waiting,
                                                const LaneShape& shape);

}  // namespace runs
