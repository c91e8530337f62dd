// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/training/cohort_member.h"
#include "engine/training/cohort_resume.h"
#include "engine/training/guardian.h"

namespace training {

struct CohortOutcome {
    std::vector<runs::QueueItem>
        unfinished;  // stopped with a checkpoint, in order: to be queued again
    std::size_t finished = 0;
    std::optional<engine::Error> fatal;  // Io: nothing could be saved, no lane should go on
};

/// The one training loop: takes runs from the queue to their result, checkpoint by checkpoint. Its
/// owner is one engine thread. Nothing here changes a number: it decides only when to stop, save,
/// evaluate and report.
class CohortRunner {
public:
    explicit CohortRunner(const LaneContext& context) : m_context(context) {}

    /// Claims, resumes, trains and finishes these runs; returns at the next step boundary once a
    /// stop is asked.
    CohortOutcome run(std::vector<runs::QueueItem> items, std::stop_token stop);

private:
    using Clock = std::chrono::steady_clock;
    /// A run that leaves its cohort before the end, finished off once the others are saved without
    /// it.
    struct Leaver {
        CohortMember member;
        runs::RunFailure failure;  // status Failed or Diverged; Paused: cancelled
    };

    std::vector<CohortMember> claim(std::vector<runs::QueueItem> items);
    bool passGates(CohortMember& member);
    void trainGroup(CohortGroup group, const std::stop_token& stop);
    bool prepare(CohortGroup& group);
    bool describe();
    void stepUntilDone(const std::stop_token& stop);
    bool trainOneStep();
    bool evaluateAndReport();
    void watch();
    void writeLine(std::size_t run, const runs::MetricPoint& point);
    runs::MetricPoint point(std::size_t run) const;
    void addCurvePoint(std::size_t run, runs::MetricPoint& point, const Evaluation& evaluation);
    void leaveCancelled();
    void removeLeavers(const std::vector<std::size_t>& places,
                       std::vector<runs::RunFailure> failures);
    void finishLeaver(Leaver leaver);
    bool saveAll();
    void finishGroup();
    void finishMember(std::size_t run, const Evaluation& final, const Evaluation& curve);
    void pauseAll();
    void failAll(const engine::Error& error);
    void handle(const engine::Error& error);
    bool saved(std::size_t run, const engine::Result<void>& result);
    void dropSuperseded();
    void abandonAll();
    void tick();
    std::vector<runs::RunId> cohortIds() const;
    void say(runs::Severity severity, const std::string& text, const runs::RunId& id = {}) const;

    const LaneContext& m_context;
    CohortOutcome m_outcome;
    std::deque<CohortGroup> m_groups;
    // The group in training.
    std::vector<CohortMember> m_members;
    std::vector<Guardian> m_guardians;
    std::unique_ptr<CohortTrainer> m_trainer;
    std::vector<std::int64_t> m_evaluationSteps;  // before the last step
    std::vector<StepReport> m_reports;            // of the newest step
    std::vector<std::size_t> m_superseded;
    Clock::time_point m_lastTick, m_lastSave, m_lastBeat;
    double m_secondsSinceLine = 0.0;
    std::int64_t m_stepOfLine = 0;
    std::int64_t m_stepOfSave = 0;
    std::size_t m_startSize = 0;
};

}  // namespace training
