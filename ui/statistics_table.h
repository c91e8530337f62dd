// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QString>
#include <QStringList>
#include <optional>
#include <vector>

namespace ui {

/// A cell of a table: what is shown and, for numbers, what it is sorted by.
struct TableCell {
    QString text;
    double value = 0.0;
    enum class Kind { Words, Number } kind = Kind::Words;
    std::optional<double> shade = {};  // 0..1: how strongly the cell is filled
    enum class Weight { Normal, Strong } weight = Weight::Normal;
    QString toolTip = {};  // empty: the text itself
};
TableCell words(const QString& text);
TableCell number(double value, const QString& text);

struct TableColumn {
    QString title;
    QString definition;                            // one sentence, shown as the header's tooltip
    enum class Wrap { Off, On } wrap = Wrap::Off;  // On: a wide column of sentences
};

/// A finished table of words and numbers: sorted by click, copied as TSV, CSV or LaTeX.
class StatisticsModel : public QAbstractTableModel {
    Q_OBJECT
public:
    explicit StatisticsModel(QObject* parent = nullptr);
    /// Keeps the order that a click on a header has chosen while the columns stay.
    void setTable(std::vector<TableColumn> columns, std::vector<std::vector<TableCell>> rows);
    const std::vector<TableColumn>& columns() const { return m_columns; }

    /// Numbers as a spreadsheet reads them: no thin spaces, ASCII minus.
    QString toSeparated(QChar separator) const;
    QString toLatex() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order) override;

private:
    void sortRows();

    std::vector<TableColumn> m_columns;
    std::vector<std::vector<TableCell>> m_rows;
    int m_sortColumn = -1;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
};

}  // namespace ui
