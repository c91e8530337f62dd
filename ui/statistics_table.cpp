// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/statistics_table.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QTableView>
#include <algorithm>

namespace ui {
namespace {

QString escapedForLatex(QString text) {
    text.replace(QLatin1Char('\\'), QStringLiteral("\\textbackslash{}"));
    for (const QChar special : QStringLiteral("&%$#_{}"))
        text.replace(special, QLatin1Char('\\') + QString(special));
    text.replace(QLatin1Char('<'), QStringLiteral("$<$"));
    text.replace(QChar(0x00b1), QStringLiteral("$\\pm$"));
    return text;
}

QString quotedForCsv(QString text, QChar separator) {
    if (!text.contains(separator) && !text.contains(QLatin1Char('"'))) return text;
    text.replace(QLatin1Char('"'), QStringLiteral("\"\""));
    return QLatin1Char('"') + text + QLatin1Char('"');
}

}  // namespace

TableCell words(const QString& text) {
    return {text, 0.0, TableCell::Kind::Words};
}

TableCell number(double value, const QString& text) {
    return {text, value, TableCell::Kind::Number};
}

StatisticsModel::StatisticsModel(QObject* parent) : QAbstractTableModel(parent) {}

void StatisticsModel::setTable(std::vector<TableColumn> columns,
                               std::vector<std::vector<TableCell>> rows) {
    beginResetModel();
    m_columns = std::move(columns);
    m_rows = std::move(rows);
    endResetModel();
}

QString StatisticsModel::toSeparated(QChar separator) const {
    QString text;
    QStringList line;
    for (const TableColumn& column : m_columns)
        line.push_back(quotedForCsv(column.title, separator));
    text += line.join(separator) + QLatin1Char('\n');
    for (const std::vector<TableCell>& row : m_rows) {
        line.clear();
        for (const TableCell& cell : row) line.push_back(quotedForCsv(cell.text, separator));
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
    if (role == Qt::DisplayRole || role == Qt::ToolTipRole) return cell.text;
    if (role == Qt::TextAlignmentRole)
        return int((cell.kind == TableCell::Kind::Number ? Qt::AlignRight : Qt::AlignLeft) |
                   Qt::AlignVCenter);
    return {};
}

QVariant StatisticsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    const auto at = static_cast<std::size_t>(section);
    if (orientation != Qt::Horizontal || section < 0 || at >= m_columns.size()) return {};
    if (role == Qt::DisplayRole) return m_columns[at].title;
    if (role == Qt::ToolTipRole) return m_columns[at].definition;
    return {};
}

void StatisticsModel::sort(int column, Qt::SortOrder order) {
    if (column < 0 || column >= columnCount()) return;
    const auto at = static_cast<std::size_t>(column);
    emit layoutAboutToBeChanged();
    std::stable_sort(m_rows.begin(), m_rows.end(), [&](const auto& a, const auto& b) {
        const auto& first = order == Qt::AscendingOrder ? a[at] : b[at];
        const auto& second = order == Qt::AscendingOrder ? b[at] : a[at];
        if (first.kind == TableCell::Kind::Number && second.kind == TableCell::Kind::Number)
            return first.value < second.value;
        return first.text < second.text;
    });
    emit layoutChanged();
}

QTableView* makeStatisticsView(StatisticsModel* model, const QString& accessibleName) {
    auto* view = new QTableView;
    view->setModel(model);
    view->setAccessibleName(accessibleName);
    view->setShowGrid(false);
    view->setFrameShape(QFrame::NoFrame);
    view->setAlternatingRowColors(true);
    view->setTabKeyNavigation(false);
    view->setWordWrap(true);
    view->setSelectionBehavior(QAbstractItemView::SelectRows);
    view->verticalHeader()->hide();
    view->verticalHeader()->setDefaultSectionSize(view->fontMetrics().height() + 10);
    QHeaderView* header = view->horizontalHeader();
    header->setSectionResizeMode(QHeaderView::ResizeToContents);
    header->setStretchLastSection(true);
    header->setHighlightSections(false);
    view->setSortingEnabled(true);
    header->setSortIndicator(-1, Qt::AscendingOrder);
    view->setContextMenuPolicy(Qt::ActionsContextMenu);
    const auto copyAs = [view](const QString& title, auto&& make) {
        auto* action = new QAction(title, view);
        QObject::connect(action, &QAction::triggered, view,
                         [make] { QGuiApplication::clipboard()->setText(make()); });
        view->addAction(action);
    };
    copyAs(QObject::tr("Copy table for a spreadsheet"),
           [model] { return model->toSeparated(QLatin1Char('\t')); });
    copyAs(QObject::tr("Copy table as CSV"),
           [model] { return model->toSeparated(QLatin1Char(',')); });
    copyAs(QObject::tr("Copy table as LaTeX"), [model] { return model->toLatex(); });
    return view;
}

}  // namespace ui
