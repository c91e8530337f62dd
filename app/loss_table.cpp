// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/loss_table.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <istream>
#include <map>
#include <optional>
#include <set>
#include <vector>

namespace app {
namespace {

struct Row {
    std::size_t line = 0;
    double length = 0;
    double ratio = 0;
    bool dense = false;
    std::string seed;
    stats::GridRun run;
};

std::string trimmed(const std::string& text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

std::optional<double> toNumber(const std::string& text) {
    double value = 0;
    const char* begin = text.data();
    const char* end = begin + text.size();
    if (begin != end && *begin == '+') ++begin;
    const auto [rest, error] = std::from_chars(begin, end, value);
    if (error != std::errc() || rest != end) return std::nullopt;
    return value;
}

/// Fields of one record; a quoted field may hold separators and line ends.
std::vector<std::string> splitRecord(const std::string& record, char separator) {
    std::vector<std::string> fields(1);
    bool quoted = false;
    for (std::size_t i = 0; i < record.size(); ++i) {
        const char c = record[i];
        if (quoted && c == '"' && i + 1 < record.size() && record[i + 1] == '"') {
            fields.back() += record[++i];
        } else if (c == '"') {
            quoted = !quoted;
        } else if (c == separator && !quoted) {
            fields.emplace_back();
        } else {
            fields.back() += c;
        }
    }
    for (std::string& field : fields) field = trimmed(field);
    return fields;
}

class Reader {
public:
    explicit Reader(std::istream& in) : m_in(in) {}

    /// The next record with content, or nothing at the end.
    std::optional<std::string> next() {
        std::string record;
        std::string line;
        while (std::getline(m_in, line)) {
            ++m_line;
            record += record.empty() ? line : "\n" + line;
            if (std::count(record.begin(), record.end(), '"') % 2 != 0) continue;
            const std::string content = trimmed(record);
            if (!content.empty() && content[0] != '#') return record;
            record.clear();
        }
        return std::nullopt;
    }

    std::size_t line() const { return m_line; }

private:
    std::istream& m_in;
    std::size_t m_line = 0;
};

char separatorOf(const std::string& header) {
    for (const char separator : {',', ';', '\t'}) {
        if (header.find(separator) != std::string::npos) return separator;
    }
    return ',';
}

struct Places {
    std::size_t length = 0, ratio = 0, seed = 0, loss = 0;
    bool ratioIsDropped = false;
};

std::size_t placeOf(const std::vector<std::string>& header, const std::string& name) {
    const auto found = std::find(header.begin(), header.end(), name);
    if (found != header.end()) return static_cast<std::size_t>(found - header.begin());
    std::string have;
    for (const std::string& column : header) have += (have.empty() ? "" : ", ") + column;
    throw LossTableError{"there is no column \"" + name + "\"; the file has " + have +
                         " (choose with --columns length=...,ratio=...,seed=...,loss=...)"};
}

Places placesOf(const std::vector<std::string>& header, const ColumnNames& columns) {
    Places places;
    std::string ratio = columns.ratio;
    if (ratio.starts_with("1-")) {
        places.ratioIsDropped = true;
        ratio = ratio.substr(2);
    }
    places.length = placeOf(header, columns.length);
    places.ratio = placeOf(header, ratio);
    places.seed = placeOf(header, columns.seed);
    places.loss = placeOf(header, columns.loss);
    return places;
}

Row parseRow(const std::vector<std::string>& fields, const Places& places, std::size_t line) {
    const auto fail = [line](const std::string& what) -> LossTableError {
        return {"line " + std::to_string(line) + ": " + what};
    };
    const std::size_t needed =
        std::max({places.length, places.ratio, places.seed, places.loss}) + 1;
    if (fields.size() < needed) {
        throw fail("has " + std::to_string(fields.size()) + " fields, needs " +
                   std::to_string(needed));
    }
    Row row;
    row.line = line;
    const auto length = toNumber(fields[places.length]);
    if (!length || !(*length > 0) || !std::isfinite(*length)) {
        throw fail("the length \"" + fields[places.length] + "\" must be a number above 0");
    }
    row.length = *length;
    row.dense = fields[places.ratio] == "dense";
    if (!row.dense) {
        auto ratio = toNumber(fields[places.ratio]);
        if (ratio && places.ratioIsDropped) ratio = std::round((1 - *ratio) * 1e12) / 1e12;
        if (!ratio || !(*ratio > 0 && *ratio <= 1)) {
            throw fail("the keep ratio \"" + fields[places.ratio] +
                       "\" must lie above 0 and not above 1, or be dense");
        }
        row.ratio = *ratio;
        row.dense = *ratio == 1;
    }
    row.seed = fields[places.seed];
    const std::string& text = fields[places.loss];
    const auto loss = toNumber(text);
    if (!loss && !text.empty() && text != "NA" && text != "failed" && text != "diverged") {
        throw fail("the loss \"" + text + "\" must be a number, or empty for a failed run");
    }
    row.run.state = loss && std::isfinite(*loss) ? stats::RunState::Done : stats::RunState::Failed;
    if (row.run.state == stats::RunState::Done) row.run.loss = *loss;
    return row;
}

/// Seeds as whole numbers: their own where all are, else their order of appearance.
std::map<std::string, std::int64_t> numberSeeds(const std::vector<Row>& rows) {
    std::map<std::string, std::int64_t> numbers;
    std::map<std::string, std::int64_t> order;
    bool whole = true;
    for (const Row& row : rows) {
        order.emplace(row.seed, static_cast<std::int64_t>(order.size()) + 1);
        const auto value = toNumber(row.seed);
        if (value && *value == std::floor(*value) && std::abs(*value) < 9e15) {
            numbers[row.seed] = static_cast<std::int64_t>(*value);
        } else {
            whole = false;
        }
    }
    std::set<std::int64_t> distinct;
    for (const auto& [text, number] : numbers) distinct.insert(number);
    return whole && distinct.size() == numbers.size() ? numbers : order;
}

template <typename Value>
std::size_t indexIn(const std::vector<Value>& sorted, Value value) {
    const auto found = std::lower_bound(sorted.begin(), sorted.end(), value);
    return static_cast<std::size_t>(found - sorted.begin());
}

stats::GridTable arrange(const std::vector<Row>& rows) {
    const auto seedOf = numberSeeds(rows);
    std::set<double> lengths;
    std::set<double> ratios;
    std::set<std::int64_t> seeds;
    bool dense = false;
    for (const Row& row : rows) {
        lengths.insert(row.length);
        if (!row.dense) ratios.insert(row.ratio);
        dense = dense || row.dense;
        seeds.insert(seedOf.at(row.seed));
    }
    if (ratios.empty()) throw LossTableError{"there is no row with a keep ratio below 1"};
    using Dense = stats::GridTable::Dense;
    auto table = stats::GridTable::planned(
        {lengths.begin(), lengths.end()}, {ratios.begin(), ratios.end()},
        {seeds.begin(), seeds.end()}, dense ? Dense::With : Dense::Without);
    std::map<const stats::GridRun*, std::size_t> lineOf;
    for (const Row& row : rows) {
        const std::size_t length = indexIn(table.lengths, row.length);
        const std::size_t seed = indexIn(table.seeds, seedOf.at(row.seed));
        stats::GridRun& run = row.dense
                                  ? table.denseAt(length, seed)
                                  : table.at(length, indexIn(table.keepRatios, row.ratio), seed);
        const auto [other, first] = lineOf.emplace(&run, row.line);
        if (!first) {
            throw LossTableError{"lines " + std::to_string(other->second) + " and " +
                                 std::to_string(row.line) +
                                 " name the same length, ratio and seed; keep one of them"};
        }
        run = row.run;
    }
    return table;
}

}  // namespace

std::variant<stats::GridTable, LossTableError> readLossTable(std::istream& in,
                                                             const ColumnNames& columns) {
    try {
        Reader reader(in);
        auto header = reader.next();
        if (!header) return LossTableError{"the file is empty; it needs a header line"};
        if (header->starts_with("\xef\xbb\xbf")) header->erase(0, 3);  // byte order mark
        const char separator = separatorOf(*header);
        const Places places = placesOf(splitRecord(*header, separator), columns);
        std::vector<Row> rows;
        while (const auto record = reader.next()) {
            rows.push_back(parseRow(splitRecord(*record, separator), places, reader.line()));
        }
        if (rows.empty()) return LossTableError{"there are no rows below the header"};
        return arrange(rows);
    } catch (const LossTableError& error) {  // thrown above only
        return error;
    }
}

}  // namespace app
