// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "stats/grid_sheets.h"

/// Fills a sheet row by row, by column name; included by .cpp files of this folder only.
namespace stats {

class SheetBuilder {
public:
    SheetBuilder(std::string name, std::vector<std::string> columns)
        : m_sheet{std::move(name), std::move(columns), {}} {}

    SheetBuilder& row() {
        m_sheet.rows.emplace_back(m_sheet.columns.size());
        return *this;
    }
    SheetBuilder& set(const std::string& column, double value) {
        return put(column, SheetCell(value));
    }
    SheetBuilder& set(const std::string& column, const std::string& text) {
        return text.empty() ? *this : put(column, SheetCell(text));
    }
    SheetBuilder& set(const std::string& column, const std::optional<double>& value) {
        return value ? put(column, SheetCell(*value)) : *this;
    }
    /// A probability; never 0.
    SheetBuilder& setP(const std::string& column, double p) {
        return p < 1e-300 ? put(column, SheetCell(std::string("<1e-300"))) : set(column, p);
    }
    Sheet take() { return std::move(m_sheet); }

private:
    SheetBuilder& put(const std::string& column, SheetCell cell) {
        m_sheet.rows.back()[m_sheet.column(column)] = std::move(cell);
        return *this;
    }
    Sheet m_sheet;
};

}  // namespace stats
