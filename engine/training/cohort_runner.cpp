// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/training/cohort_runner.h"

#include <algorithm>
#include <cmath>
#include <exception>
#include <utility>

#include "engine/experiment/settings_json.h"
#include "engine/runs/result_summary.h"
#include "engine/runs/run_identity.h"

namespace training {
namespace {

using engine::Error;
using engine::ErrorKind;
using engine::Result;
using runs::RunFailure;
using runs::RunId;
using runs::RunStatus;
using runs::Severity;

constexpr std::int64_t kMostLines = 1000;  // metrics lines per run besides evaluations
constexpr double kBeatSeconds = 10.0;

double secondsBetween(std::chrono::steady_clock::time_point from,
                      std::chrono::steady_clock::time_point to) {
    return std::chrono::duration<double>(to - from).count();
}

/// Steps before the last at which the curve gets a point: total * i / n, rounded up.
std::vector<std::int64_t> evaluationSteps(std::int64_t total, std::int64_t evaluations) {
    std::vector<std::int64_t> steps;
    for (std::int64_t i = 1; i < evaluations; ++i) {
        const std::int64_t step = (total * i + evaluations - 1) / evaluations;
        if (step < total && (steps.empty() || steps.back() < step)) steps.push_back(step);
    }
    return steps;
}

RunFailure failureOf(const Error& error, std::int64_t step) {
    const RunStatus status =
        error.kind == ErrorKind::Diverged ? RunStatus::Diverged : RunStatus::Failed;
    return {status, engine::exitCode(error.kind), step, error.message};
}

CohortPlan planOf(const LaneContext& context, const std::vector<CohortMember>& members) {
    CohortPlan plan;
    plan.model = context.settings.model;
    plan.training = context.settings.training;
    for (const CohortMember& member : members) plan.runs.push_back(member.item.spec);
    plan.device = context.device;
    plan.threads = context.threads;
    return plan;
}

std::optional<double> meanRecall(const std::vector<LayerDiagnostics>& layers) {
    if (layers.empty()) return std::nullopt;
    double sum = 0.0;
    for (const LayerDiagnostics& layer : layers) sum += layer.recall;
    return sum / static_cast<double>(layers.size());
}

}  // namespace

CohortOutcome CohortRunner::run(std::vector<runs::QueueItem> items, std::stop_token stop) {
    m_outcome = {};
    std::vector<CohortMember> members = claim(std::move(items));
    std::erase_if(members, [this](CohortMember& member) { return !passGates(member); });
    for (CohortGroup& group : planGroups(m_context, std::move(members)))
        m_groups.push_back(std::move(group));
    while (!m_groups.empty()) {
        CohortGroup group = std::move(m_groups.front());
        m_groups.pop_front();
        if (stop.stop_requested() || m_outcome.fatal) {
            for (CohortMember& member : group.members) {
                if (member.writer) m_outcome.unfinished.push_back(std::move(member.item));
            }
        } else {
            trainGroup(std::move(group), stop);
        }
    }
    return std::exchange(m_outcome, {});
}

std::vector<CohortMember> CohortRunner::claim(std::vector<runs::QueueItem> items) {
    std::vector<CohortMember> members;
    for (runs::QueueItem& item : items) {
        const std::filesystem::path folder = m_context.runsFolder / item.id;
        const runs::RunFolderState state = runs::readRunFolder(folder);
        if (state.status == RunStatus::Damaged) {
            m_context.inbox->push(
                runs::RunFailed{item.id, RunStatus::Damaged, 0, {ErrorKind::Data, state.message}});
            continue;
        }
        if (state.status == RunStatus::RunningElsewhere) {
            m_context.inbox->push(runs::RunFailed{
                item.id, state.status, state.step, {ErrorKind::Superseded, state.message}});
            continue;
        }
        // A queued run that had failed is a retry.
        Result<void> ready = runs::resetRunFolder(folder);
        Result<runs::RunWriter> writer =
            ready ? runs::RunWriter::open(folder) : Result<runs::RunWriter>(ready.error());
        if (writer) {
            members.push_back({.item = std::move(item),
                               .writer = std::move(*writer),
                               .progress = {},
                               .gates = {},
                               .lastLine = {}});
        } else if (writer.error().kind == ErrorKind::Superseded) {
            const RunStatus status =
                state.status == RunStatus::Done ? RunStatus::Done : RunStatus::RunningElsewhere;
            m_context.inbox->push(runs::RunFailed{item.id, status, state.step, writer.error()});
        } else {
            m_context.inbox->push(
                runs::RunFailed{item.id, state.status, state.step, writer.error()});
            m_outcome.fatal = writer.error();
        }
    }
    return members;
}

bool CohortRunner::passGates(CohortMember& member) {
    CohortPlan plan = planOf(m_context, {});
    plan.runs = {member.item.spec};
    Result<std::vector<GateResult>> gates = m_context.gates(plan);
    std::optional<Error> error;
    if (gates) {
        member.gates = std::move(*gates);
        for (const GateResult& gate : member.gates) {
            if (gate.passed || error) continue;
            error = Error{
                ErrorKind::Data,
                "Preflight \"" + gate.gate + "\" failed for " + runs::modelKind(member.item.spec) +
                    " at L = " + std::to_string(member.item.spec.length) + ": " + gate.detail};
        }
    } else {
        error = gates.error();
    }
    if (!error) return true;
    finishLeaver({std::move(member), failureOf(*error, 0)});
    return false;
}

void CohortRunner::trainGroup(CohortGroup group, const std::stop_token& stop) {
    try {
        if (prepare(group)) stepUntilDone(stop);
    } catch (const std::exception& error) {  // a broken invariant ends these runs, not the queue
        failAll(
            {ErrorKind::Data, std::string("Training ended by an internal error: ") + error.what()});
    }
    m_members.clear();
    m_guardians.clear();
    m_trainer.reset();
}

bool CohortRunner::prepare(CohortGroup& group) {
    m_trainer.reset();
    m_members = std::move(group.members);
    m_startSize = m_members.size();
    m_reports.assign(m_startSize, {});
    m_superseded.clear();
    m_stepOfLine = m_stepOfSave = group.step;
    m_secondsSinceLine = 0.0;
    m_lastTick = m_lastSave = m_lastBeat = Clock::now();
    Result<std::unique_ptr<CohortTrainer>> trainer =
        m_context.ports.createTrainer(planOf(m_context, m_members), m_context.corpus);
    if (!trainer) return handle(trainer.error()), false;
    m_trainer = std::move(*trainer);
    if (group.step > 0) {
        if (const Result<void> loaded = m_trainer->loadState(group.states); !loaded)
            return handle(loaded.error()), false;
    }
    const double uniformLoss = std::log(static_cast<double>(m_context.corpus->vocabulary()));
    m_guardians.clear();
    for (const CohortMember& member : m_members)
        m_guardians.emplace_back(member.progress.firstLoss, uniformLoss);
    m_evaluationSteps =
        evaluationSteps(m_trainer->totalSteps(), m_context.settings.training.evaluations);
    return describe();
}

bool CohortRunner::describe() {
    const std::vector<RunId> cohort = cohortIds();
    for (std::size_t run = 0; run < m_members.size(); ++run) {
        CohortMember& member = m_members[run];
        if (!member.writer) continue;
        runs::RunDescription description{.spec = member.item.spec,
                                         .settingsJson = experiment::toJson(m_context.settings),
                                         .environment = m_context.environment,
                                         .corpus = m_context.corpus->description(),
                                         .corpusSha256 = m_context.corpus->sha256(),
                                         .engineVersion = runs::kEngineVersion,
                                         .device = m_context.device,
                                         .threads = m_context.threads,
                                         .lanes = m_context.lanes,
                                         .totalSteps = m_trainer->totalSteps(),
                                         .cohort = cohort,
                                         .gates = member.gates};
        if (!saved(run, member.writer->saveDescription(description))) continue;
        if (!saved(run, member.writer->beginMetrics(m_trainer->step()))) continue;
        m_context.inbox->push(runs::RunStarted{
            member.item.id, m_trainer->step(), m_trainer->totalSteps(),
            static_cast<std::int64_t>(cohort.size()), m_context.lane, m_context.device});
    }
    if (m_outcome.fatal) return abandonAll(), false;
    dropSuperseded();
    return !m_members.empty();
}

void CohortRunner::stepUntilDone(const std::stop_token& stop) {
    while (!m_members.empty() && m_trainer->step() < m_trainer->totalSteps()) {
        leaveCancelled();
        if (m_members.empty()) return;
        if (stop.stop_requested()) return pauseAll();
        if (!trainOneStep()) return;
        watch();
        if (m_members.empty() || !evaluateAndReport()) return;
        const Clock::time_point now = Clock::now();
        if (secondsBetween(m_lastBeat, now) >= kBeatSeconds) {
            for (const CohortMember& member : m_members) {
                if (member.writer) member.writer->beat();
            }
            m_lastBeat = now;
        }
        if (secondsBetween(m_lastSave, now) >= m_context.settings.training.checkpointSeconds &&
            m_trainer->step() < m_trainer->totalSteps() && !saveAll()) {
            return;
        }
        dropSuperseded();
    }
    if (!m_members.empty()) finishGroup();
}

bool CohortRunner::trainOneStep() {
    const Clock::time_point begin = Clock::now();
    Result<std::vector<StepReport>> reports = m_trainer->trainStep();
    if (!reports) return handle(reports.error()), false;
    const double seconds = secondsBetween(begin, Clock::now());
    m_reports = std::move(*reports);
    m_secondsSinceLine += seconds;
    for (std::size_t run = 0; run < m_members.size(); ++run) {
        m_members[run].progress.trainSeconds += seconds;
        m_members[run].progress.lastTrainLoss = m_reports[run].trainLoss;
    }
    tick();
    return true;
}

/// Adds the wall time since the last call to every run of the cohort.
void CohortRunner::tick() {
    const Clock::time_point now = Clock::now();
    for (CohortMember& member : m_members)
        member.progress.elapsedSeconds += secondsBetween(m_lastTick, now);
    m_lastTick = now;
}

void CohortRunner::watch() {
    std::vector<std::size_t> places;
    std::vector<RunFailure> failures;
    for (std::size_t run = 0; run < m_members.size(); ++run) {
        const std::optional<std::string> verdict = m_guardians[run].verdict(m_reports[run]);
        m_members[run].progress.firstLoss = m_guardians[run].firstLoss();
        if (!verdict) continue;
        writeLine(run, point(run));
        places.push_back(run);
        failures.push_back(
            failureOf({ErrorKind::Diverged,
                       "Diverged at step " + std::to_string(m_trainer->step()) + ": " + *verdict},
                      m_trainer->step()));
    }
    removeLeavers(places, std::move(failures));
}

runs::MetricPoint CohortRunner::point(std::size_t run) const {
    const StepReport& report = m_reports[run];
    runs::MetricPoint point;
    point.step = m_trainer->step();
    point.tokens = point.step * m_trainer->tokensPerStep();
    point.trainLoss = m_members[run].progress.lastTrainLoss;
    point.learningRate = report.learningRate;
    point.gradientNorm = report.gradientNorm;
    point.indexGradientNorm = report.indexGradientNorm;
    point.indexLoss = report.indexLoss;
    const auto tokens =
        static_cast<double>((point.step - m_stepOfLine) * m_trainer->tokensPerStep());
    point.tokensPerSecond = m_secondsSinceLine > 0.0 ? tokens / m_secondsSinceLine : 0.0;
    point.elapsedSeconds = m_members[run].progress.elapsedSeconds;
    return point;
}

void CohortRunner::writeLine(std::size_t run, const runs::MetricPoint& point) {
    if (m_members[run].writer) saved(run, m_members[run].writer->append(point));
}

bool CohortRunner::evaluateAndReport() {
    const std::int64_t step = m_trainer->step();
    const std::int64_t total = m_trainer->totalSteps();
    const bool evaluate =
        std::binary_search(m_evaluationSteps.begin(), m_evaluationSteps.end(), step);
    const bool line = evaluate || step == 1 || step == total ||
                      step % std::max<std::int64_t>(1, total / kMostLines) == 0;
    if (!line) return true;
    std::vector<Evaluation> evaluations;
    if (evaluate) {
        Result<std::vector<Evaluation>> result =
            m_trainer->evaluate(m_context.settings.training.evaluationTokens);
        if (!result) return handle(result.error()), false;
        evaluations = std::move(*result);
        tick();
    }
    for (std::size_t run = 0; run < m_members.size(); ++run) {
        runs::MetricPoint now = point(run);
        if (evaluate) addCurvePoint(run, now, evaluations[run]);
        writeLine(run, now);
        m_members[run].lastLine = now;
        if (!m_members[run].writer) continue;
        const RunId& id = m_members[run].item.id;
        if (evaluate) {
            m_context.inbox->push(runs::EvaluationDone{id, now});
        } else {
            m_context.inbox->push(runs::StepProgress{id, now, total, 0});
        }
    }
    m_stepOfLine = step;
    m_secondsSinceLine = 0.0;
    if (m_outcome.fatal) return abandonAll(), false;
    dropSuperseded();
    return !m_members.empty();
}

void CohortRunner::addCurvePoint(std::size_t run, runs::MetricPoint& point,
                                 const Evaluation& evaluation) {
    point.validationLoss = evaluation.loss;
    point.validationAccuracy = evaluation.accuracy;
    point.recall = meanRecall(evaluation.layers);
    m_members[run].progress.curve.push_back({point.step, point.tokens, point.trainLoss,
                                             evaluation.loss, evaluation.accuracy,
                                             point.elapsedSeconds});
}

std::vector<RunId> CohortRunner::cohortIds() const {
    std::vector<RunId> ids;
    for (const CohortMember& member : m_members) ids.push_back(member.item.id);
    return ids;
}

void CohortRunner::say(Severity severity, const std::string& text, const RunId& id) const {
    m_context.inbox->push(runs::Message{severity, text, id});
}

}  // namespace training
