// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/ink_column.h"

#include <QRgb>
#include <algorithm>
#include <bit>
#include <cmath>
#include <utility>

namespace ui {
namespace {

constexpr int kDeep = 3;                // so many layers, and most of them are not seen
constexpr float kDark = 1.0F / 512.0F;  // what shines through less than this is not seen
constexpr std::size_t kWord = 64;

std::size_t wordsFor(std::size_t bits) {
    return (bits + kWord - 1) / kWord;
}

/// pixel * share / 255, rounded, for all four channels.
std::uint32_t scaled(std::uint32_t pixel, std::uint32_t share) {
    constexpr std::uint32_t kPair = 0x00ff00ffU;
    std::uint32_t low = (pixel & kPair) * share + 0x00800080U;
    low = ((low + ((low >> 8) & kPair)) >> 8) & kPair;
    std::uint32_t high = ((pixel >> 8) & kPair) * share + 0x00800080U;
    high = (high + ((high >> 8) & kPair)) & ~kPair;
    return low | high;
}

std::uint32_t shareOf(float share) {
    return static_cast<std::uint32_t>(std::lround(255.0F * std::clamp(share, 0.0F, 1.0F)));
}

void blend(std::uint32_t* from, std::uint32_t* end, std::uint32_t colour) {
    const std::uint32_t kept = 255U - (colour >> 24);
    for (; from < end; ++from) *from = colour + scaled(*from, kept);
}

}  // namespace

InkColumn::InkColumn(int rows)
    : m_rows(rows),
      m_first(static_cast<std::size_t>(rows) + 1, -1),
      m_marked(wordsFor(static_cast<std::size_t>(rows) + 1)) {}

void InkColumn::add(ColumnStroke stroke) {
    const QRgb colour = qPremultiply(stroke.colour().rgba());
    m_colours.push_back(colour);
    m_lights.push_back({{static_cast<float>(qBlue(colour)), static_cast<float>(qGreen(colour)),
                         static_cast<float>(qRed(colour)), static_cast<float>(qAlpha(colour))}});
    m_strokes.push_back(std::move(stroke));
    m_active.resize(wordsFor(m_strokes.size()));
}

void InkColumn::paint(int column, std::uint32_t* pixels) {
    m_parts.clear();
    float covered = 0.0F;
    const auto rows = static_cast<float>(m_rows);
    for (std::size_t stroke = 0; stroke < m_strokes.size(); ++stroke) {
        if (m_strokes[stroke].isEmpty(column)) continue;
        const Coverage cover = m_strokes[stroke].coverage(column);
        covered += std::max(0.0F, std::min(cover.fallTo, rows) - std::max(cover.riseFrom, 0.0F));
        m_parts.push_back({stroke, cover});
    }
    if (covered > static_cast<float>(kDeep) * rows) return sweep(column, pixels);
    std::fill(pixels, pixels + m_rows, 0U);
    for (const Part& part : m_parts) lay(part, column, pixels);
}

/// Blends one stroke over what is there.
void InkColumn::lay(const Part& part, int column, std::uint32_t* pixels) const {
    const ColumnStroke& stroke = m_strokes[part.stroke];
    const Coverage& cover = part.cover;
    const auto rowAt = [this](float y) {
        return static_cast<int>(std::clamp(y, 0.0F, static_cast<float>(m_rows)));
    };
    const bool isDashed = stroke.isDashedWithin(column);
    const int first = rowAt(std::floor(std::max(cover.riseFrom, cover.top)));
    const int end = rowAt(std::ceil(std::min(cover.fallTo, cover.bottom)));
    const int whole = isDashed ? end
                               : std::clamp(rowAt(std::ceil(std::max(cover.riseTo, cover.top))),
                                            first, std::max(first, end));
    const int wholeEnd = std::clamp(rowAt(std::floor(std::min(cover.fallFrom, cover.bottom))),
                                    whole, std::max(whole, end));
    const std::uint32_t colour =
        isDashed ? m_colours[part.stroke]
                 : scaled(m_colours[part.stroke], shareOf(stroke.dashOf(column)));
    if (colour == 0U) return;
    float above = cover.above(static_cast<float>(first));
    for (int row = first; row < end; ++row) {
        if (row == whole && wholeEnd > whole) {
            blend(pixels + whole, pixels + wholeEnd, colour);
            row = wholeEnd;
            if (row >= end) return;
            above = cover.above(static_cast<float>(row));
        }
        const float below = cover.above(static_cast<float>(row + 1));
        const float dash = isDashed ? stroke.dashOf(column, row) : 1.0F;
        blend(pixels + row, pixels + row + 1, scaled(colour, shareOf((below - above) * dash)));
        above = below;
    }
}

/// From the top to the bottom: between two rows at which a stroke begins or ends all pixels are
/// alike, and only the foremost strokes are seen.
void InkColumn::sweep(int column, std::uint32_t* pixels) {
    m_turns.clear();
    for (const Part& part : m_parts)
        if (m_strokes[part.stroke].isDashedWithin(column) ||
            m_strokes[part.stroke].dashOf(column) >= 0.5F)
            enter(part.stroke, part.cover);
    std::uint32_t pixel = 0U;
    int from = 0;
    for (std::size_t word = 0; word < m_marked.size(); ++word) {
        for (std::uint64_t& bits = m_marked[word]; bits != 0U; bits &= bits - 1) {
            const int row = static_cast<int>(word * kWord) + std::countr_zero(bits);
            std::fill(pixels + from, pixels + row, pixel);
            if (toggle(row)) pixel = look();
            from = row;
        }
    }
    std::fill(pixels + from, pixels + m_rows, pixel);
}

void InkColumn::enter(std::size_t stroke, const Coverage& cover) {
    const auto rows = static_cast<float>(m_rows);
    const float top = std::max(0.5F * (cover.riseFrom + cover.riseTo), cover.top);
    const float bottom = std::min(0.5F * (cover.fallFrom + cover.fallTo), cover.bottom);
    const int begin = static_cast<int>(std::clamp(std::round(top), 0.0F, rows));
    const int end = static_cast<int>(
        std::clamp(std::max(std::round(bottom), std::round(top) + 1.0F), 0.0F, rows));
    if (begin >= end) return;
    turn(begin, stroke);
    turn(end, stroke);
}

void InkColumn::turn(int row, std::size_t stroke) {
    const auto at = static_cast<std::size_t>(row);
    m_turns.push_back({stroke, m_first[at]});
    m_first[at] = static_cast<int>(m_turns.size()) - 1;
    m_marked[at / kWord] |= std::uint64_t{1} << (at % kWord);
}

/// Whether what is seen may have changed.
bool InkColumn::toggle(int row) {
    bool isSeen = false;
    int& first = m_first[static_cast<std::size_t>(row)];
    for (; first >= 0; first = m_turns[static_cast<std::size_t>(first)].next) {
        const std::size_t stroke = m_turns[static_cast<std::size_t>(first)].stroke;
        m_active[stroke / kWord] ^= std::uint64_t{1} << (stroke % kWord);
        isSeen = isSeen || stroke >= m_deepest;
    }
    return isSeen;
}

/// The active strokes from the front to the back, as long as anything shines through.
std::uint32_t InkColumn::look() {
    std::array<float, 4> seen{};
    float through = 1.0F;
    m_deepest = 0;
    for (std::size_t word = m_active.size(); word-- > 0 && through >= kDark;) {
        for (std::uint64_t bits = m_active[word]; bits != 0U && through >= kDark;) {
            const int bit = static_cast<int>(kWord) - 1 - std::countl_zero(bits);
            bits ^= std::uint64_t{1} << bit;
            m_deepest = word * kWord + static_cast<std::size_t>(bit);
            const Light& light = m_lights[m_deepest];
            for (std::size_t channel = 0; channel < 4; ++channel)
                seen[channel] += through * light.channels[channel];
            through *= 1.0F - light.channels[3] / 255.0F;
        }
    }
    if (through >= kDark) m_deepest = 0;
    std::uint32_t pixel = 0U;
    for (std::size_t channel = 0; channel < 4; ++channel)
        pixel |= static_cast<std::uint32_t>(seen[channel] + 0.5F) << (8 * channel);
    return pixel;
}

}  // namespace ui
