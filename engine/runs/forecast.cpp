// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/runs/forecast.h"

#include <algorithm>
#include <vector>

namespace runs {
namespace {

/// Training tokens that a run with this many steps done still has to see.
double tokensLeft(const Study& study, const experiment::RunSpec& spec, std::int64_t steps) {
    const std::int64_t perStep =
        experiment::batchSequences(study.settings().training, spec.length) * spec.length;
    return static_cast<double>(std::max<std::int64_t>(0, steps)) * static_cast<double>(perStep);
}

/// What has trained for a while tells its cost as well when it waits or trains elsewhere.
bool isUnderWay(const RunView& run) {
    return run.status == RunStatus::Running || run.status == RunStatus::RunningElsewhere ||
           run.status == RunStatus::Queued || run.status == RunStatus::Paused;
}

/// Seconds that a run in training still needs at the pace it has shown itself.
std::optional<double> ownSecondsLeft(const RunView& run) {
    if (!run.latest || run.latest->step <= 0) return std::nullopt;
    const double perStep = run.latest->elapsedSeconds / static_cast<double>(run.latest->step);
    return perStep * static_cast<double>(std::max<std::int64_t>(0, run.totalSteps - run.step));
}

/// The queue as the lanes see it: which items still wait and which of them can be stacked.
class Player {
public:
    Player(const Study& study, std::span<const QueueItem> waiting, const LaneShape& shape)
        : m_study(study),
          m_cost(study.runs()),
          m_waiting(waiting),
          m_shape(shape),
          m_taken(waiting.size(), false),
          m_free(static_cast<std::size_t>(std::max<std::int64_t>(1, shape.lanes)), 0.0) {}

    std::unordered_map<RunId, RunForecast> play() {
        for (const RunView& run : m_study.runs()) follow(run);
        for (std::size_t at = 0; at < m_waiting.size(); ++at) {
            if (m_taken[at]) continue;
            if (m_waiting[at].hold == Hold::Held) {
                m_forecast[m_waiting[at].id] = {laneSeconds(at), std::nullopt};
            } else {
                train(cohortOf(at));
            }
        }
        return std::move(m_forecast);
    }

private:
    std::int64_t stepOf(std::size_t at) const {
        const RunView* run = m_study.find(m_waiting[at].id);
        return run ? run->step : 0;
    }

    std::optional<double> laneSeconds(std::size_t at) const {
        const QueueItem& item = m_waiting[at];
        const auto perToken = m_cost.secondsPerToken(item.spec.length);
        if (!perToken) return std::nullopt;
        return *perToken * tokensLeft(m_study, item.spec, item.totalSteps - stepOf(at));
    }

    /// What trains now keeps its lane for as long as the slowest of its cohort.
    void follow(const RunView& run) {
        const bool here = run.status == RunStatus::Running;
        if (!here && run.status != RunStatus::RunningElsewhere) return;
        std::optional<double> left = ownSecondsLeft(run);
        const auto perToken = m_cost.secondsPerToken(run.spec.length);
        if (!left && perToken) {
            left = *perToken * tokensLeft(m_study, run.spec, run.totalSteps - run.step) *
                   static_cast<double>(std::max<std::int64_t>(1, run.cohortSize));
        }
        m_forecast[run.id] = {left, left};
        if (!here || !left || run.lane < 0) return;
        double& lane = m_free[static_cast<std::size_t>(run.lane) % m_free.size()];
        lane = std::max(lane, *left);
    }

    std::vector<std::size_t> cohortOf(std::size_t first) {
        std::vector<std::size_t> members = {first};
        m_taken[first] = true;
        const QueueItem& head = m_waiting[first];
        if (stepOf(first) > 0) return members;  // a checkpoint continues as it was stacked
        for (std::size_t at = first + 1;
             at < m_waiting.size() &&
             static_cast<std::int64_t>(members.size()) < m_shape.runsPerCohort;
             ++at) {
            const QueueItem& item = m_waiting[at];
            const bool joins = !m_taken[at] && item.hold == Hold::Released &&
                               item.spec.length == head.spec.length &&
                               item.spec.attention == head.spec.attention &&
                               item.totalSteps == head.totalSteps && stepOf(at) == 0;
            if (!joins) continue;
            m_taken[at] = true;
            members.push_back(at);
        }
        return members;
    }

    void train(const std::vector<std::size_t>& members) {
        double seconds = 0.0;
        for (const std::size_t at : members) {
            const std::optional<double> own = laneSeconds(at);
            if (!own) {
                m_forecast[m_waiting[at].id] = {};
                return;
            }
            seconds += *own;
        }
        double& lane = *std::min_element(m_free.begin(), m_free.end());
        lane += seconds;
        for (const std::size_t at : members) m_forecast[m_waiting[at].id] = {seconds, lane};
    }

    const Study& m_study;
    const LaneCost m_cost;
    const std::span<const QueueItem> m_waiting;
    const LaneShape m_shape;
    std::vector<bool> m_taken;
    std::vector<double> m_free;  // when each lane is free again
    std::unordered_map<RunId, RunForecast> m_forecast;
};

}  // namespace

LaneCost::LaneCost(std::span<const RunView> runs) {
    for (const RunView& run : runs) add(run);
}

void LaneCost::add(const RunView& run) {
    double seconds = 0.0;
    double tokens = 0.0;
    if (run.result && run.result->tokensSeen > 0) {
        seconds = run.result->elapsedSeconds /
                  static_cast<double>(std::max<std::int64_t>(1, run.result->cohortSize));
        tokens = static_cast<double>(run.result->tokensSeen);
    } else if (isUnderWay(run) && run.latest && run.latest->tokens > 0) {
        seconds = run.latest->elapsedSeconds /
                  static_cast<double>(std::max<std::int64_t>(1, run.cohortSize));
        tokens = static_cast<double>(run.latest->tokens);
    } else {
        return;
    }
    for (Sum* sum : {&m_byLength[run.spec.length], &m_all}) {
        sum->seconds += seconds;
        sum->tokens += tokens;
    }
}

std::optional<double> LaneCost::secondsPerToken(std::int64_t length) const {
    const auto found = m_byLength.find(length);
    const Sum& sum = found == m_byLength.end() ? m_all : found->second;
    if (sum.tokens <= 0.0) return std::nullopt;
    return sum.seconds / sum.tokens;
}

std::unordered_map<RunId, RunForecast> forecast(const Study& study,
                                                std::span<const QueueItem> waiting,
                                                const LaneShape& shape) {
    return Player(study, waiting, shape).play();
}

}  // namespace runs
