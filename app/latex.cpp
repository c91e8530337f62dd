// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latex.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "stats/number_text.h"

namespace app {
namespace {

constexpr std::size_t kRowsPerTabular = 40;
constexpr std::size_t kLongText = 40;  // characters; longer columns wrap

/// What our texts contain beyond ASCII, and what LaTeX reads as commands.
constexpr std::array<std::pair<std::string_view, std::string_view>, 24> kReplaced = {{
    {"\\", "\\textbackslash{}"},
    {"&", "\\&"},
    {"%", "\\%"},
    {"$", "\\$"},
    {"#", "\\#"},
    {"_", "\\_"},
    {"{", "\\{"},
    {"}", "\\}"},
    {"~", "\\textasciitilde{}"},
    {"^", "\\^{}"},
    {"<", "$<$"},
    {">", "$>$"},
    {"|", "$|$"},
    {"\"", "''"},
    {"±", "$\\pm$"},
    {"−", "$-$"},
    {"–", "--"},
    {"…", "\\dots{}"},
    {"×", "$\\times$"},
    {"α", "$\\alpha$"},
    {"η²", "$\\eta^2$"},
    {"ω²", "$\\omega^2$"},
    {"≥", "$\\geq$"},
    {"\u2009", "\\,"},
}};

std::string escaped(std::string_view text) {
    std::string result;
    while (!text.empty()) {
        const auto* const found =
            std::find_if(kReplaced.begin(), kReplaced.end(),
                         [&](const auto& each) { return text.starts_with(each.first); });
        if (found == kReplaced.end()) {
            result += text.front() == '\n' ? ' ' : text.front();
            text.remove_prefix(1);
        } else {
            result += found->second;
            text.remove_prefix(found->first.size());
        }
    }
    return result;
}

/// r, l, or a paragraph of 8 cm where a text would run off the page.
std::string alignmentOf(const TextTable& table, std::size_t column) {
    if (table.columns[column].align == Align::Right) return "r";
    const bool isLong = std::any_of(table.rows.begin(), table.rows.end(), [&](const auto& row) {
        return row[column].size() > kLongText;
    });
    return isLong ? "p{8cm}" : "l";
}

std::string rowOf(const std::vector<std::string>& cells) {
    std::string line;
    for (std::size_t at = 0; at < cells.size(); ++at) line += (at == 0 ? "" : " & ") + cells[at];
    return line + " \\\\\n";
}

std::string cellText(const stats::SheetCell& cell) {
    if (const auto* number = std::get_if<double>(&cell)) return stats::numberText(*number);
    if (const auto* text = std::get_if<std::string>(&cell)) return *text;
    return {};
}

}  // namespace

std::string toLatex(const TextTable& table) {
    std::string begin = "\\begin{tabular}{";
    std::vector<std::string> titles;
    for (std::size_t column = 0; column < table.columns.size(); ++column) {
        begin += alignmentOf(table, column);
        titles.push_back(escaped(table.columns[column].title));
    }
    begin += "}\n\\hline\n" + rowOf(titles) + "\\hline\n";
    constexpr std::string_view kEnd = "\\hline\n\\end{tabular}\n";
    std::string text = begin;
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
        if (row > 0 && row % kRowsPerTabular == 0) text += std::string(kEnd) + "\n" + begin;
        std::vector<std::string> cells;
        for (const std::string& cell : table.rows[row]) {
            // A bracket or star at the start would be read as an argument of the row before.
            std::string safe = escaped(cell);
            if (safe.starts_with('[') || safe.starts_with('*')) safe = "{" + safe + "}";
            cells.push_back(std::move(safe));
        }
        text += rowOf(cells);
    }
    return text + std::string(kEnd);
}

std::string toLatex(const stats::Sheet& sheet) {
    TextTable table;
    table.rows.resize(sheet.rows.size());
    for (std::size_t column = 0; column < sheet.columns.size(); ++column) {
        const auto holds = [&](auto&& kind) {
            return std::any_of(sheet.rows.begin(), sheet.rows.end(),
                               [&](const auto& row) { return kind(row[column]); });
        };
        if (!holds([](const auto& cell) { return !cellText(cell).empty(); })) continue;
        const bool isNumeric =
            holds([](const auto& cell) { return std::holds_alternative<double>(cell); });
        table.columns.push_back({sheet.columns[column], isNumeric ? Align::Right : Align::Left});
        for (std::size_t row = 0; row < sheet.rows.size(); ++row)
            table.rows[row].push_back(cellText(sheet.rows[row][column]));
    }
    return toLatex(table);
}

}  // namespace app
