// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <optional>
#include <vector>

#include "ui/curve_lines.h"

namespace ui {

/// Legend and value table of the curves: one row per cell, values at the cursor or the latest ones.
class SeriesModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Name, Training, Validation, Band, ColumnCount };

    explicit SeriesModel(QObject* parent = nullptr);
    void setSeries(std::vector<CurveSeries> series);
    /// What the validation values are read on, in words.
    void setValidationNote(const QString& note) { m_validationNote = note; }
    void setCursor(std::optional<double> x);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString value(const CurveValues& values) const;
    QString band(const CurveValues& values) const;
    std::vector<CurveSeries> m_series;
    std::optional<double> m_cursor;
    QString m_validationNote;
};

}  // namespace ui
