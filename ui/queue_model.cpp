// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/queue_model.h"

#include <QApplication>
#include <QPalette>
#include <map>

#include "ui/cell_summary.h"
#include "ui/text.h"

namespace ui {
namespace {

QString runName(const experiment::RunSpec& spec) {
    return QStringLiteral("%1 · seed %2")
        .arg(cellName({spec.length, spec.keepRatio, spec.attention}))
        .arg(spec.seed);
}

/// Seconds per optimiser step that this run has shown; negative: none yet.
double pace(const runs::RunView& run) {
    if (run.result && run.result->steps > 0)
        return run.result->elapsedSeconds / static_cast<double>(run.result->steps);
    if (run.latest && run.latest->step > 0)
        return run.latest->elapsedSeconds / static_cast<double>(run.latest->step);
    return -1.0;
}

}  // namespace

std::vector<QueueRow> queueRows(const runs::Study& study, const runs::Queue& queue) {
    std::map<std::int64_t, double> paces;
    for (const runs::RunView& run : study.runs())
        if (const double seconds = pace(run); seconds > 0.0) paces[run.spec.length] = seconds;
    const auto left = [&](const runs::RunView& run) {
        double seconds = pace(run);
        if (const auto known = paces.find(run.spec.length); seconds < 0.0 && known != paces.end())
            seconds = known->second;
        return seconds < 0.0 ? -1.0 : seconds * static_cast<double>(run.totalSteps - run.step);
    };
    std::vector<QueueRow> rows;
    for (const runs::RunView& run : study.runs()) {
        if (stateOf(run) != CellState::Running) continue;
        const bool here = run.status == runs::RunStatus::Running;
        const QString where = here ? QObject::tr("lane %1, trains with %2")
                                         .arg(run.lane + 1)
                                         .arg(std::max<std::int64_t>(1, run.cohortSize))
                                   : QString::fromStdString(run.message);
        rows.push_back(
            {run.id, run.spec, CellState::Running, run.step, run.totalSteps,
             run.latest ? run.latest->tokensPerSecond : 0.0, left(run),
             here && run.cohortSize <= 1 ? QObject::tr("lane %1").arg(run.lane + 1) : where,
             runs::Hold::Released});
    }
    for (const runs::WaitingRun& waiting : queue.waiting()) {
        const runs::RunView* run = study.find(waiting.item.id);
        if (!run) continue;
        const CellState state = waiting.item.hold == runs::Hold::Held || run->step > 0
                                    ? CellState::Paused
                                    : CellState::Queued;
        rows.push_back({run->id, run->spec, state, run->step, run->totalSteps, 0.0, left(*run),
                        QString::fromStdString(waiting.reason), waiting.item.hold});
    }
    return rows;
}

QueueModel::QueueModel(QObject* parent) : QAbstractTableModel(parent) {}

void QueueModel::setRows(std::vector<QueueRow> rows) {
    bool sameOrder = rows.size() == m_rows.size();
    for (std::size_t at = 0; sameOrder && at < rows.size(); ++at)
        sameOrder = rows[at].id == m_rows[at].id;
    if (sameOrder) {
        for (std::size_t at = 0; at < rows.size(); ++at) {
            if (rows[at] == m_rows[at]) continue;
            m_rows[at] = std::move(rows[at]);
            const int changed = static_cast<int>(at);
            emit dataChanged(index(changed, 0), index(changed, ColumnCount - 1));
        }
        return;
    }
    // Keeps selections on their runs while rows come and go.
    emit layoutAboutToBeChanged();
    const QModelIndexList before = persistentIndexList();
    std::vector<runs::RunId> ids;
    for (const QModelIndex& one : before) ids.push_back(row(one.row()).id);
    m_rows = std::move(rows);
    QModelIndexList after;
    for (qsizetype at = 0; at < before.size(); ++at) {
        const int found = indexOf(ids[static_cast<std::size_t>(at)]);
        after.push_back(found < 0 ? QModelIndex() : index(found, before[at].column()));
    }
    changePersistentIndexList(before, after);
    emit layoutChanged();
}

int QueueModel::indexOf(const runs::RunId& id) const {
    for (std::size_t at = 0; at < m_rows.size(); ++at)
        if (m_rows[at].id == id) return static_cast<int>(at);
    return -1;
}

int QueueModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int QueueModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant QueueModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const QueueRow& shown = row(index.row());
    const bool number =
        index.column() == Order || index.column() == Speed || index.column() == Left;
    switch (role) {
        case Qt::DisplayRole:
            return text(shown, index.row(), index.column());
        case Qt::DecorationRole:
            return index.column() == State
                       ? QVariant(stateIcon(shown.state, QApplication::palette()))
                       : QVariant();
        case Qt::TextAlignmentRole:
            return int((number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
        case Qt::ToolTipRole:
            return QString::fromStdString(shown.id);
        case IdRole:
            return QString::fromStdString(shown.id);
        case ShareRole:
            return shown.totalSteps > 0
                       ? static_cast<double>(shown.step) / static_cast<double>(shown.totalSteps)
                       : 0.0;
        default:
            return {};
    }
}

QString QueueModel::text(const QueueRow& shown, int at, int column) const {
    switch (column) {
        case Order:
            return QString::number(at + 1);
        case Run:
            return runName(shown.spec);
        case State:
            return shown.hold == runs::Hold::Held ? tr("held") : stateName(shown.state);
        case Progress:
            return tr("step %1 of %2").arg(counted(shown.step), counted(shown.totalSteps));
        case Speed:
            return tokenRate(shown.tokensPerSecond);
        case Left:
            return duration(shown.secondsLeft);
        case Reason:
            return shown.reason;
        default:
            return {};
    }
}

QVariant QueueModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::ToolTipRole) {
        if (section == Left)
            return tr("Time that this run still needs, at the pace measured so far.");
        if (section == Reason) return tr("Why the run waits, or where it is trained.");
        return {};
    }
    if (role != Qt::DisplayRole) return {};
    switch (section) {
        case Order:
            return tr("#");
        case Run:
            return tr("Run");
        case State:
            return tr("State");
        case Progress:
            return tr("Progress");
        case Speed:
            return tr("Speed");
        case Left:
            return tr("Left");
        case Reason:
            return tr("Why");
        default:
            return {};
    }
}

}  // namespace ui
