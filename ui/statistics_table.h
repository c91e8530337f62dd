// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QString>
#include <QStringList>
#include <vector>

class QTableView;

namespace ui {

/// A cell of a table: what is shown and, for numbers, what it is sorted by.
struct TableCell {
    QString text;
    double value = 0.0;
    enum class Kind { Words, Number } kind = Kind::Words;
};
TableCell words(const QString& text);
TableCell number(double value, const QString& text);

struct TableColumn {
    QString title;
    QString definition;  // one sentence, shown as the header's tooltip
};

/// A finished table of words and numbers: sorted by click, copied as TSV, CSV or LaTeX.
class StatisticsModel : public QAbstractTableModel {
    Q_OBJECT
public:
    explicit StatisticsModel(QObject* parent = nullptr);
    void setTable(std::vector<TableColumn> columns, std::vector<std::vector<TableCell>> rows);

    QString toSeparated(QChar separator) const;
    QString toLatex() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order) override;

private:
    std::vector<TableColumn> m_columns;
    std::vector<std::vector<TableCell>> m_rows;
};

/// A table view for such a model, with "copy as" in its context menu.
QTableView* makeStatisticsView(StatisticsModel* model, const QString& accessibleName);

}  // namespace ui
