// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <qcustomplot.h>

#include <cstdint>
#include <vector>

namespace ui {

/// What a line covers of each pixel column, in device pixels from the top.
struct ColumnSpans {
    struct Span {
        float top = 0.0F;
        float bottom = -1.0F;
        bool isEmpty() const { return bottom < top; }
    };
    std::vector<Span> columns;

    /// Adds what the line through these points covers; a point that is not finite breaks it.
    /// `left` and `scale` make columns of their x, `top` and `scale` pixels of their y.
    void add(const QVector<QPointF>& points, QPointF origin, double scale);
};

/// The part of a layer that is so dense that each pixel column of a line is one span from its
/// smallest to its largest value. A painter needs seconds for ninety noisy lines, dashed or
/// translucent; this keeps an image column by column in memory, where a span is a loop over
/// neighbours, and turns it once at the end. Stands last in its layer.
class ColumnInk : public QCPLayerable {
public:
    ColumnInk(QCPAxisRect* area, const QString& layer);

    /// Whether this painter draws what a screen shows, pixel by pixel.
    bool isFor(const QCPPainter& painter) const;
    /// Origin and scale for ColumnSpans::add().
    QPointF origin() const;
    double scale() const;
    std::size_t columnCount() const;
    /// Blends the spans over what is there; each is at least `thickness` units high.
    void blend(const ColumnSpans& spans, const QColor& colour, double thickness);

    /// Drawn after the graphs that were added to this layer before.
    void moveToEnd() { setLayer(layer()); }

protected:
    QRect clipRect() const override { return m_area->rect(); }
    void applyDefaultAntialiasingHint(QCPPainter*) const override {}
    void draw(QCPPainter* painter) override;

private:
    void begin();

    QCPAxisRect* m_area;
    std::vector<std::uint32_t> m_pixels;  // [columns][rows], premultiplied ARGB
    int m_columns = 0;
    int m_rows = 0;
    bool m_used = false;
};

/// A graph that hands dense lines and bands to the ink of its layer.
class DenseGraph : public QCPGraph {
public:
    DenseGraph(QCPAxis* x, QCPAxis* y, ColumnInk* ink) : QCPGraph(x, y), m_ink(ink) {}

protected:
    void drawFill(QCPPainter* painter, QVector<QPointF>* lines) const override;
    void drawLinePlot(QCPPainter* painter, const QVector<QPointF>& lines) const override;

private:
    bool isDense(const QVector<QPointF>& lines) const;

    ColumnInk* m_ink;
};

}  // namespace ui
