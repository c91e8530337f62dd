// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/series_model.h"

#include <QPainter>
#include <QPixmap>
#include <cmath>

#include "ui/text.h"

namespace ui {
namespace {

QPixmap lineSample(const CurveSeries& series) {
    QPixmap pixmap(28, 12);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setPen(QPen(series.colour, 2.5, series.style, Qt::FlatCap));
    painter.drawLine(0, 6, 28, 6);
    return pixmap;
}

}  // namespace

SeriesModel::SeriesModel(QObject* parent) : QAbstractTableModel(parent) {}

void SeriesModel::setSeries(std::vector<CurveSeries> series) {
    if (series.size() == m_series.size()) {
        m_series = std::move(series);
        if (!m_series.empty())
            emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
        return;
    }
    beginResetModel();
    m_series = std::move(series);
    endResetModel();
}

void SeriesModel::setCursor(std::optional<double> x) {
    m_cursor = x;
    if (!m_series.empty()) emit dataChanged(index(0, Training), index(rowCount() - 1, Band));
}

int SeriesModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_series.size());
}

int SeriesModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QString SeriesModel::value(const CurveValues& values) const {
    if (!values.mean || values.mean->x.empty()) return significant(NAN);
    return significant(m_cursor ? valueAt(*values.mean, *m_cursor) : values.mean->y.back());
}

QString SeriesModel::band(const CurveValues& values) const {
    if (!values.band || values.band->x.empty()) return significant(NAN);
    const std::ptrdiff_t place = m_cursor ? placeAt(values.band->x, *m_cursor)
                                          : static_cast<std::ptrdiff_t>(values.band->x.size()) - 1;
    if (place < 0) return significant(NAN);
    const auto at = static_cast<std::size_t>(place);
    return tr("%1 to %2")
        .arg(significant(values.band->lower[at]), significant(values.band->upper[at]));
}

QVariant SeriesModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const CurveSeries& series = m_series[static_cast<std::size_t>(index.row())];
    if (role == Qt::DecorationRole && index.column() == Name) return lineSample(series);
    if (role == Qt::ToolTipRole && index.column() == Name)
        return series.comment.isEmpty()
                   ? series.name
                   : QStringLiteral("<p>%1</p><p>%2</p>")
                         .arg(series.name.toHtmlEscaped(), series.comment.toHtmlEscaped());
    if (role == Qt::TextAlignmentRole)
        return int((index.column() == Name ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole) return {};
    switch (index.column()) {
        case Name:
            return series.name;
        case Training:
            return value(series.training);
        case Validation:
            return value(series.validation);
        case Band:
            return band(series.validation.mean ? series.validation : series.training);
        default:
            return {};
    }
}

QVariant SeriesModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::ToolTipRole && section == Name)
        return tr("The values are of the seeds that the name tells.");
    if (role == Qt::ToolTipRole) {
        const QString measured = tr("As measured, at the cursor or, without one, the latest.");
        return section == Validation && !m_validationNote.isEmpty()
                   ? measured + QLatin1Char(' ') + m_validationNote
                   : measured;
    }
    if (role != Qt::DisplayRole) return {};
    switch (section) {
        case Name:
            return tr("Curve");
        case Training:
            return tr("Training");
        case Validation:
            return tr("Validation");
        case Band:
            return tr("Band");
        default:
            return {};
    }
}

}  // namespace ui
