// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <Qt>
#include <cstdint>
#include <vector>

#include "ui/column_spans.h"

namespace ui {

/// A line, or what lies between two, as an ink lays it on.
struct InkStroke {
    const ColumnSpans* line = nullptr;   // or the upper edge of a band
    const ColumnSpans* lower = nullptr;  // of a band
    QColor colour;
    double width = 1.0;                   // pixels; of a line
    Qt::PenStyle style = Qt::SolidLine;   // of a line
    Qt::PenCapStyle cap = Qt::SquareCap;  // of its dashes
    bool operator==(const InkStroke&) const = default;
};

/// How much of the pixel rows of one column is covered: from nothing to everything, then to nothing
/// again, in pixels from the top.
struct Coverage {
    float riseFrom = 0.0F;
    float riseTo = 0.0F;
    float fallFrom = 0.0F;
    float fallTo = 0.0F;
    float top = 0.0F;  // nothing beyond, however far the slopes would reach
    float bottom = 0.0F;

    /// The covered area above this height; the difference of two rows is the share of one.
    float above(float y) const;
};

/// A stroke made ready to be asked for its columns. The spans are those of the stroke.
class ColumnStroke {
public:
    /// Columns from `end` on are not asked for.
    ColumnStroke(const InkStroke& stroke, int end);

    bool isEmpty(int column) const;
    /// Of a column that is not empty.
    Coverage coverage(int column) const;
    const QColor& colour() const { return m_stroke.colour; }

    /// Whether dashes begin and end within this column, because the line is steep there.
    bool isDashedWithin(int column) const;
    /// The share of a dash, 0 to 1, of a column or of a row in it.
    float dashOf(int column) const;
    float dashOf(int column, int row) const;

private:
    void measureLength(int end);
    float dashAt(float length) const;
    const ColumnSpans::Span& span(int column) const {
        return m_stroke.line->columns()[static_cast<std::size_t>(column)];
    }

    InkStroke m_stroke;
    std::vector<float> m_ends;     // of dash, gap, dash ... along the line
    std::vector<float> m_lengths;  // [columns] of the line before each column, if dashed
};

}  // namespace ui
