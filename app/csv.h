// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace app {

/// Builds a CSV table (RFC 4180, line feeds): numbers with the fewest digits that read back the
/// same, empty cells for what is missing.
class CsvWriter {
public:
    explicit CsvWriter(std::string_view header) : m_text(header) { m_text += '\n'; }

    CsvWriter& add(std::string_view value);
    CsvWriter& add(const char* value) { return add(std::string_view(value)); }
    CsvWriter& add(const std::string& value) { return add(std::string_view(value)); }
    CsvWriter& add(double value);
    CsvWriter& add(std::int64_t value);
    CsvWriter& add(std::size_t value) { return add(static_cast<std::int64_t>(value)); }
    CsvWriter& add(bool value) { return add(value ? "1" : "0"); }
    template <class Value>
    CsvWriter& add(const std::optional<Value>& value) {
        return value ? add(*value) : add("");
    }
    void endRow();

    std::string take() { return std::move(m_text); }

private:
    void separate();
    std::string m_text;
    bool m_rowBegun = false;
};

}  // namespace app
