// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/csv.h"

#include "engine/experiment/range_text.h"

namespace app {

void CsvWriter::separate() {
    if (m_rowBegun) m_text += ',';
    m_rowBegun = true;
}

CsvWriter& CsvWriter::add(std::string_view value) {
    separate();
    if (value.find_first_of(",\"\r\n") == std::string_view::npos) {
        m_text += value;
        return *this;
    }
    m_text += '"';
    for (const char c : value) {
        if (c == '"') m_text += '"';
        m_text += c;
    }
    m_text += '"';
    return *this;
}

CsvWriter& CsvWriter::add(double value) {
    return add(experiment::shortest(value));
}

CsvWriter& CsvWriter::add(std::int64_t value) {
    return add(std::to_string(value));
}

void CsvWriter::endRow() {
    m_text += '\n';
    m_rowBegun = false;
}

}  // namespace app
