// SPDX-License-Identifier: GPL-3.0-or-later
// What outlives the process: runs that were cut off, the example, commands to copy.
#include <QCoreApplication>
#include <QDir>
#include <QSettings>
#include <algorithm>

#include "engine/experiment/batch_command.h"
#include "engine/runs/example_experiment.h"
#include "engine/runs/run_identity.h"
#include "ui/background.h"
#include "ui/grid_content.h"
#include "ui/queue_rows.h"
#include "ui/recent_experiments.h"
#include "ui/text.h"
#include "ui/workbench.h"

namespace ui {
namespace {

constexpr qsizetype kMostNamed = 4;  // runs named in one notice

bool isFailure(const runs::RunView& run) {
    return stateOf(run) == CellState::Failed || stateOf(run) == CellState::Diverged;
}

std::string absolutePath(const runs::Study& study) {
    return std::filesystem::absolute(study.folder()).lexically_normal().string();
}

}  // namespace

QString Workbench::trainingKey() const {
    return QStringLiteral("training/") + settingsName(*m_study);
}

void Workbench::tellWhatWasLeft(const std::vector<runs::QueueItem>& waiting) {
    QStringList cutOff;
    for (const QString& text : QSettings().value(trainingKey()).toStringList()) {
        const runs::RunView* run = m_study->find(text.toStdString());
        const bool waits =
            run && std::any_of(waiting.begin(), waiting.end(),
                               [&](const runs::QueueItem& item) { return item.id == run->id; });
        if (!waits) continue;
        cutOff.push_back(
            run->step > 0
                ? tr("%1 (saved at step %2 of %3)")
                      .arg(runName(run->spec), counted(run->step), counted(run->totalSteps))
                : tr("%1 (no checkpoint yet: starts anew)").arg(runName(run->spec)));
    }
    const auto behind = static_cast<int>(waiting.size()) - static_cast<int>(cutOff.size());
    if (cutOff.isEmpty()) {
        if (behind > 0)
            notify(
                {runs::Severity::Info,
                 tr("Still waiting when this experiment was closed: %1.").arg(runsCounted(behind)),
                 QStringLiteral("start"), tr("Continue"), Lasts::WhileWaiting});
        return;
    }
    const qsizetype more = cutOff.size() - kMostNamed;
    QString names = cutOff.mid(0, kMostNamed).join(QStringLiteral(", "));
    if (more > 0) names += tr(" and %1 more").arg(more);
    QString text = tr("The program ended without warning while it trained %1.").arg(names);
    if (behind > 0) text += QLatin1Char(' ') + tr("Waiting behind: %1.").arg(runsCounted(behind));
    notify({runs::Severity::Warning, text, QStringLiteral("start"), tr("Continue"),
            Lasts::WhileWaiting});
}

void Workbench::notify(const Notice& notice) {
    m_messages.add({notice.severity, notice.text.toStdString(), notice.about});
    emit noticed(notice);
}

bool Workbench::isTrue(const Notice& notice) const {
    const bool starts = m_control.state() == TrainingState::Starting;
    const runs::RunView* run = m_study ? m_study->find(notice.about) : nullptr;
    switch (notice.lasts) {
        case Lasts::UntilDismissed:
            return true;
        case Lasts::UntilStart:
            return !starts;
        case Lasts::WhileWaiting:
            return !starts && m_queue && m_queue->size() > 0;
        case Lasts::WhileFailed:
            return run && isFailure(*run);
        case Lasts::WhileTraining:
            return !isAtRest();
        case Lasts::WhileComplete:
            return m_study && m_study->unfinished().empty();
    }
    return true;
}

void Workbench::tellFailure(const runs::RunFailed& failure) {
    const QString text = QString::fromStdString(failure.error.message);
    const runs::RunView* run = m_study->find(failure.id);
    if (run && run->status == runs::RunStatus::RunningElsewhere) {
        const QString skipped =
            tr("%1 is left to the process that trains it.").arg(runName(run->spec));
        m_messages.add({runs::Severity::Info, skipped.toStdString(), failure.id});
    } else if (run && isFailure(*run)) {
        notify({runs::Severity::Error,
                text,
                QStringLiteral("retryFailed"),
                {},
                Lasts::WhileFailed,
                failure.id});
    } else {  // nothing can be saved: it still waits for the next start
        notify({runs::Severity::Error, text, {}, {}, Lasts::UntilStart, failure.id});
    }
}

bool Workbench::isExample() const {
    return m_study && isOfExamples(QString::fromStdString(m_study->folder().string()));
}

void Workbench::openExample() {
    using Placed = engine::Result<std::filesystem::path>;
    const QString parent = examplesFolder();
    const auto place = [parent] {
        return std::make_shared<Placed>(runs::placeExample(parent.toStdString()));
    };
    inBackground(this, place, [this](std::shared_ptr<Placed> placed) {
        if (!*placed) return refuse(placed->error());
        openExperiment(QString::fromStdString((**placed).string()));
    });
}

QString Workbench::experimentCommand() const {
    if (!m_study) return {};
    const experiment::BatchPlace place{
        .program = QCoreApplication::applicationFilePath().toStdString(),
        .folder = absolutePath(*m_study),
        .device = m_lanes.device,
        .lanes = m_lanes.lanes};
    return QString::fromStdString(experiment::shellLine(
        experiment::batchArguments(place, m_study->settings(), m_study->addedRuns())));
}

QString Workbench::commandFor(const runs::RunId& id) const {
    const runs::RunView* run = m_study ? m_study->find(id) : nullptr;
    if (!run) return {};
    const experiment::BatchPlace place{
        .program = QCoreApplication::applicationFilePath().toStdString(),
        .folder = absolutePath(*m_study) + "-" + runs::cellName(run->spec) + "-" +
                  std::to_string(run->spec.seed),
        .device = m_lanes.device,
        .lanes = 1};
    return QString::fromStdString(experiment::shellLine(experiment::batchArguments(
        place, experiment::settingsOfRun(m_study->settings(), run->spec))));
}

}  // namespace ui
