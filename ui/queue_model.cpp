// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/queue_model.h"

#include <QApplication>
#include <QMimeData>
#include <QPalette>
#include <algorithm>
#include <iterator>
#include <unordered_set>

#include "ui/text.h"

namespace ui {
namespace {

const QString kMimeType = QStringLiteral("application/x-sparsity-workbench-runs");

std::unordered_set<runs::RunId> idsOf(const std::vector<QueueRow>& rows) {
    std::unordered_set<runs::RunId> ids;
    for (const QueueRow& row : rows) ids.insert(row.id);
    return ids;
}

}  // namespace

QueueModel::QueueModel(QObject* parent) : QAbstractTableModel(parent) {}

void QueueModel::setRows(std::vector<QueueRow> rows) {
    removeGone(rows);
    arrange(rows);
    takeValues(std::move(rows));
}

void QueueModel::removeGone(const std::vector<QueueRow>& wanted) {
    const std::unordered_set<runs::RunId> stay = idsOf(wanted);
    for (int last = rowCount() - 1; last >= 0; --last) {
        if (stay.contains(row(last).id)) continue;
        int first = last;
        while (first > 0 && !stay.contains(row(first - 1).id)) --first;
        beginRemoveRows({}, first, last);
        m_rows.erase(m_rows.begin() + first, m_rows.begin() + last + 1);
        endRemoveRows();
        last = first;
    }
}

/// Brings the rows into the wanted order, whole blocks at a time.
void QueueModel::arrange(const std::vector<QueueRow>& wanted) {
    const std::unordered_set<runs::RunId> known = idsOf(m_rows);
    const auto wantedId = [&wanted](int at) -> const runs::RunId& {
        return wanted[static_cast<std::size_t>(at)].id;
    };
    const int count = static_cast<int>(wanted.size());
    for (int at = 0; at < count; ++at) {
        if (at < rowCount() && row(at).id == wantedId(at)) continue;
        int length = 1;
        if (known.contains(wantedId(at))) {
            const int from = indexOf(wantedId(at));
            while (from + length < rowCount() && at + length < count &&
                   row(from + length).id == wantedId(at + length))
                ++length;
            beginMoveRows({}, from, from + length - 1, {}, at);
            std::rotate(m_rows.begin() + at, m_rows.begin() + from, m_rows.begin() + from + length);
            endMoveRows();
        } else {
            while (at + length < count && !known.contains(wantedId(at + length))) ++length;
            beginInsertRows({}, at, at + length - 1);
            m_rows.insert(m_rows.begin() + at, wanted.begin() + at, wanted.begin() + at + length);
            endInsertRows();
        }
        at += length - 1;
    }
}

/// One signal for every block of neighbours that changed.
void QueueModel::takeValues(std::vector<QueueRow> wanted) {
    int first = -1;
    const int count = static_cast<int>(wanted.size());
    for (int at = 0; at <= count; ++at) {
        const auto place = static_cast<std::size_t>(at);
        const bool differs = at < count && wanted[place] != m_rows[place];
        if (differs) {
            m_rows[place] = std::move(wanted[place]);
            if (first < 0) first = at;
        } else if (first >= 0) {
            emit dataChanged(index(first, 0), index(at - 1, ColumnCount - 1));
            first = -1;
        }
    }
}

int QueueModel::indexOf(const runs::RunId& id) const {
    const auto found = std::find_if(m_rows.begin(), m_rows.end(),
                                    [&id](const QueueRow& row) { return row.id == id; });
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
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
    const int column = index.column();
    const bool number = column == Order || column == Speed || column == Left;
    const bool centred = column == Ends;
    switch (role) {
        case Qt::DisplayRole:
            return text(shown, column);
        case Qt::DecorationRole:
            return column == State ? QVariant(stateIcon(shown.state, QApplication::palette()))
                                   : QVariant();
        case Qt::TextAlignmentRole:
            return int((number    ? Qt::AlignRight
                        : centred ? Qt::AlignHCenter
                                  : Qt::AlignLeft) |
                       Qt::AlignVCenter);
        case Qt::ToolTipRole:
            return toolTip(shown);
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

QString QueueModel::text(const QueueRow& shown, int column) const {
    switch (column) {
        case Order:
            return QString::number(shown.number);
        case Run:
            return runName(shown.spec);
        case State:
            return shown.hold == runs::Hold::Held ? tr("held") : stateName(shown.state);
        case Progress:
            return tr("step %1 of %2").arg(counted(shown.step), counted(shown.totalSteps));
        case Speed:
            return shown.tokensPerSecond > 0.0 ? tokenRate(shown.tokensPerSecond) : QString();
        case Left:
            return shown.left;
        case Ends:
            return shown.ends;
        case Priority:
            return shown.stage == QueueRow::Stage::Waiting ? priorityName(shown.priority)
                                                           : QString();
        case Reason:
            return shown.reason;
        default:
            return {};
    }
}

QString QueueModel::toolTip(const QueueRow& shown) const {
    QString text = QStringLiteral("<b>%1</b>").arg(runName(shown.spec).toHtmlEscaped());
    if (!shown.reason.isEmpty())
        text += QStringLiteral("<p>%1</p>").arg(shown.reason.toHtmlEscaped());
    return text + QStringLiteral("<p>%1</p>").arg(QString::fromStdString(shown.id).toHtmlEscaped());
}

QVariant QueueModel::headerData(int section, Qt::Orientation orientation, int role) const {
    struct Title {
        QString name;
        QString meaning;
    };
    const Title titles[ColumnCount] = {
        {tr("#"), tr("Order of training; drag waiting runs to change it.")},
        {tr("Run"), {}},
        {tr("State"), {}},
        {tr("Progress"), tr("Optimiser steps done.")},
        {tr("Speed"), tr("Training tokens per second of this run.")},
        {tr("Left"), tr("Time that this run still needs in its lane, from measured step times.")},
        {tr("Ends"), tr("When it is expected to be done, the runs before it included.")},
        {tr("Priority"), tr("Higher priorities are trained first.")},
        {tr("Why"), tr("Why the run waits, where it is trained, or what went wrong.")}};
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount) return {};
    if (role == Qt::DisplayRole) return titles[section].name;
    if (role == Qt::ToolTipRole) return titles[section].meaning;
    if (role == Qt::TextAlignmentRole && section == Ends) return int(Qt::AlignCenter);
    if (role == Qt::TextAlignmentRole && (section == Speed || section == Left))
        return int(Qt::AlignRight | Qt::AlignVCenter);
    return {};
}

Qt::ItemFlags QueueModel::flags(const QModelIndex& index) const {
    if (!index.isValid()) return Qt::ItemIsDropEnabled;  // between the rows
    Qt::ItemFlags flags = QAbstractTableModel::flags(index) | Qt::ItemNeverHasChildren;
    if (row(index.row()).stage == QueueRow::Stage::Waiting) flags |= Qt::ItemIsDragEnabled;
    return flags;
}

QStringList QueueModel::mimeTypes() const {
    return {kMimeType};
}

QMimeData* QueueModel::mimeData(const QModelIndexList& indexes) const {
    QStringList ids;
    for (const QModelIndex& one : indexes) {
        const QString id = one.data(IdRole).toString();
        if (!ids.contains(id)) ids.push_back(id);
    }
    auto* data = new QMimeData;
    data->setData(kMimeType, ids.join(QLatin1Char('\n')).toUtf8());
    return data;
}

bool QueueModel::canDropMimeData(const QMimeData* data, Qt::DropAction action, int, int,
                                 const QModelIndex& parent) const {
    return data->hasFormat(kMimeType) && action == Qt::MoveAction && !parent.isValid();
}

bool QueueModel::dropMimeData(const QMimeData* data, Qt::DropAction action, int row, int column,
                              const QModelIndex& parent) {
    if (!canDropMimeData(data, action, row, column, parent)) return false;
    const auto waits = [](const QueueRow& one) { return one.stage == QueueRow::Stage::Waiting; };
    const auto from = m_rows.begin() + std::clamp(row < 0 ? rowCount() : row, 0, rowCount());
    // Dropped among what trains: before the first that waits.
    const auto before = std::find_if(from, m_rows.end(), waits);
    const QString id = before == m_rows.end() ? QString() : QString::fromStdString(before->id);
    emit runsDropped(
        QString::fromUtf8(data->data(kMimeType)).split(QLatin1Char('\n'), Qt::SkipEmptyParts), id);
    return true;
}

}  // namespace ui
