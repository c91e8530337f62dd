// SPDX-License-Identifier: GPL-3.0-or-later
// How runs leave their cohort: finished, paused, cancelled, diverged, failed, superseded.
#include <algorithm>
#include <utility>

#include "engine/runs/result_summary.h"
#include "engine/training/cohort_runner.h"

namespace training {
namespace {

using engine::Error;
using engine::ErrorKind;
using engine::Result;
using runs::RunFailure;
using runs::RunId;
using runs::RunStatus;
using runs::Severity;

template <class T>
void eraseAt(std::vector<T>& values, std::size_t place) {
    values.erase(values.begin() + static_cast<std::ptrdiff_t>(place));
}

}  // namespace

void CohortRunner::leaveCancelled() {
    std::vector<std::size_t> places;
    std::vector<RunFailure> failures;
    for (std::size_t run = 0; run < m_members.size(); ++run) {
        if (!m_context.cancelled->take(m_members[run].item.id)) continue;
        places.push_back(run);
        failures.push_back({RunStatus::Paused, 0, m_trainer->step(), "cancelled"});
    }
    removeLeavers(places, std::move(failures));
}

void CohortRunner::removeLeavers(const std::vector<std::size_t>& places,
                                 std::vector<RunFailure> failures) {
    if (places.empty()) return;
    std::vector<Leaver> leavers;
    for (std::size_t i = 0; i < places.size(); ++i) {
        CohortMember& member = m_members[places[i]];
        member.progress.peakBytes = std::max(member.progress.peakBytes, m_trainer->peakBytes());
        // It continues alone, if at all: the others no longer wait for it.
        if (member.writer && m_trainer->step() > 0) {
            ++member.progress.saves;
            saved(places[i], member.writer->saveCheckpoint(m_trainer->saveState(places[i]),
                                                           {member.item.id}, member.progress));
        }
    }
    for (std::size_t i = places.size(); i-- > 0;) {
        leavers.push_back({std::move(m_members[places[i]]), std::move(failures[i])});
        eraseAt(m_members, places[i]);
        eraseAt(m_guardians, places[i]);
        eraseAt(m_reports, places[i]);
    }
    std::erase_if(m_superseded, [&places](std::size_t run) {
        return std::find(places.begin(), places.end(), run) != places.end();
    });
    for (std::size_t& run : m_superseded) {
        run -= static_cast<std::size_t>(std::count_if(
            places.begin(), places.end(), [run](std::size_t place) { return place < run; }));
    }
    if (!m_members.empty()) m_trainer->removeRuns(places);
    // First the others without it, then its end: a crash in between finds the whole cohort at its
    // older step.
    if (!m_members.empty() && m_trainer->step() > 0 && !m_outcome.fatal) saveAll();
    for (auto leaver = leavers.rbegin(); leaver != leavers.rend(); ++leaver)
        finishLeaver(std::move(*leaver));
    if (m_outcome.fatal) abandonAll();
}

void CohortRunner::finishLeaver(Leaver leaver) {
    const RunId& id = leaver.member.item.id;
    if (!leaver.member.writer) return;
    if (leaver.failure.status == RunStatus::Paused) {
        m_context.inbox->push(runs::RunPaused{id, leaver.failure.step});
        return;
    }
    Error error{
        leaver.failure.status == RunStatus::Diverged ? ErrorKind::Diverged : ErrorKind::Data,
        leaver.failure.message};
    if (leaver.failure.exitCode == engine::exitCode(ErrorKind::OutOfMemory))
        error.kind = ErrorKind::OutOfMemory;
    if (const Result<void> written = leaver.member.writer->saveFailure(leaver.failure); !written) {
        say(Severity::Error, written.error().message, id);
        if (written.error().kind == ErrorKind::Io) m_outcome.fatal = written.error();
    }
    m_context.inbox->push(
        runs::RunFailed{id, leaver.failure.status, leaver.failure.step, std::move(error)});
}

bool CohortRunner::saveAll() {
    tick();
    const std::vector<RunId> cohort = cohortIds();
    for (std::size_t run = 0; run < m_members.size() && !m_outcome.fatal; ++run) {
        CohortMember& member = m_members[run];
        if (!member.writer) continue;
        ++member.progress.saves;
        member.progress.peakBytes = std::max(member.progress.peakBytes, m_trainer->peakBytes());
        saved(run,
              member.writer->saveCheckpoint(m_trainer->saveState(run), cohort, member.progress));
    }
    m_lastSave = Clock::now();
    m_stepOfSave = m_trainer->step();
    if (m_outcome.fatal) return abandonAll(), false;
    return true;
}

bool CohortRunner::saved(std::size_t run, const Result<void>& result) {
    if (result) return true;
    if (result.error().kind == ErrorKind::Superseded) {
        if (std::find(m_superseded.begin(), m_superseded.end(), run) == m_superseded.end())
            m_superseded.push_back(run);
        say(Severity::Warning, result.error().message, m_members[run].item.id);
    } else if (!m_outcome.fatal) {
        m_outcome.fatal = result.error();
    }
    return false;
}

void CohortRunner::dropSuperseded() {
    std::vector<std::size_t> places = std::exchange(m_superseded, {});
    if (places.empty()) return;
    std::sort(places.begin(), places.end());
    for (std::size_t i = places.size(); i-- > 0;) {
        const CohortMember& member = m_members[places[i]];
        const Error error{ErrorKind::Superseded,
                          "Another process took over this run; what it writes counts."};
        m_context.inbox->push(
            runs::RunFailed{member.item.id, RunStatus::RunningElsewhere, m_trainer->step(), error});
        eraseAt(m_members, places[i]);
        eraseAt(m_guardians, places[i]);
        eraseAt(m_reports, places[i]);
    }
    if (!m_members.empty()) m_trainer->removeRuns(places);
}

/// Nothing can be saved any more: every run keeps what it saved before.
void CohortRunner::abandonAll() {
    for (CohortMember& member : m_members) {
        if (!member.writer || member.hasResult) continue;
        m_context.inbox->push(
            runs::RunFailed{member.item.id, m_stepOfSave > 0 ? RunStatus::Paused : RunStatus::Empty,
                            m_stepOfSave, *m_outcome.fatal});
        m_outcome.unfinished.push_back(std::move(member.item));
    }
    m_members.clear();
}

void CohortRunner::pauseAll() {
    if (m_trainer->step() > m_stepOfSave && !saveAll()) return;
    dropSuperseded();
    for (CohortMember& member : m_members) {
        if (!member.writer) continue;
        member.writer->release();
        m_context.inbox->push(runs::RunPaused{member.item.id, m_trainer->step()});
        m_outcome.unfinished.push_back(std::move(member.item));
    }
    m_members.clear();
}

/// An error of the trainer: out of memory splits the cohort if it can be split, anything else ends
/// its runs.
void CohortRunner::handle(const Error& error) {
    if (error.kind != ErrorKind::OutOfMemory || m_members.size() < 2) return failAll(error);
    say(Severity::Warning,
        "Out of memory with " + std::to_string(m_members.size()) +
            " runs stacked: they go on in two halves from their last checkpoints. " +
            error.message);
    m_trainer.reset();  // its memory first
    const std::size_t half = m_members.size() / 2;
    std::vector<CohortMember> first, second;
    for (std::size_t run = 0; run < m_members.size(); ++run) {
        if (!m_members[run].writer) continue;
        const RunId id = m_members[run].item.id;
        m_members[run].writer->release();  // the halves write attempts of their own
        Result<runs::RunWriter> again = runs::RunWriter::open(m_context.runsFolder / id);
        if (!again) {
            m_context.inbox->push(
                runs::RunFailed{id, RunStatus::Paused, m_stepOfSave, again.error()});
            continue;
        }
        m_members[run].writer = std::move(*again);
        (run < half ? first : second).push_back(std::move(m_members[run]));
    }
    m_members.clear();
    for (std::vector<CohortMember>* members : {&second, &first}) {
        std::vector<CohortGroup> groups = planGroups(m_context, std::move(*members));
        for (auto group = groups.rbegin(); group != groups.rend(); ++group)
            m_groups.push_front(std::move(*group));
    }
}

void CohortRunner::failAll(const Error& error) {
    const std::int64_t step = m_trainer ? m_trainer->step() : 0;
    const RunStatus status =
        error.kind == ErrorKind::Diverged ? RunStatus::Diverged : RunStatus::Failed;
    for (CohortMember& member : m_members) {
        finishLeaver(
            {std::move(member), {status, engine::exitCode(error.kind), step, error.message}});
    }
    m_members.clear();
}

void CohortRunner::finishGroup() {
    if (m_trainer->step() > m_stepOfSave && !saveAll()) return;
    dropSuperseded();
    if (m_members.empty()) return;
    Result<std::vector<Evaluation>> final = m_trainer->evaluateFully();
    if (!final) return handle(final.error());
    // The curve keeps to the same tokens up to its end; the whole split gives the primary metric.
    const std::int64_t curveTokens = m_context.settings.training.evaluationTokens;
    std::vector<Evaluation> curve = *final;
    if (curveTokens < final->front().tokens) {
        Result<std::vector<Evaluation>> shorter = m_trainer->evaluate(curveTokens);
        if (!shorter) return handle(shorter.error());
        curve = std::move(*shorter);
    }
    tick();
    for (std::size_t run = 0; run < m_members.size() && !m_outcome.fatal; ++run) {
        if (m_members[run].writer) finishMember(run, (*final)[run], curve[run]);
    }
    if (m_outcome.fatal) return abandonAll();
    // Slim copies last: until every result is there the full ones are needed to resume the same
    // stack.
    const std::vector<RunId> cohort = cohortIds();
    for (std::size_t run = 0; run < m_members.size(); ++run) {
        CohortMember& member = m_members[run];
        if (!member.writer ||
            std::find(m_superseded.begin(), m_superseded.end(), run) != m_superseded.end())
            continue;
        const Result<void> slim =
            member.writer->slimCheckpoint(m_trainer->saveState(run), cohort, member.progress);
        if (!slim) say(Severity::Warning, slim.error().message, member.item.id);
        member.writer->release();
    }
    m_members.clear();
}

void CohortRunner::finishMember(std::size_t run, const Evaluation& final, const Evaluation& curve) {
    CohortMember& member = m_members[run];
    member.progress.peakBytes = std::max(member.progress.peakBytes, m_trainer->peakBytes());
    runs::MetricPoint last =
        member.lastLine.step == m_trainer->step() ? member.lastLine : point(run);
    addCurvePoint(run, last, curve);
    writeLine(run, last);
    const runs::RunResult result = runs::summarise(
        {.spec = member.item.spec,
         .progress = member.progress,
         .final = final,
         .steps = m_trainer->step(),
         .tokensPerStep = m_trainer->tokensPerStep(),
         .trainingTokens = static_cast<std::int64_t>(m_context.corpus->training().size()),
         .curveTokens = curve.tokens,
         .cohortSize = static_cast<std::int64_t>(m_startSize),
         .lanes = m_context.lanes});
    if (!saved(run, member.writer->saveResult(result))) return;
    member.hasResult = true;
    ++m_outcome.finished;
    m_context.inbox->push(runs::EvaluationDone{member.item.id, last});
    m_context.inbox->push(runs::RunFinished{member.item.id, result});
}

}  // namespace training
