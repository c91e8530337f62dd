// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>
#include <vector>

#include "engine/result.h"

namespace app {

/// Reads the records of a CSV table of unknown origin: separated by comma, semicolon or tab
/// (whichever makes most fields of the first record), quotes as in RFC 4180, lines ended by LF,
/// CRLF or CR, a UTF-8 byte order mark allowed. Empty lines and lines that begin with # are
/// skipped. Memory stays below a few records, whatever the file.
class CsvReader {
public:
    static constexpr std::size_t kLongestRecord = std::size_t{1} << 20;  // bytes

    /// The stream must outlive the reader.
    explicit CsvReader(std::istream& in);

    /// The fields of the next record, without the spaces around them; false at the end. Errors name
    /// the line: a quote that is never closed, an overlong record, a file that is no text (Data), a
    /// failed read (Io). After an error the reader is spent.
    engine::Result<bool> next(std::vector<std::string>& fields);

    /// Line on which the last record begins, from 1.
    std::size_t line() const { return m_recordLine; }
    char separator() const { return m_separator; }

private:
    int get();
    engine::Result<bool> readRecord();

    std::istream& m_in;
    std::vector<char> m_buffer;
    std::size_t m_at = 0;
    std::size_t m_end = 0;
    bool m_afterReturn = false;
    bool m_started = false;
    std::size_t m_line = 1;
    std::size_t m_recordLine = 0;
    std::string m_record;
    char m_separator = '\0';  // until the first record
};

}  // namespace app
