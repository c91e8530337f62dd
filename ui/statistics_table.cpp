// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/statistics_table.h"

#include <QFont>
#include <QGuiApplication>
#include <QHash>
#include <QPalette>
#include <algorithm>

#include "ui/colour_map.h"

namespace ui {
namespace {

constexpr double kStrongestFill = 0.8;

QString escapedForLatex(const QString& text) {
    static const QHash<QChar, QString> kMacros = {
        {QLatin1Char('\\'), QStringLiteral("\\textbackslash{}")},
        {QLatin1Char('\n'), QStringLiteral(" ")},
        {QLatin1Char('~'), QStringLiteral("\\textasciitilde{}")},
        {QLatin1Char('^'), QStringLiteral("\\textasciicircum{}")},
        {QLatin1Char('<'), QStringLiteral("$<$")},
        {QLatin1Char('>'), QStringLiteral("$>$")},
        {QChar(0x00b1), QStringLiteral("$\\pm$")},
        {QChar(0x2212), QStringLiteral("$-$")},
        {QChar(0x221e), QStringLiteral("$\\infty$")},
        {QChar(0x2691), QStringLiteral("$\\dagger$")},
        {QChar(0x2013), QStringLiteral("--")},
        {QChar(0x2009), QStringLiteral("\\,")},
        {QChar(0x00b2), QStringLiteral("$^2$")},
        {QChar(0x2081), QStringLiteral("$_1$")},
        {QChar(0x2080), QStringLiteral("$_0$")},
        {QChar(0x03b1), QStringLiteral("$\\alpha$")},
        {QChar(0x03b5), QStringLiteral("$\\epsilon$")},
        {QChar(0x03b7), QStringLiteral("$\\eta$")},
        {QChar(0x03c9), QStringLiteral("$\\omega$")},
        {QChar(0x00d7), QStringLiteral("$\\times$")}};
    QString escaped;
    for (const QChar character : text) {
        if (QStringLiteral("&%$#_{}").contains(character)) {
            escaped += QLatin1Char('\\') + QString(character);
        } else if (const auto macro = kMacros.constFind(character); macro != kMacros.constEnd()) {
            escaped += *macro;
        } else {
            escaped += character;
        }
    }
    return escaped;
}

QString plain(const TableCell& cell) {
    QString text = cell.text;
    text.replace(QChar(0x2212), QLatin1Char('-')).replace(QLatin1Char('\n'), QLatin1Char(' '));
    text.replace(QChar(0x221e), QStringLiteral("inf"));
    if (cell.kind == TableCell::Kind::Number) text.remove(QChar(0x2009));
    return text;
}

QString quotedForCsv(QString text, QChar separator) {
    const bool quotes = text.contains(separator) || text.contains(QLatin1Char('"')) ||
                        text.contains(QLatin1Char('\n'));
    if (!quotes) return text;
    text.replace(QLatin1Char('"'), QStringLiteral("\"\""));
    return QLatin1Char('"') + text + QLatin1Char('"');
}

QColor fill(double shade) {
    const QColor base = QGuiApplication::palette().color(QPalette::Base);
    const QColor full = colourAt(ColourMap::Viridis, 0.35);
    const double share = std::clamp(shade, 0.0, 1.0) * kStrongestFill;
    const auto mix = [share](float from, float to) {
        return static_cast<float>(from + (to - from) * share);
    };
    return QColor::fromRgbF(mix(base.redF(), full.redF()), mix(base.greenF(), full.greenF()),
                            mix(base.blueF(), full.blueF()));
}

}  // namespace

TableCell words(const QString& text) {
    TableCell cell;
    cell.text = text;
    return cell;
}

TableCell number(double value, const QString& text) {
    TableCell cell;
    cell.text = text;
    cell.value = value;
    cell.kind = TableCell::Kind::Number;
    return cell;
}

StatisticsModel::StatisticsModel(QObject* parent) : QAbstractTableModel(parent) {}

void StatisticsModel::setTable(std::vector<TableColumn> columns,
                               std::vector<std::vector<TableCell>> rows) {
    const bool sameColumns =
        std::equal(columns.begin(), columns.end(), m_columns.begin(), m_columns.end(),
                   [](const TableColumn& a, const TableColumn& b) { return a.title == b.title; });
    const bool sameShape = sameColumns && rows.size() == m_rows.size() && !rows.empty();
    if (!sameColumns) m_sortColumn = -1;
    if (!sameShape) beginResetModel();
    m_columns = std::move(columns);
    m_rows = std::move(rows);
    sortRows();
    if (sameShape) {
        emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    } else {
        endResetModel();
    }
}

QString StatisticsModel::toSeparated(QChar separator) const {
    QString text;
    QStringList line;
    for (const TableColumn& column : m_columns)
        line.push_back(quotedForCsv(column.title, separator));
    text += line.join(separator) + QLatin1Char('\n');
    for (const std::vector<TableCell>& row : m_rows) {
        line.clear();
        for (const TableCell& cell : row) line.push_back(quotedForCsv(plain(cell), separator));
        text += line.join(separator) + QLatin1Char('\n');
    }
    return text;
}

QString StatisticsModel::toLatex() const {
    QString alignment;
    for (std::size_t column = 0; column < m_columns.size(); ++column) {
        const bool numeric =
            !m_rows.empty() && m_rows.front()[column].kind == TableCell::Kind::Number;
        alignment += numeric ? QLatin1Char('r') : QLatin1Char('l');
    }
    QString text = QStringLiteral("\\begin{tabular}{%1}\n\\hline\n").arg(alignment);
    QStringList line;
    for (const TableColumn& column : m_columns) line.push_back(escapedForLatex(column.title));
    text += line.join(QStringLiteral(" & ")) + QStringLiteral(" \\\\\n\\hline\n");
    for (const std::vector<TableCell>& row : m_rows) {
        line.clear();
        for (const TableCell& cell : row) line.push_back(escapedForLatex(cell.text));
        text += line.join(QStringLiteral(" & ")) + QStringLiteral(" \\\\\n");
    }
    return text + QStringLiteral("\\hline\n\\end{tabular}\n");
}

int StatisticsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int StatisticsModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
}

QVariant StatisticsModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const TableCell& cell =
        m_rows[static_cast<std::size_t>(index.row())][static_cast<std::size_t>(index.column())];
    switch (role) {
        case Qt::DisplayRole:
            return cell.text;
        case Qt::ToolTipRole:
            return cell.toolTip.isEmpty() ? cell.text : cell.toolTip;
        case Qt::TextAlignmentRole:
            return int((cell.kind == TableCell::Kind::Number ? Qt::AlignRight : Qt::AlignLeft) |
                       Qt::AlignVCenter);
        case Qt::BackgroundRole:
            return cell.shade ? QVariant(fill(*cell.shade)) : QVariant();
        case Qt::ForegroundRole:
            return cell.shade ? QVariant(textColourOn(fill(*cell.shade))) : QVariant();
        case Qt::FontRole: {
            if (cell.weight == TableCell::Weight::Normal) return {};
            QFont font = QGuiApplication::font();
            font.setBold(true);
            return font;
        }
        default:
            return {};
    }
}

QVariant StatisticsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    const auto at = static_cast<std::size_t>(section);
    if (orientation != Qt::Horizontal || section < 0 || at >= m_columns.size()) return {};
    if (role == Qt::DisplayRole) return m_columns[at].title;
    if (role == Qt::ToolTipRole) return m_columns[at].definition;
    if (role == Qt::TextAlignmentRole && !m_rows.empty()) {
        const bool numbers = m_rows.front()[at].kind == TableCell::Kind::Number;
        return int((numbers ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    return {};
}

void StatisticsModel::sort(int column, Qt::SortOrder order) {
    if (column < 0 || column >= columnCount()) return;
    emit layoutAboutToBeChanged();
    m_sortColumn = column;
    m_sortOrder = order;
    sortRows();
    emit layoutChanged();
}

void StatisticsModel::sortRows() {
    if (m_sortColumn < 0) return;
    const auto at = static_cast<std::size_t>(m_sortColumn);
    std::stable_sort(m_rows.begin(), m_rows.end(), [&](const auto& a, const auto& b) {
        const auto& first = m_sortOrder == Qt::AscendingOrder ? a[at] : b[at];
        const auto& second = m_sortOrder == Qt::AscendingOrder ? b[at] : a[at];
        if (first.kind == TableCell::Kind::Number && second.kind == TableCell::Kind::Number)
            return first.value < second.value;
        return first.text < second.text;
    });
}

}  // namespace ui
