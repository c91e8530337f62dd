// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/study_analysis.h"

#include <algorithm>
#include <utility>

#include "engine/runs/grid_table.h"
#include "ui/background.h"
#include "ui/undoable_edit.h"
#include "ui/workbench.h"

namespace ui {
namespace {

constexpr int kGatherMs = 50;

}  // namespace

StudyAnalysis::StudyAnalysis(Workbench& workbench, QObject* parent)
    : QObject(parent), m_workbench(workbench) {
    m_timer.setSingleShot(true);
    m_timer.setInterval(kGatherMs);
    connect(&m_timer, &QTimer::timeout, this, &StudyAnalysis::compute);
    connect(&m_workbench, &Workbench::changed, this, &StudyAnalysis::onChange);
}

QString StudyAnalysis::changeChoices(runs::AnalysisChoices choices) {
    const runs::AnalysisChoices before = m_choices;
    choices.statedAt = before.statedAt;
    if (choices == before) return {};
    choices.statedAt = runs::timeStamp();
    const QString wrong = adopt(choices);
    if (!wrong.isEmpty()) return wrong;
    m_workbench.undoStack().push(new UndoableEdit<runs::AnalysisChoices>(
        tr("analysis options"), before, choices,
        [this](const runs::AnalysisChoices& kept) { adopt(kept); }));
    return {};
}

QString StudyAnalysis::adopt(const runs::AnalysisChoices& choices) {
    const runs::Study* study = m_workbench.study();
    if (!study) return tr("Open an experiment first.");
    if (const auto valid = runs::validate(choices); !valid)
        return QString::fromStdString(valid.error().message);
    // Choices on an experiment that cannot be written to hold while it is open.
    if (study->access() == runs::Access::ReadWrite)
        if (const auto saved = runs::saveAnalysisChoices(study->folder(), choices); !saved)
            return QString::fromStdString(saved.error().message);
    m_choices = choices;
    emit choicesChanged();
    request();
    return {};
}

QString StudyAnalysis::statedAt() const {
    const runs::Study* study = m_workbench.study();
    if (!study) return {};
    const bool changed = !m_choices.statedAt.empty();
    const std::string& stamp = changed ? m_choices.statedAt : study->created();
    if (stamp.empty()) return tr("When they were stated is not recorded.");
    QString text =
        QString::fromStdString(stamp).left(16).replace(QLatin1Char('T'), QLatin1Char(' '));
    text = changed ? tr("Stated at %1 UTC, when the analysis options were last changed.").arg(text)
                   : tr("Stated at %1 UTC, with the experiment.").arg(text);
    return text;
}

void StudyAnalysis::loadChoices() {
    m_choices = {};
    const runs::Study* study = m_workbench.study();
    if (!study) return;
    auto read = runs::readAnalysisChoices(study->folder());
    if (read) {
        m_choices = *std::move(read);
    } else {
        m_workbench.messages().add({runs::Severity::Warning, read.error().message, {}});
    }
    emit choicesChanged();
}

void StudyAnalysis::onChange(const Change& change) {
    if (change.aspects & Aspect::Experiment) {
        ++m_newest;
        m_computing = false;
        m_stale = false;
        m_endedRuns = 0;
        m_current.reset();
        m_results.reset();
        m_plan.clear();
        loadChoices();
        emit updated();
    }
    if (!(change.aspects & (Aspect::Runs | Aspect::Plan)) || !m_workbench.study()) return;
    const auto runs = m_workbench.study()->runs();
    const auto ended = static_cast<std::size_t>(
        std::count_if(runs.begin(), runs.end(), [](const runs::RunView& run) {
            return run.status == runs::RunStatus::Done || run.status == runs::RunStatus::Failed ||
                   run.status == runs::RunStatus::Diverged;
        }));
    if (ended == m_endedRuns && !(change.aspects & Aspect::Plan)) return;
    m_endedRuns = ended;
    request();
}

void StudyAnalysis::request() {
    m_stale = true;
    // A timer that runs is left alone: runs that end one after another must not put it off.
    if (!m_computing && !m_timer.isActive()) m_timer.start();
}

void StudyAnalysis::compute() {
    const runs::Study* study = m_workbench.study();
    if (!study) return;
    m_computing = true;
    m_stale = false;
    const auto results = std::make_shared<const runs::ResultsTable>(study->results());
    using Answer = std::shared_ptr<const stats::GridAnalysis>;
    const auto work =
        [results, options = runs::optionsOf<stats::GridAnalysisOptions>(m_choices)]() -> Answer {
        try {
            return std::make_shared<const stats::GridAnalysis>(
                stats::analyseGrid(runs::gridTable<stats::GridTable>(*results), options));
        } catch (const std::domain_error&) {
            return nullptr;  // the table is malformed: nothing can be said about it
        }
    };
    inBackground(this, work, [this, asked = ++m_newest, results](Answer answer) {
        if (asked != m_newest) return;
        m_computing = false;
        m_plan = answer ? QString::fromStdString(answer->plan) : QString();
        const bool found = answer && answer->counts.done + answer->denseCounts.done > 0;
        m_current = found ? std::move(answer) : nullptr;
        m_results = found ? results : nullptr;
        emit updated();
        if (m_stale) m_timer.start();
    });
}

}  // namespace ui
