// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/message_model.h"

#include <QApplication>
#include <QStyle>

namespace ui {
namespace {

QString levelName(runs::Severity severity) {
    switch (severity) {
        case runs::Severity::Info:
            return QStringLiteral("info");
        case runs::Severity::Warning:
            return QStringLiteral("warning");
        case runs::Severity::Error:
            return QStringLiteral("error");
    }
    return {};
}

QIcon levelIcon(runs::Severity severity) {
    const QStyle* style = QApplication::style();
    switch (severity) {
        case runs::Severity::Info:
            return style->standardIcon(QStyle::SP_MessageBoxInformation);
        case runs::Severity::Warning:
            return style->standardIcon(QStyle::SP_MessageBoxWarning);
        case runs::Severity::Error:
            return style->standardIcon(QStyle::SP_MessageBoxCritical);
    }
    return {};
}

}  // namespace

MessageModel::MessageModel(QObject* parent) : QAbstractTableModel(parent) {}

void MessageModel::add(const runs::Message& message) {
    if (rowCount() >= kMostMessages) {
        beginRemoveRows({}, rowCount() - 1, rowCount() - 1);
        m_entries.pop_back();
        endRemoveRows();
    }
    beginInsertRows({}, 0, 0);
    m_entries.push_front({QDateTime::currentDateTime(), message});
    endInsertRows();
}

std::vector<runs::Message> MessageModel::about(const runs::RunId& id) const {
    std::vector<runs::Message> found;
    for (const Entry& entry : m_entries)
        if (entry.message.id == id) found.push_back(entry.message);
    return found;
}

int MessageModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

int MessageModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant MessageModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const Entry& entry = m_entries[static_cast<std::size_t>(index.row())];
    if (role == Qt::DecorationRole && index.column() == Level)
        return levelIcon(entry.message.severity);
    if (role == Qt::ToolTipRole && index.column() == Text)
        return QString::fromStdString(entry.message.text);
    if (role != Qt::DisplayRole) return {};
    switch (index.column()) {
        case Time:
            return entry.time.toString(QStringLiteral("HH:mm:ss"));
        case Level:
            return levelName(entry.message.severity);
        case Text:
            return QString::fromStdString(entry.message.text);
        case Run:
            return QString::fromStdString(entry.message.id);
        default:
            return {};
    }
}

QVariant MessageModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    switch (section) {
        case Time:
            return tr("Time");
        case Level:
            return tr("Level");
        case Text:
            return tr("Message");
        case Run:
            return tr("Run");
        default:
            return {};
    }
}

}  // namespace ui
