// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <qcustomplot.h>

#include <vector>

namespace ui {

/// Where the device pixels of a plot lie on its axes: columns from the left, rows from the top.
struct PixelMap {
    /// pixel = start + step * value, or its logarithm.
    struct Axis {
        double start = 0.0;
        double step = 1.0;
        double unreachable = 0.0;  // where a logarithmic axis has what is not positive
        bool isLogarithmic = false;
        double pixel(double value) const;
        double value(double pixel) const;
        bool operator==(const Axis&) const = default;
    };
    Axis x;
    Axis y;
    int columns = 0;
    int rows = 0;
    bool operator==(const PixelMap&) const = default;
};

/// `pixels` are those of one unit of the plot.
PixelMap pixelMap(const QCPAxis& x, const QCPAxis& y, double pixels);

/// The columns from `first` up to but not with `end`.
struct ColumnRange {
    int first = 0;
    int end = 0;
    bool isEmpty() const { return first >= end; }
    ColumnRange united(const ColumnRange& other) const;
};

/// What a line without width covers of each pixel column. As lines grow at their end only, it looks
/// at new points only as long as the axes stay.
class ColumnSpans {
public:
    struct Span {
        float top = 0.0F;
        float bottom = -1.0F;
        float enter = 0.0F;  // height at which the line comes in
        float leave = 0.0F;  // height at which it goes out
        bool isEmpty() const { return bottom < top; }
        /// It goes one way from where it comes in to where it goes out.
        bool isSteady() const;
    };

    /// Takes in what the points have gained and returns the columns that this has changed. A value
    /// that is not finite breaks the line.
    ColumnRange follow(const QCPGraphDataContainer& points, const PixelMap& map);
    /// Other points follow.
    void restart() { m_map = {}; }
    const std::vector<Span>& columns() const { return m_columns; }

private:
    void begin(const PixelMap& map);
    void take(const QCPGraphData& point);
    void connect(double x, double y, int column);
    void closeColumn();
    bool isInside(int column) const { return column >= 0 && column < m_map.columns; }

    PixelMap m_map;
    std::vector<Span> m_columns;
    int m_taken = 0;  // points looked at
    int m_column = -1;
    double m_end = 0.0;  // x at which the next column begins
    bool m_isOpen = false;
    // The newest point, and the values of the newest column.
    QCPGraphData m_last;
    double m_low = 0.0;
    double m_high = 0.0;
};

}  // namespace ui
