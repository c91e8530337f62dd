// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "ui/column_stroke.h"

namespace ui {

/// Composes the strokes of a plot to the pixels of one column after the other.
class InkColumn {
public:
    explicit InkColumn(int rows);
    /// Over those before it.
    void add(ColumnStroke stroke);
    /// Writes every pixel of the column, `rows` of them, premultiplied ARGB.
    void paint(int column, std::uint32_t* pixels);

private:
    struct Part {
        std::size_t stroke = 0;
        Coverage cover;
    };
    /// A colour with its share of what shines through, 0 to 1, premultiplied.
    struct Light {
        std::array<float, 4> channels{};  // blue, green, red, alpha
    };
    void lay(const Part& part, int column, std::uint32_t* pixels) const;
    void sweep(int column, std::uint32_t* pixels);
    void enter(std::size_t stroke, const Coverage& cover);
    void turn(int row, std::size_t stroke);
    bool toggle(int row);
    std::uint32_t look();

    int m_rows;
    std::vector<ColumnStroke> m_strokes;
    std::vector<std::uint32_t> m_colours;  // premultiplied
    std::vector<Light> m_lights;
    std::vector<Part> m_parts;  // of the column, from the back to the front

    // Of the sweep: a stroke begins or ends at a row.
    struct Turn {
        std::size_t stroke = 0;
        int next = -1;
    };
    std::vector<int> m_first;             // [rows + 1] a turn at this row
    std::vector<Turn> m_turns;            // of the column, chained by row
    std::vector<std::uint64_t> m_marked;  // [rows + 1] bits: something turns here
    std::vector<std::uint64_t> m_active;  // [strokes] bits
    std::size_t m_deepest = 0;            // what lies behind this stroke is not seen
};

}  // namespace ui
