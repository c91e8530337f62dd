// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/runs/scheduler.h"

#include <algorithm>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>
#include <unordered_set>
#include <utility>

#include "engine/runs/cancel_list.h"
#include "engine/runs/run_identity.h"
#include "engine/runs/timing_pass.h"
#include "engine/training/cohort_resume.h"
#include "engine/training/cohort_runner.h"

namespace runs {
namespace {

using engine::Error;
using engine::Result;
using Gates = Result<std::vector<training::GateResult>>;

/// Preflight once per kind of model, length and device; a second lane that needs it meanwhile waits
/// for it.
class GateCache {
public:
    Gates get(const training::CohortPlan& plan, const TrainingPorts& ports,
              const data::Corpus& corpus) {
        const experiment::RunSpec& spec = plan.runs.front();
        const std::string key =
            modelKind(spec) + " L" + std::to_string(spec.length) + " " + plan.device;
        const std::lock_guard lock(m_mutex);
        const auto found = m_known.find(key);
        if (found != m_known.end()) return found->second;
        return m_known.emplace(key, ports.preflight(plan, corpus)).first->second;
    }

private:
    std::mutex m_mutex;
    std::map<std::string, Gates> m_known;
};

std::vector<experiment::RunSpec> cellsOf(const Study& study) {
    std::vector<experiment::RunSpec> specs;
    for (const RunView& run : study.runs()) specs.push_back(run.spec);
    return distinctCells(specs);
}

}  // namespace

class Scheduler::Impl {
public:
    Impl(const Study& study, std::shared_ptr<const data::Corpus> corpus,
         std::shared_ptr<Queue> queue, std::shared_ptr<Inbox> inbox, SchedulerSettings settings,
         TrainingPorts ports)
        : m_experimentFolder(study.folder()),
          m_experiment(study.settings()),
          m_corpus(std::move(corpus)),
          m_queue(std::move(queue)),
          m_inbox(std::move(inbox)),
          m_settings(std::move(settings)),
          m_ports(std::move(ports)) {
        m_cells = cellsOf(study);
        m_environment = m_ports.environment();
        m_lanes.resize(std::max<std::size_t>(1, m_settings.lanes.size()));
        m_settings.lanes.resize(m_lanes.size());
        m_queue->onWork([this] { wakeLanes(); });
        for (std::size_t lane = 0; lane < m_lanes.size(); ++lane) {
            m_lanes[lane].thread =
                std::jthread([this, lane](std::stop_token end) { work(lane, end); });
        }
    }

    ~Impl() {
        m_queue->onWork({});
        for (Lane& lane : m_lanes) lane.thread.request_stop();
        {
            const std::lock_guard lock(m_mutex);
            for (Lane& lane : m_lanes) lane.stop.request_stop();
        }
        m_changed.notify_all();
        for (Lane& lane : m_lanes) lane.thread.join();
    }

    void start() {
        {
            const std::lock_guard lock(m_mutex);
            m_state = SchedulerState::Running;
            m_fatal = false;
        }
        m_changed.notify_all();
    }

    void pause(PauseAt at) {
        {
            const std::lock_guard lock(m_mutex);
            if (m_state == SchedulerState::Running) m_state = SchedulerState::Pausing;
            if (at == PauseAt::NextStep) {
                for (Lane& lane : m_lanes) lane.stop.request_stop();
            }
            m_timingWanted = false;
            settle();
        }
        m_changed.notify_all();
    }

    void stop() {
        pause(PauseAt::NextStep);
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return allIdle(); });
    }

    void cancel(const RunId& id) {
        const std::lock_guard lock(m_mutex);
        for (const Lane& lane : m_lanes) {
            if (std::find(lane.training.begin(), lane.training.end(), id) != lane.training.end())
                m_cancelled->add(id);
        }
    }

    void waitUntilIdle() {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] {
            return allIdle() &&
                   (m_state != SchedulerState::Running || (!m_queue->hasWork() && !m_timingWanted));
        });
    }

    void requestTiming() {
        {
            const std::lock_guard lock(m_mutex);
            m_timingWanted = true;
        }
        m_changed.notify_all();
    }

    void follow(const Study& study) {
        const std::lock_guard lock(m_mutex);
        m_cells = cellsOf(study);
    }

    SchedulerState state() const {
        const std::lock_guard lock(m_mutex);
        return m_state;
    }

    bool isIdle() const {
        const std::lock_guard lock(m_mutex);
        return m_state == SchedulerState::Running && allIdle() && !m_queue->hasWork() &&
               !m_timingWanted;
    }

    std::vector<RunId> training() const {
        const std::lock_guard lock(m_mutex);
        std::vector<RunId> ids;
        for (const Lane& lane : m_lanes)
            ids.insert(ids.end(), lane.training.begin(), lane.training.end());
        return ids;
    }

    const SchedulerSettings& settings() const { return m_settings; }

private:
    struct Lane {
        bool busy = false;
        std::stop_source stop;  // of the cohort in training
        std::vector<RunId> training;
        std::jthread thread;
    };

    void wakeLanes() {
        {
            const std::lock_guard lock(m_mutex);
        }  // no lane may be between its look at the queue and its wait
        m_changed.notify_all();
    }

    bool allIdle() const {
        return std::none_of(m_lanes.begin(), m_lanes.end(),
                            [](const Lane& lane) { return lane.busy; });
    }

    void settle() {
        if (m_state == SchedulerState::Pausing && allIdle()) m_state = SchedulerState::Stopped;
    }

    bool mayTrain() const {
        return m_state == SchedulerState::Running && !m_fatal && !m_timing && m_queue->hasWork();
    }

    /// Lane 0 measures, and only while nothing else runs or waits.
    bool mayTime(std::size_t lane) const {
        return lane == 0 && m_timingWanted && m_state == SchedulerState::Running && !m_fatal &&
               allIdle() && !m_queue->hasWork();
    }

    void work(std::size_t place, const std::stop_token& end) {
        training::LaneContext context = contextOf(place);
        training::CohortRunner runner(context);
        std::unique_lock lock(m_mutex);
        while (true) {
            m_changed.wait(lock,
                           [&] { return end.stop_requested() || mayTrain() || mayTime(place); });
            if (end.stop_requested()) return;
            Lane& lane = m_lanes[place];
            lane.busy = true;
            lane.stop = std::stop_source();
            if (mayTrain()) {
                trainCohort(place, runner, lock);
            } else {
                measureCells(lane, lock);
            }
            lane.busy = false;
            lane.training.clear();
            settle();
            wantTimingAfterTraining();
            reportIdle(place);
            m_changed.notify_all();
        }
    }

    training::LaneContext contextOf(std::size_t place) const {
        const LaneSettings& lane = m_settings.lanes[place];
        training::LaneContext context;
        context.runsFolder = m_experimentFolder / "runs";
        context.settings = m_experiment;
        context.corpus = m_corpus;
        context.ports = m_ports;
        context.gates = [this](const training::CohortPlan& plan) {
            return m_gates->get(plan, m_ports, *m_corpus);
        };
        context.inbox = m_inbox;
        context.cancelled = m_cancelled;
        context.environment = m_environment;
        context.device = lane.device;
        context.threads = lane.threads;
        context.lane = static_cast<int>(place);
        context.lanes = static_cast<std::int64_t>(m_lanes.size());
        return context;
    }

    void trainCohort(std::size_t place, training::CohortRunner& runner,
                     std::unique_lock<std::mutex>& lock) {
        Lane& lane = m_lanes[place];
        const std::filesystem::path folder = m_experimentFolder / "runs";
        std::vector<QueueItem> items = m_queue->takeCohort(
            m_settings.runsPerCohort,
            [&folder](const RunId& id) { return training::checkpointPartners(folder, id); });
        if (items.empty()) return;
        for (const QueueItem& item : items) lane.training.push_back(item.id);
        const std::stop_token stop = lane.stop.get_token();
        lock.unlock();
        m_inbox->push(QueueChanged{});
        training::CohortOutcome outcome = runner.run(std::move(items), stop);
        lock.lock();
        m_finished += outcome.finished;
        if (outcome.fatal) {
            m_fatal = true;
            m_state = SchedulerState::Pausing;
            for (Lane& other : m_lanes) other.stop.request_stop();
            m_inbox->push(
                Message{Severity::Error, "Training is paused: " + outcome.fatal->message, {}});
        }
        if (outcome.unfinished.empty()) return;
        lock.unlock();  // the queue tells its listener, which takes this mutex
        m_queue->add(std::move(outcome.unfinished), Place::First);
        m_inbox->push(QueueChanged{});
        lock.lock();
    }

    void measureCells(Lane& lane, std::unique_lock<std::mutex>& lock) {
        m_timing = true;
        m_timingWanted = false;
        const TimingRequest request{m_experimentFolder,
                                    m_experiment,
                                    m_cells,
                                    m_settings.lanes.front().device,
                                    m_settings.lanes.front().threads,
                                    m_settings.timingRounds,
                                    m_settings.timingSteps};
        const std::stop_token stop = lane.stop.get_token();
        lock.unlock();
        Result<void> outcome = timeCells(request, m_ports, m_corpus, stop,
                                         [this](std::int64_t done, std::int64_t planned) {
                                             m_inbox->push(TimingProgress{done, planned});
                                         });
        m_inbox->push(TimingFinished{std::move(outcome)});
        lock.lock();
        m_timing = false;
    }

    /// Once everything that was queued is trained and a cell has no measurement on this device.
    void wantTimingAfterTraining() {
        if (m_settings.timing != TimingPolicy::AfterTraining || m_finished == 0 ||
            m_state != SchedulerState::Running)
            return;
        if (m_fatal || !allIdle() || m_queue->size() > 0) return;
        m_finished = 0;
        const Result<std::vector<CellTiming>> known = readTiming(m_experimentFolder);
        const std::string& device = m_settings.lanes.front().device;
        m_timingWanted =
            !known ||
            std::any_of(m_cells.begin(), m_cells.end(), [&](const experiment::RunSpec& spec) {
                return std::none_of(known->begin(), known->end(), [&](const CellTiming& cell) {
                    return cell.device == device && cell.length == spec.length &&
                           cell.keepRatio == spec.keepRatio && cell.attention == spec.attention;
                });
            });
    }

    void reportIdle(std::size_t place) {
        if (m_state == SchedulerState::Running && (m_queue->hasWork() || m_timingWanted)) return;
        const char* reason = m_fatal                              ? "paused: nothing can be saved"
                             : m_state != SchedulerState::Running ? "paused"
                             : m_queue->size() > 0                ? "all waiting runs are held"
                                                                  : "nothing left to train";
        m_inbox->push(LaneIdle{static_cast<int>(place), reason});
    }

    const std::filesystem::path m_experimentFolder;
    const experiment::ExperimentSettings m_experiment;
    const std::shared_ptr<const data::Corpus> m_corpus;
    const std::shared_ptr<Queue> m_queue;
    const std::shared_ptr<Inbox> m_inbox;
    SchedulerSettings m_settings;
    const TrainingPorts m_ports;
    std::string m_environment;
    std::vector<experiment::RunSpec> m_cells;
    const std::shared_ptr<CancelList> m_cancelled = std::make_shared<CancelList>();
    const std::unique_ptr<GateCache> m_gates = std::make_unique<GateCache>();

    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    SchedulerState m_state = SchedulerState::Stopped;
    bool m_fatal = false;
    bool m_timing = false;
    bool m_timingWanted = false;
    std::size_t m_finished = 0;  // since the last timing pass
    std::vector<Lane> m_lanes;
};

Scheduler::Scheduler(const Study& study, std::shared_ptr<const data::Corpus> corpus,
                     std::shared_ptr<Queue> queue, std::shared_ptr<Inbox> inbox,
                     SchedulerSettings settings, TrainingPorts ports)
    : m_impl(std::make_unique<Impl>(study, std::move(corpus), std::move(queue), std::move(inbox),
                                    std::move(settings), std::move(ports))) {}

Scheduler::~Scheduler() = default;

void Scheduler::start() {
    m_impl->start();
}
void Scheduler::pause(PauseAt at) {
    m_impl->pause(at);
}
void Scheduler::stop() {
    m_impl->stop();
}
void Scheduler::cancel(const RunId& id) {
    m_impl->cancel(id);
}
void Scheduler::waitUntilIdle() {
    m_impl->waitUntilIdle();
}
void Scheduler::requestTiming() {
    m_impl->requestTiming();
}
void Scheduler::follow(const Study& study) {
    m_impl->follow(study);
}

SchedulerState Scheduler::state() const {
    return m_impl->state();
}
bool Scheduler::isIdle() const {
    return m_impl->isIdle();
}
std::vector<RunId> Scheduler::training() const {
    return m_impl->training();
}
const SchedulerSettings& Scheduler::settings() const {
    return m_impl->settings();
}

}  // namespace runs
