// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/grid_model.h"

#include <algorithm>
#include <cmath>

#include "ui/colour_map.h"
#include "ui/text.h"

namespace ui {
namespace {

bool isDense(const CellKey& key) {
    return key.attention == experiment::AttentionKind::Dense;
}

QString tableRow(const QString& name, const QString& value) {
    return QStringLiteral("<tr><td>%1&nbsp;&nbsp;</td><td align='right'>%2</td></tr>")
        .arg(name, value);
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
        emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
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
            return toolTip(shown);
        case Qt::AccessibleTextRole:
            return QStringLiteral("%1, %2, %3 of %4 runs done%5")
                .arg(cellName(shown.key), stateName(shown.state))
                .arg(shown.done)
                .arg(shown.planned)
                .arg(shown.meanLoss ? QStringLiteral(", mean loss ") + significant(*shown.meanLoss)
                                    : QString());
        case CellRole:
            return QVariant::fromValue(shown);
        case BackgroundColourRole:
            return shown.metric ? QVariant(scaleColour(m_scale, *shown.metric)) : QVariant();
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
            return tr("Sequence length %1 tokens. Click to queue the whole row.")
                .arg(m_lengths[at]);
        if (isDense(m_columns[at]))
            return tr("Dense attention, the reference. Click to queue the whole column.");
        return tr("Keep ratio k/L = %1: each token attends to at most k of the L positions. "
                  "Click to queue the whole column.")
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
    return scale;
}

QString GridModel::toolTip(const CellView& shown) const {
    QString text = QStringLiteral("<b>%1</b><table>").arg(cellName(shown.key));
    text += tableRow(tr("k"), counted(shown.keep));
    text += tableRow(tr("pairs kept"),
                     QStringLiteral("%1 %").arg(significant(100.0 * shown.pairsKept, 3)));
    text += tableRow(tr("state"), stateName(shown.state));
    text +=
        tableRow(tr("runs done"), QStringLiteral("%1 of %2").arg(shown.done).arg(shown.planned));
    if (shown.failed > 0) text += tableRow(tr("failed"), QString::number(shown.failed));
    if (shown.meanLoss)
        text += tableRow(tr("mean loss (nats/token)"), QString::number(*shown.meanLoss, 'f', 6));
    if (shown.sdLoss) text += tableRow(tr("sd over seeds"), QString::number(*shown.sdLoss, 'f', 6));
    if (shown.rank == RowRank::Best) text += tableRow(tr("rank"), tr("lowest mean of this length"));
    text += QStringLiteral("</table>");
    if (!shown.message.isEmpty())
        text += QStringLiteral("<p>%1</p>").arg(shown.message.toHtmlEscaped());
    return text;
}

}  // namespace ui
