// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sheet_text.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <optional>
#include <set>

#include "stats/number_text.h"

namespace app {
namespace {

using Row = std::vector<stats::SheetCell>;
using Rows = std::vector<const Row*>;

constexpr std::size_t kGap = 2;
constexpr std::size_t kIndent = 2;
constexpr int kNumberDigits = 4;
constexpr int kLossDigits = 3;
constexpr int kMostDecimals = 9;
constexpr double kLargestFixed = 1e7;  // larger numbers are written with an exponent

/// Characters on the screen: UTF-8 bytes but those that continue a character.
std::size_t displayWidth(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    }));
}

std::vector<std::string> linesOf(const std::string& text) {
    std::vector<std::string> lines(1);
    for (const char c : text) {
        if (c == '\n') {
            lines.emplace_back();
        } else {
            lines.back() += c;
        }
    }
    return lines;
}

bool isEmpty(const stats::SheetCell& cell) {
    return std::holds_alternative<std::monostate>(cell);
}

std::string plainText(const stats::SheetCell& cell) {
    if (const auto* number = std::get_if<double>(&cell)) return stats::numberText(*number);
    if (const auto* text = std::get_if<std::string>(&cell)) return *text;
    return {};
}

/// Decimals that show so many significant digits of the smallest number other than 0; none where
/// all are whole. Nothing where fixed decimals do not suit the numbers.
class Decimals {
public:
    explicit Decimals(int digits) : m_digits(digits) {}

    void meet(const stats::SheetCell& cell) {
        const auto* value = std::get_if<double>(&cell);
        if (value == nullptr || *value == 0 || !std::isfinite(*value)) return;
        const double size = std::abs(*value);
        m_smallest = m_smallest == 0 ? size : std::min(m_smallest, size);
        m_largest = std::max(m_largest, size);
        m_whole = m_whole && *value == std::floor(*value);
    }

    bool hasMet() const { return m_largest > 0; }

    std::optional<int> count() const {
        if (m_largest >= kLargestFixed) return std::nullopt;
        if (m_whole) return 0;
        const int decimals = m_digits - 1 - static_cast<int>(std::floor(std::log10(m_smallest)));
        if (decimals > kMostDecimals) return std::nullopt;
        return std::max(decimals, 1);
    }

private:
    int m_digits;
    double m_smallest = 0;
    double m_largest = 0;
    bool m_whole = true;
};

std::string numberText(double value, const std::optional<int>& decimals) {
    if (!decimals || !std::isfinite(value)) return stats::numberText(value);
    return stats::fixedText(value, *decimals);
}

/// The same with a whole number as such, spaces in place of its decimals.
std::string wholeOrNumberText(double value, const std::optional<int>& decimals) {
    std::string text = numberText(value, decimals);
    if (!decimals || *decimals == 0 || value != std::floor(value)) return text;
    const std::size_t point = text.find('.');
    return point == std::string::npos
               ? text
               : text.replace(point, std::string::npos, text.size() - point, ' ');
}

/// One table: rows and columns are chosen, the texts are made.
class Table {
public:
    /// losses: of the whole sheet, so that its tables can be compared.
    Table(const stats::Sheet& sheet, const Rows& rows, const SheetLayout& layout,
          const Decimals& losses) {
        for (std::size_t c = 0; c < layout.columns.size(); ++c) {
            const SheetColumn& column = layout.columns[c];
            const std::size_t place = sheet.column(column.name);
            if (std::all_of(rows.begin(), rows.end(),
                            [&](const Row* row) { return isEmpty((*row)[place]); })) {
                continue;
            }
            addColumn(column, place, rows, losses);
            if (c < layout.keys) ++m_keys;
        }
    }

    std::string text(std::size_t width) const {
        std::string text;
        for (const auto& part : parts(width)) text += partText(part);
        return text;
    }

private:
    struct Column {
        std::vector<std::string> heading;
        std::vector<std::string> cells;
        std::size_t width = 0;
        bool atLeft = false;
    };

    void addColumn(const SheetColumn& column, std::size_t place, const Rows& rows,
                   const Decimals& losses) {
        Decimals own(kNumberDigits);
        for (const Row* row : rows) own.meet((*row)[place]);
        const bool isLoss = column.style == CellStyle::Loss || column.style == CellStyle::Spread;
        const auto decimals = isLoss ? losses.count() : own.count();
        Column& made = m_columns.emplace_back();
        made.heading = linesOf(column.heading);
        made.atLeft = column.style == CellStyle::Text;
        for (const Row* row : rows) {
            made.cells.push_back(cellText((*row)[place], column.style, decimals));
        }
        for (const std::string& line : made.heading) {
            made.width = std::max(made.width, displayWidth(line));
        }
        for (const std::string& cell : made.cells) {
            made.width = std::max(made.width, displayWidth(cell));
        }
    }

    static std::string cellText(const stats::SheetCell& cell, CellStyle style,
                                const std::optional<int>& decimals) {
        const auto* number = std::get_if<double>(&cell);
        if (number == nullptr) return plainText(cell);
        switch (style) {
            case CellStyle::Number:
                return wholeOrNumberText(*number, decimals);
            case CellStyle::Loss:
            case CellStyle::Spread:
                return numberText(*number, decimals);
            case CellStyle::Share:
                return stats::fixedText(100 * *number, 2) + " %";
            case CellStyle::P:
                return stats::pValueText(*number);
            case CellStyle::Text:
                break;
        }
        return plainText(cell);
    }

    /// The columns of each part; the keys lead every part.
    std::vector<std::vector<std::size_t>> parts(std::size_t width) const {
        std::vector<std::size_t> keys;
        std::size_t keyWidth = kIndent;
        for (std::size_t c = 0; c < m_keys; ++c) {
            keys.push_back(c);
            keyWidth += m_columns[c].width + kGap;
        }
        std::vector<std::vector<std::size_t>> parts{keys};
        std::size_t used = keyWidth;
        for (std::size_t c = m_keys; c < m_columns.size(); ++c) {
            const bool fits = used + m_columns[c].width <= width;
            if (!fits && parts.back().size() > m_keys) {
                parts.push_back(keys);
                used = keyWidth;
            }
            parts.back().push_back(c);
            used += m_columns[c].width + kGap;
        }
        return parts;
    }

    std::string partText(const std::vector<std::size_t>& columns) const {
        std::size_t height = 0;
        for (const std::size_t c : columns) height = std::max(height, m_columns[c].heading.size());
        std::string text;
        for (std::size_t line = 0; line < height; ++line) {
            text += lineText(columns, [&](const Column& column) {
                const std::size_t above = height - column.heading.size();  // stands on the table
                return line < above ? std::string() : column.heading[line - above];
            });
        }
        const std::size_t rows = m_columns.empty() ? 0 : m_columns[0].cells.size();
        for (std::size_t row = 0; row < rows; ++row) {
            if (!hasContent(columns, row)) continue;
            text += lineText(columns, [&](const Column& column) { return column.cells[row]; });
        }
        return text;
    }

    /// Whether the row has a value in these columns beside the keys.
    bool hasContent(const std::vector<std::size_t>& columns, std::size_t row) const {
        return columns.size() == m_keys ||
               std::any_of(columns.begin() + static_cast<std::ptrdiff_t>(m_keys), columns.end(),
                           [&](std::size_t c) { return !m_columns[c].cells[row].empty(); });
    }

    template <typename CellText>
    std::string lineText(const std::vector<std::size_t>& columns, CellText cellText) const {
        std::string line(kIndent, ' ');
        for (const std::size_t c : columns) {
            const std::string cell = cellText(m_columns[c]);
            const std::string padding(m_columns[c].width - displayWidth(cell), ' ');
            line +=
                (m_columns[c].atLeft ? cell + padding : padding + cell) + std::string(kGap, ' ');
        }
        line.erase(line.find_last_not_of(' ') + 1);
        return line + '\n';
    }

    std::vector<Column> m_columns;
    std::size_t m_keys = 0;
};

std::optional<std::size_t> findColumn(const stats::Sheet& sheet, const std::string& name) {
    const auto found = std::find(sheet.columns.begin(), sheet.columns.end(), name);
    if (found == sheet.columns.end()) return std::nullopt;
    return static_cast<std::size_t>(found - sheet.columns.begin());
}

/// "method, exactness: note", once for each note.
std::string notesText(const stats::Sheet& sheet, const Rows& rows, const SheetLayout& layout,
                      std::size_t width) {
    const auto column = findColumn(sheet, "note");
    if (!column) return {};
    std::string text;
    std::set<std::string> said;
    for (const Row* row : rows) {
        const std::string words = plainText((*row)[*column]);
        if (words.empty()) continue;
        std::string line;
        for (std::size_t key = 0; key < layout.keys; ++key) {
            const std::string name = plainText((*row)[sheet.column(layout.columns[key].name)]);
            if (!name.empty()) line += (line.empty() ? "" : ", ") + name;
        }
        line = "  " + line + (line.empty() ? "" : ": ") + words;
        if (said.insert(line).second) text += wrapped(line, width, 4);
    }
    return text;
}

/// A row without a number says nothing that its note does not say.
bool saysSomething(const stats::Sheet& sheet, const Row& row, const SheetLayout& layout) {
    for (std::size_t c = layout.keys; c < layout.columns.size(); ++c) {
        const std::string& name = layout.columns[c].name;
        const bool describes = name == "n" || name == "term";
        if (!describes && !isEmpty(row[sheet.column(name)])) return true;
    }
    return false;
}

std::string groupText(const stats::Sheet& sheet, const Rows& rows, const SheetLayout& layout,
                      const Decimals& losses, std::size_t width) {
    Rows shown;
    std::copy_if(rows.begin(), rows.end(), std::back_inserter(shown),
                 [&](const Row* row) { return saysSomething(sheet, *row, layout); });
    const std::string table = shown.empty() ? "" : Table(sheet, shown, layout, losses).text(width);
    return table + notesText(sheet, rows, layout, width);
}

Decimals lossDecimals(const stats::Sheet& sheet, const Rows& rows, const SheetLayout& layout) {
    for (const CellStyle style : {CellStyle::Spread, CellStyle::Loss}) {
        Decimals decimals(kLossDigits);
        for (const SheetColumn& column : layout.columns) {
            if (column.style != style) continue;
            for (const Row* row : rows) decimals.meet((*row)[sheet.column(column.name)]);
        }
        if (decimals.hasMet()) return decimals;
    }
    return Decimals(kLossDigits);
}

std::string headingOf(const stats::Sheet& sheet, const Row& row, const SheetLayout& layout) {
    std::string heading;
    for (const std::string& group : layout.groups) {
        const stats::SheetCell& cell = row[sheet.column(group)];
        const bool isLength = group == "length" && std::holds_alternative<double>(cell);
        heading +=
            (heading.empty() ? "" : ", ") + std::string(isLength ? "L = " : "") + plainText(cell);
    }
    return heading;
}

}  // namespace

std::string wrapped(std::string_view text, std::size_t width, std::size_t indent) {
    std::string result;
    const std::size_t lead = std::min(text.find_first_not_of(' '), text.size());
    std::string line(lead, ' ');
    bool empty = true;
    text.remove_prefix(lead);
    while (!text.empty()) {
        const std::string_view word = text.substr(0, text.find(' '));
        text.remove_prefix(std::min(text.size(), word.size() + 1));
        if (!empty && displayWidth(line) + 1 + displayWidth(word) > width) {
            result += line + '\n';
            line.assign(indent, ' ');
            empty = true;
        }
        if (!empty) line += ' ';
        line += word;
        empty = false;
    }
    return result + line + '\n';
}

std::string sheetText(const stats::Sheet& sheet, const SheetLayout& layout, std::size_t width) {
    Rows rows;
    for (const Row& row : sheet.rows) {
        const bool chosen =
            layout.methods.empty() ||
            std::find(layout.methods.begin(), layout.methods.end(),
                      plainText(row[sheet.column("method")])) != layout.methods.end();
        if (chosen) rows.push_back(&row);
    }
    const Decimals losses = lossDecimals(sheet, rows, layout);
    std::string text;
    for (std::size_t first = 0; first < rows.size();) {
        const std::string heading = headingOf(sheet, *rows[first], layout);
        Rows group;
        for (; first < rows.size() && headingOf(sheet, *rows[first], layout) == heading; ++first) {
            group.push_back(rows[first]);
        }
        if (!heading.empty()) text += heading + '\n';
        text += groupText(sheet, group, layout, losses, width);
    }
    return text;
}

}  // namespace app
