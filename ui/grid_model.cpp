// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/grid_model.h"

#include <algorithm>
#include <cmath>

#include "ui/cell_text.h"
#include "ui/colour_map.h"
#include "ui/text.h"

namespace ui {
namespace {

bool isDense(const CellKey& key) {
    return key.attention == experiment::AttentionKind::Dense;
}

}  // namespace

QColor scaleColour(const ColourScale& scale, double value) {
    if (scale.kind == ColourScale::Kind::Signed) {
        const double limit = std::max(std::abs(scale.low), std::abs(scale.high));
        return colourAt(ColourMap::PuOr, limit > 0.0 ? 0.5 + 0.5 * value / limit : 0.5);
    }
    const double span = scale.high - scale.low;
    const double share = span > 0.0 ? (value - scale.low) / span : 0.5;
    // The better end is the bright one.
    const bool reversed = scale.kind == ColourScale::Kind::SmallerIsBetter;
    return colourAt(ColourMap::Viridis, reversed ? 1.0 - share : share);
}

GridModel::GridModel(QObject* parent) : QAbstractTableModel(parent) {}

void GridModel::setCells(std::vector<std::int64_t> lengths, std::vector<CellKey> columns,
                         std::vector<CellView> cells, const QString& metricTitle,
                         ColourScale::Kind kind) {
    const bool sameShape = lengths == m_lengths && columns == m_columns;
    if (!sameShape) {
        beginResetModel();
        m_lengths = std::move(lengths);
        m_columns = std::move(columns);
        m_cells = std::move(cells);
        endResetModel();
    } else {
        m_cells.swap(cells);
    }
    const ColourScale scale = scaleOf(metricTitle, kind);
    const bool rescaled = scale != m_scale;
    m_scale = scale;
    if (sameShape && rescaled && !m_cells.empty()) {
        changeAll();
    } else if (sameShape) {
        for (std::size_t at = 0; at < m_cells.size(); ++at) {
            if (m_cells[at] == cells[at]) continue;
            const auto width = m_columns.size();
            const QModelIndex changed =
                index(static_cast<int>(at / width), static_cast<int>(at % width));
            emit dataChanged(changed, changed);
        }
    }
    if (rescaled) emit scaleChanged(m_scale);
}

void GridModel::setSpread(Spread spread) {
    if (spread == m_spread) return;
    m_spread = spread;
    changeAll();
}

void GridModel::changeAll() {
    if (!m_cells.empty()) emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

const CellView& GridModel::cell(const QModelIndex& index) const {
    const auto row = static_cast<std::size_t>(index.row());
    return m_cells[row * m_columns.size() + static_cast<std::size_t>(index.column())];
}

std::vector<CellKey> GridModel::keys(const QModelIndexList& indexes) const {
    QModelIndexList ordered = indexes;
    std::sort(ordered.begin(), ordered.end());
    std::vector<CellKey> result;
    result.reserve(static_cast<std::size_t>(ordered.size()));
    for (const QModelIndex& one : ordered) result.push_back(cell(one).key);
    return result;
}

QModelIndex GridModel::indexOf(const CellKey& key) const {
    for (std::size_t at = 0; at < m_cells.size(); ++at) {
        if (m_cells[at].key != key) continue;
        const auto width = m_columns.size();
        return index(static_cast<int>(at / width), static_cast<int>(at % width));
    }
    return {};
}

int GridModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_lengths.size());
}

int GridModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
}

QVariant GridModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const CellView& shown = cell(index);
    switch (role) {
        case Qt::DisplayRole:
            return shown.meanLoss ? significant(*shown.meanLoss) : stateName(shown.state);
        case Qt::ToolTipRole:
            return cellToolTip(shown);
        case Qt::AccessibleTextRole:
            return cellSentence(shown);
        case CellRole:
            return QVariant::fromValue(shown);
        case BackgroundColourRole:
            return shown.metric ? QVariant(scaleColour(m_scale, *shown.metric)) : QVariant();
        case SpreadRole:
            return spreadText(shown, m_spread);
        case MetricRole:
            return metricText(shown);
        default:
            return {};
    }
}

QVariant GridModel::headerData(int section, Qt::Orientation orientation, int role) const {
    const bool rows = orientation == Qt::Vertical;
    const auto at = static_cast<std::size_t>(section);
    if (section < 0 || at >= (rows ? m_lengths.size() : m_columns.size())) return {};
    if (role == Qt::TextAlignmentRole) return int(Qt::AlignCenter);
    if (role == Qt::DisplayRole) {
        if (rows) return QStringLiteral("L %1").arg(m_lengths[at]);
        if (isDense(m_columns[at])) return QStringLiteral("dense");
        return QStringLiteral("k/L %1").arg(ratioText(m_columns[at].keepRatio));
    }
    if (role == Qt::ToolTipRole) {
        if (rows)
            return tr("Sequence length %1 tokens. Click to queue the whole row; right-click to "
                      "edit the plan.")
                .arg(m_lengths[at]);
        if (isDense(m_columns[at]))
            return tr(
                "Dense attention, the reference. Click to queue the whole column; right-click to "
                "edit the plan.");
        return tr("Keep ratio k/L = %1: each token attends to at most k of the L positions. "
                  "Click to queue the whole column; right-click to edit the plan.")
            .arg(ratioText(m_columns[at].keepRatio));
    }
    return {};
}

ColourScale GridModel::scaleOf(const QString& title, ColourScale::Kind kind) const {
    ColourScale scale;
    scale.title = title;
    scale.kind = kind;
    for (const CellView& one : m_cells) {
        if (!one.metric || !std::isfinite(*one.metric)) continue;
        const bool first = scale.content == ColourScale::Content::Empty;
        scale.low = first ? *one.metric : std::min(scale.low, *one.metric);
        scale.high = first ? *one.metric : std::max(scale.high, *one.metric);
        scale.content = ColourScale::Content::Filled;
    }
    if (kind == ColourScale::Kind::Signed) {
        scale.high = std::max(std::abs(scale.low), std::abs(scale.high));
        scale.low = -scale.high;
    }
    return scale;
}

QString GridModel::metricText(const CellView& shown) const {
    const bool loss = shown.metric == shown.meanLoss;
    if (!shown.metric || loss) return tr("k %1").arg(shown.keep);
    return m_scale.kind == ColourScale::Kind::Signed ? signedNumber(*shown.metric)
                                                     : significant(*shown.metric, 3);
}

}  // namespace ui
