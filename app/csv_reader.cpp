// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/csv_reader.h"

#include <algorithm>
#include <array>
#include <istream>
#include <string_view>

namespace app {
namespace {

constexpr int kEnd = -1;
constexpr std::string_view kSeparators = ",;\t";
constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

bool isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\v' || c == '\f';
}

/// Bytes that no table holds: control characters but the white ones.
bool isBinary(int c) {
    return c >= 0 && c < 0x20 && !isSpace(static_cast<char>(c));
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && isSpace(text.front())) text.remove_prefix(1);
    while (!text.empty() && isSpace(text.back())) text.remove_suffix(1);
    return text;
}

/// A quote opens a field only at its beginning; elsewhere it is a character like any other.
void splitRecord(std::string_view record, char separator, std::vector<std::string>& fields) {
    fields.clear();
    std::string field;
    bool quoted = false;
    bool begins = true;
    const auto finish = [&] {
        fields.emplace_back(trimmed(field));
        field.clear();
        begins = true;
    };
    for (std::size_t i = 0; i < record.size(); ++i) {
        const char c = record[i];
        if (quoted && c == '"') {
            quoted = i + 1 < record.size() && record[i + 1] == '"';
            if (quoted) field += record[++i];
        } else if (quoted || (c != separator && (c != '"' || !begins))) {
            field += c;
            begins = begins && c == ' ';
        } else if (c == separator) {
            finish();
        } else {
            quoted = true;
            begins = false;
            field.clear();
        }
    }
    finish();
}

/// The separator that occurs most often outside quotes.
char separatorOf(std::string_view header) {
    std::array<std::size_t, kSeparators.size()> counts{};
    bool quoted = false;
    bool begins = true;
    for (const char c : header) {
        const auto separator = quoted ? std::string_view::npos : kSeparators.find(c);
        if (c == '"' && (quoted || begins)) quoted = !quoted;
        if (separator != std::string_view::npos) ++counts[separator];
        begins = separator != std::string_view::npos || (begins && c == ' ');
    }
    const auto most = std::max_element(counts.begin(), counts.end());
    return kSeparators[static_cast<std::size_t>(most - counts.begin())];
}

engine::Error badLine(std::size_t line, const std::string& what) {
    return {engine::ErrorKind::Data, "line " + std::to_string(line) + ": " + what};
}

}  // namespace

CsvReader::CsvReader(std::istream& in) : m_in(in), m_buffer(std::size_t{1} << 16) {}

/// The next character, every line end as '\n'; kEnd at the end or after a failed read.
int CsvReader::get() {
    for (;;) {
        if (m_at == m_end) {
            m_in.read(m_buffer.data(), static_cast<std::streamsize>(m_buffer.size()));
            m_at = 0;
            m_end = static_cast<std::size_t>(m_in.gcount());
            if (m_end == 0) return kEnd;
            const std::string_view start(m_buffer.data(), m_end);
            if (!m_started && start.starts_with(kByteOrderMark)) m_at = kByteOrderMark.size();
            m_started = true;
            if (m_at == m_end) continue;
        }
        const char c = m_buffer[m_at++];
        const bool secondOfPair = m_afterReturn && c == '\n';
        m_afterReturn = c == '\r';
        if (secondOfPair) continue;
        return c == '\r' ? '\n' : static_cast<unsigned char>(c);
    }
}

/// The next physical record, quotes still in it, into m_record; false at the end.
engine::Result<bool> CsvReader::readRecord() {
    m_record.clear();
    m_recordLine = m_line;
    bool quoted = false;
    bool closed = false;  // the character before closed a quoted field
    bool begins = true;
    bool blank = true;
    bool comment = false;
    for (int c = get(); c != kEnd; c = get()) {
        if (isBinary(c)) {
            return badLine(m_line,
                           "byte " + std::to_string(c) +
                               " is no text; export the table as CSV in UTF-8 (a spreadsheet or "
                               "compressed file cannot be read)");
        }
        if (c == '\n') {
            ++m_line;
            if (!quoted) return true;
        }
        const char character = static_cast<char>(c);
        comment = comment || (blank && c == '#');
        blank = blank && isSpace(character);
        const bool closes = quoted && c == '"';
        if (c == '"' && !comment) quoted = !quoted && (begins || closed);
        closed = closes;
        begins = !quoted && (kSeparators.find(character) != std::string_view::npos ||
                             (begins && character == ' '));
        m_record += character;
        if (m_record.size() <= kLongestRecord) continue;
        return badLine(m_recordLine, quoted
                                         ? "a quote opens a field and is not closed within 1 MiB; "
                                           "close it or remove it"
                                         : "is longer than 1 MiB; name a table with one run per "
                                           "line");
    }
    if (m_in.bad()) {
        return engine::Error{engine::ErrorKind::Io, "could not be read beyond line " +
                                                        std::to_string(m_line) +
                                                        "; check the disk or the connection"};
    }
    if (quoted) {
        return badLine(m_recordLine,
                       "a quote opens a field and is never closed; close it or remove it");
    }
    return !m_record.empty();
}

engine::Result<bool> CsvReader::next(std::vector<std::string>& fields) {
    for (;;) {
        const auto read = readRecord();
        if (!read || !*read) return read;
        const std::string_view content = trimmed(m_record);
        if (content.empty() || content[0] == '#') continue;
        if (m_separator == '\0') m_separator = separatorOf(m_record);
        splitRecord(m_record, m_separator, fields);
        return true;
    }
}

}  // namespace app
