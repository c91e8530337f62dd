// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <qcustomplot.h>

#include <memory>
#include <vector>

#include "ui/heatmap.h"

namespace ui {

/// How a cell is hatched, or which sample of it stands in the legend.
enum class Hatch { Rising, Falling, Crossed };
Hatch hatchOf(Doubt doubt);  // not of Doubt::None
/// Lines instead of a brush pattern: SVG files know no such patterns.
QVector<QLineF> hatchLines(const QRectF& area, Hatch hatch);

/// Pen of the outline around the best cell (solid) and those that are equal to it (dotted).
QPen rankPen(RowRank rank, const QColor& ink);

/// The cells of a heatmap: colours, numbers, hatches, outlines, the selection. Rectangles instead
/// of a QCPColorMap, which puts an image of three times the resolution into a vector figure.
class HeatmapCells : public QCPAbstractItem {
public:
    explicit HeatmapCells(QCustomPlot* plot);
    void setHeatmap(std::shared_ptr<const Heatmap> heatmap) { m_heatmap = std::move(heatmap); }
    void setSelection(std::vector<CellKey> selection) { m_selection = std::move(selection); }
    void setLook(const QPalette& palette, const QFont& font);
    QRectF cellRect(std::size_t row, std::size_t column) const;
    double selectTest(const QPointF&, bool, QVariant*) const override { return -1.0; }

protected:
    void draw(QCPPainter* painter) override;

private:
    void drawCell(QCPPainter& painter, const QRectF& area, const HeatmapCell& cell) const;
    void drawFrame(QCPPainter& painter, const QRectF& area) const;
    void drawText(QCPPainter& painter, const QRectF& area, const HeatmapCell& cell,
                  const QColor& background) const;

    std::shared_ptr<const Heatmap> m_heatmap;
    std::vector<CellKey> m_selection;
    QPalette m_palette;
    QFont m_font;
};

}  // namespace ui
