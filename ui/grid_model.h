// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QModelIndexList>
#include <vector>

#include "ui/cell_view.h"

namespace ui {

/// What the background of the cells stands for.
struct ColourScale {
    QString title;     // "final validation loss (nats/token)"
    double low = 0.0;  // over all coloured cells; Signed: -high
    double high = 0.0;
    enum class Kind { SmallerIsBetter, LargerIsBetter, Signed } kind = Kind::SmallerIsBetter;
    enum class Content { Empty, Filled } content = Content::Empty;
    bool operator==(const ColourScale&) const = default;
};

/// The grid as a table: lengths down, keep ratios across, the dense reference last. Presentation
/// only.
class GridModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Role {
        CellRole = Qt::UserRole,
        BackgroundColourRole,
        SpreadRole,  ///< what stands under the mean
        MetricRole,  ///< the coloured number where it is not the loss itself, else k
    };

    explicit GridModel(QObject* parent = nullptr);

    /// Replaces all cells; row-major, rows = lengths, columns as in columnKeys order.
    /// Emits dataChanged for changed cells only where the shape stays the same.
    void setCells(std::vector<std::int64_t> lengths, std::vector<CellKey> columns,
                  std::vector<CellView> cells, const QString& metricTitle, ColourScale::Kind kind);

    /// What stands beside the means.
    void setSpread(Spread spread);

    const CellView& cell(const QModelIndex& index) const;
    std::vector<CellKey> keys(const QModelIndexList& indexes) const;
    QModelIndex indexOf(const CellKey& key) const;
    const ColourScale& scale() const { return m_scale; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

signals:
    void scaleChanged(const ui::ColourScale& scale);

private:
    ColourScale scaleOf(const QString& title, ColourScale::Kind kind) const;
    QString metricText(const CellView& cell) const;
    void changeAll();
    std::vector<std::int64_t> m_lengths;
    std::vector<CellKey> m_columns;
    std::vector<CellView> m_cells;
    ColourScale m_scale;
    Spread m_spread = Spread::Interval;
};

/// The colour of a value on this scale.
QColor scaleColour(const ColourScale& scale, double value);

}  // namespace ui
