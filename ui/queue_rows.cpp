// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/queue_rows.h"

#include <QObject>
#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "ui/grid_content.h"
#include "ui/text.h"

namespace ui {
namespace {

runs::LaneActivity activityOf(TrainingState state) {
    switch (state) {
        case TrainingState::Starting:
        case TrainingState::Running:
            return runs::LaneActivity::Training;
        case TrainingState::Pausing:
            return runs::LaneActivity::Pausing;
        case TrainingState::Stopped:
            break;
    }
    return runs::LaneActivity::Stopped;
}

QString placeOf(const runs::RunView& run) {
    if (run.status == runs::RunStatus::RunningElsewhere)
        return QString::fromStdString(run.message);  // names the process
    if (run.cohortSize <= 1) return QObject::tr("lane %1").arg(run.lane + 1);
    return QObject::tr("lane %1, stack of %2").arg(run.lane + 1).arg(run.cohortSize);
}

/// Fills in what every stage shows.
class RowMaker {
public:
    RowMaker(const runs::Study& study, std::span<const runs::QueueItem> waiting,
             const LaneChoice& lanes, TrainingState training)
        : m_forecast(runs::forecast(study, waiting, {lanes.lanes, lanes.runsPerCohort})),
          m_training(training) {}

    QueueRow make(const runs::RunView& run, QueueRow::Stage stage) {
        QueueRow row;
        row.id = run.id;
        row.spec = run.spec;
        row.stage = stage;
        row.state = stateOf(run);
        row.step = run.step;
        row.totalSteps = run.totalSteps;
        if (row.state == CellState::Running && run.latest)
            row.tokensPerSecond = run.latest->tokensPerSecond;
        const auto found = m_forecast.find(run.id);
        if (found == m_forecast.end()) return row;
        const runs::RunForecast& known = found->second;
        if (known.secondsLeft) row.left = duration(*known.secondsLeft);
        const bool goesOn = m_training == TrainingState::Running || row.state == CellState::Running;
        if (known.endsIn && goesOn) row.ends = clockTime(*known.endsIn);
        if (known.endsIn) m_last = std::max(m_last.value_or(0.0), *known.endsIn);
        return row;
    }
    std::optional<double> last() const { return m_last; }

private:
    std::unordered_map<runs::RunId, runs::RunForecast> m_forecast;
    TrainingState m_training;
    std::optional<double> m_last;
};

}  // namespace

QString runName(const experiment::RunSpec& spec) {
    return QStringLiteral("%1 · seed %2").arg(cellName(cellOf(spec))).arg(spec.seed);
}

QString priorityName(int priority) {
    if (priority == 1) return QObject::tr("high");
    if (priority == 0) return QObject::tr("normal");
    if (priority == -1) return QObject::tr("low");
    return QString::number(priority);
}

QueueContent queueContent(const runs::Study& study, const runs::Queue& queue,
                          const LaneChoice& lanes, TrainingState training) {
    const std::vector<runs::WaitingRun> waiting = queue.waiting(activityOf(training));
    std::vector<runs::QueueItem> items;
    std::unordered_set<runs::RunId> queued;
    for (const runs::WaitingRun& one : waiting) {
        items.push_back(one.item);
        queued.insert(one.item.id);
    }
    RowMaker maker(study, items, lanes, training);
    QueueContent content;
    for (const runs::RunView& run : study.runs()) {
        if (stateOf(run) != CellState::Running || queued.contains(run.id)) continue;
        content.rows.push_back(maker.make(run, QueueRow::Stage::Training));
        content.rows.back().reason = placeOf(run);
        ++content.training;
    }
    for (const runs::WaitingRun& one : waiting) {
        const runs::RunView* run = study.find(one.item.id);
        if (!run) continue;
        QueueRow row = maker.make(*run, QueueRow::Stage::Waiting);
        const bool held = one.item.hold == runs::Hold::Held;
        if (held || (row.state == CellState::Queued && run->step > 0))
            row.state = CellState::Paused;
        row.reason = run->status == runs::RunStatus::RunningElsewhere
                         ? placeOf(*run)
                         : QString::fromStdString(one.reason);
        row.priority = one.item.priority;
        row.hold = one.item.hold;
        content.rows.push_back(std::move(row));
        ++content.waiting;
        if (held) ++content.held;
    }
    for (const runs::RunView& run : study.runs()) {
        const bool failed =
            stateOf(run) == CellState::Failed || stateOf(run) == CellState::Diverged;
        if (!failed || queued.contains(run.id)) continue;
        content.rows.push_back(maker.make(run, QueueRow::Stage::Failed));
        content.rows.back().reason = QString::fromStdString(run.message);
        ++content.failed;
    }
    int number = 0;
    for (QueueRow& row : content.rows) row.number = ++number;
    content.secondsLeft = maker.last();
    return content;
}

QString queueSummary(const QueueContent& content, TrainingState training) {
    QStringList parts;
    if (content.training > 0) parts.push_back(QObject::tr("%1 in training").arg(content.training));
    if (content.waiting > 0) {
        parts.push_back(QObject::tr("%1 waiting").arg(content.waiting));
        if (content.held > 0) parts.back() += QObject::tr(" (%1 held)").arg(content.held);
    }
    if (content.failed > 0) parts.push_back(QObject::tr("%1 failed").arg(content.failed));
    if (content.secondsLeft && *content.secondsLeft > 0.0) {
        const QString left = duration(*content.secondsLeft);
        parts.push_back(
            training == TrainingState::Running
                ? QObject::tr("%1 left, done %2").arg(left, clockTime(*content.secondsLeft))
                : QObject::tr("%1 of training").arg(left));
    }
    return parts.join(QStringLiteral(", "));
}

}  // namespace ui
