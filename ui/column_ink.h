// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <qcustomplot.h>

#include <cstdint>
#include <vector>

#include "ui/column_stroke.h"

namespace ui {

/// The lines and bands of a layer on a screen. A painter needs seconds for ninety noisy lines,
/// dashed or translucent, because it knows nothing of them. This knows that a line covers of each
/// pixel column one span, that what lies under many others is not seen, and that a line which has
/// grown has changed its last columns only. Stands last in its layer.
class ColumnInk : public QCPLayerable {
public:
    ColumnInk(QCPAxisRect* area, const QString& layer);

    /// Whether this painter draws what a screen shows, pixel by pixel.
    bool isFor(const QCPPainter& painter) const;
    /// Device pixels per unit.
    double scale() const;
    /// Lays a stroke over those before it; `changed` are its columns that differ from the last
    /// picture. The spans must stay until the layer is drawn.
    void add(const InkStroke& stroke, ColumnRange changed);

    /// Drawn after the graphs that were added to this layer before.
    void moveToEnd() { setLayer(layer()); }

protected:
    QRect clipRect() const override { return m_area->rect(); }
    void applyDefaultAntialiasingHint(QCPPainter*) const override {}
    void draw(QCPPainter* painter) override;

private:
    void drawColumns(ColumnRange columns);

    QCPAxisRect* m_area;
    std::vector<InkStroke> m_strokes;
    std::vector<InkStroke> m_drawn;  // those that the image shows
    ColumnRange m_changed;
    QImage m_image;
};

}  // namespace ui
