// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/loss_table.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string_view>
#include <unordered_map>

#include "app/csv_reader.h"
#include "app/text.h"
#include "engine/experiment/nearest_name.h"
#include "stats/number_text.h"

namespace app {
namespace {

using engine::Error;
using engine::ErrorKind;
using experiment::inQuotes;

/// Far beyond any study; keeps a wrong column from filling the memory.
constexpr double kMostCombinations = 5e6;
constexpr double kLargestLoss = 1e150;  // of stats::requireFinite: squares stay finite
constexpr double kSameRatio = 1e-9;     // 0.3 and 0.30000000000000004 are one keep ratio
constexpr double kLargestWhole = 9e15;  // whole numbers that a double holds exactly

struct Row {
    std::size_t line = 0;
    double length = 0;
    double ratio = 0;
    bool dense = false;
    std::uint32_t seed = 0;  // position in Rows::seeds
    stats::GridRun run;
};

template <std::size_t Count>
bool isOneOf(const std::array<std::string_view, Count>& words, const std::string& text) {
    return std::find(words.begin(), words.end(), lowerCase(text)) != words.end();
}

bool meansNoNumber(const std::string& text) {
    static constexpr std::array<std::string_view, 8> kWords{"",     "na", "n/a",    "null",
                                                            "none", "-",  "failed", "diverged"};
    return isOneOf(kWords, text);
}

bool meansUnfinished(const std::string& status) {
    static constexpr std::array<std::string_view, 7> kWords{
        "empty", "queued", "running", "running elsewhere", "paused", "planned", "pending"};
    return isOneOf(kWords, status);
}

bool meansFailed(const std::string& status) {
    static constexpr std::array<std::string_view, 4> kWords{"failed", "diverged", "damaged",
                                                            "crashed"};
    return isOneOf(kWords, status);
}

[[noreturn]] void refuse(std::size_t line, const std::string& what) {
    throw Error{ErrorKind::Data, "line " + std::to_string(line) + ": " + what};
}

std::optional<double> toNumber(std::string_view text) {
    double value = 0;
    if (text.starts_with('+')) text.remove_prefix(1);
    const char* end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc() || rest != end || text.empty()) return std::nullopt;
    return value;
}

/// Numbers of a file that writes decimals with a point or with a comma, not both.
class DecimalNumbers {
public:
    /// Nothing where the text is no number. Refuses a second decimal mark.
    std::optional<double> read(const std::string& text, std::size_t line) {
        const auto comma = text.find(',');
        if (comma == std::string::npos) {
            if (text.find('.') != std::string::npos) meet(m_point, text, line);
            return toNumber(text);
        }
        std::string pointed = text;
        pointed[comma] = '.';
        const auto value = toNumber(pointed);
        const bool digits =
            comma + 1 < text.size() && text[comma + 1] >= '0' && text[comma + 1] <= '9';
        if (!value || !digits) return std::nullopt;
        meet(m_comma, text, line);
        return value;
    }

    std::optional<std::string> note() const {
        if (m_comma.line == 0) return std::nullopt;
        std::string pointed = m_comma.text;
        pointed[pointed.find(',')] = '.';
        return "Decimal commas are read as points: " + m_comma.text + " on line " +
               std::to_string(m_comma.line) + " is " + pointed + ".";
    }

private:
    struct Example {
        std::size_t line = 0;  // 0: none yet
        std::string text;
    };

    void meet(Example& mark, const std::string& text, std::size_t line) {
        if (mark.line == 0) mark = {line, text};
        if (m_point.line == 0 || m_comma.line == 0) return;
        refuse(line, "the decimals are written with a point in " + inQuotes(m_point.text) +
                         " (line " + std::to_string(m_point.line) + ") and with a comma in " +
                         inQuotes(m_comma.text) + " (line " + std::to_string(m_comma.line) +
                         "); use the point throughout");
    }

    Example m_point;
    Example m_comma;
};

/// The rows of a table, checked one by one.
class Rows {
public:
    explicit Rows(const ColumnPlaces& places) : m_places(places) {}

    void add(const std::vector<std::string>& fields, std::size_t line) {
        if (std::all_of(fields.begin(), fields.end(),
                        [](const std::string& field) { return field.empty(); })) {
            return;
        }
        checkWidth(fields, line);
        Row row;
        row.line = line;
        row.length = lengthOf(fields[m_places.length], line);
        const auto ratio = ratioOf(fields, line);
        row.dense = !ratio;
        row.ratio = ratio.value_or(1);
        row.seed = seedOf(fields[m_places.seed], line);
        row.run = runOf(fields, line);
        m_rows.push_back(row);
    }

    const std::vector<Row>& rows() const { return m_rows; }
    const std::vector<std::string>& seeds() const { return m_seeds; }
    std::size_t unfinished() const { return m_unfinished; }

    std::vector<std::string> notes() const {
        std::vector<std::string> notes;
        if (const auto note = m_numbers.note()) notes.push_back(*note);
        if (m_failed == 0) return notes;
        notes.push_back(std::to_string(m_failed) + (m_failed == 1 ? " row has" : " rows have") +
                        " no finite loss or the status of a failure and " +
                        (m_failed == 1 ? "counts" : "count") + " as failed (" +
                        (m_failed == 1 ? "line " : "the first is line ") +
                        std::to_string(m_firstFailed) + ").");
        return notes;
    }

private:
    void checkWidth(const std::vector<std::string>& fields, std::size_t line) const {
        const std::size_t needed =
            std::max({m_places.length, m_places.ratio, m_places.seed, m_places.loss}) + 1;
        const std::string counts = "has " + std::to_string(fields.size()) +
                                   (fields.size() == 1 ? " field" : " fields") + ", the header " +
                                   std::to_string(m_places.count);
        if (fields.size() < needed) refuse(line, counts + "; complete the row or remove it");
        for (std::size_t extra = m_places.count; extra < fields.size(); ++extra) {
            if (fields[extra].empty()) continue;
            refuse(line, counts + "; the first too many is " + inQuotes(fields[extra]) +
                             ": write decimals with a point, or put fields with a comma in quotes");
        }
    }

    static double lengthOf(const std::string& text, std::size_t line) {
        const auto length = toNumber(text);
        if (!length || !(*length >= 1) || *length != std::floor(*length) ||
            *length > kLargestWhole) {
            refuse(line, "the length " + inQuotes(text) +
                             " must be a whole number of tokens, 1 or more, without separators");
        }
        return *length;
    }

    /// The keep ratio of the row, or nothing for the dense reference.
    std::optional<double> ratioOf(const std::vector<std::string>& fields, std::size_t line) {
        const std::string& text = fields[m_places.ratio];
        if (lowerCase(text) == "dense") return std::nullopt;
        const bool known = m_places.attention && *m_places.attention < fields.size();
        if (known && lowerCase(fields[*m_places.attention]) == "dense") return std::nullopt;
        const bool dropped = m_places.ratioHolds == RatioColumn::Dropped;
        auto ratio = m_numbers.read(text, line);
        if (ratio && dropped) ratio = std::round((1 - *ratio) * 1e12) / 1e12;
        if (!ratio || !(*ratio > 0 && *ratio <= 1)) {
            const bool percent = text.ends_with('%') || (ratio && (*ratio > 1 || *ratio < 0));
            refuse(line, (dropped ? "the share dropped " : "the keep ratio ") + inQuotes(text) +
                             (dropped ? " must be 0 or more and below 1"
                                      : " must lie above 0 and not above 1") +
                             (percent ? "; write 25 % as 0.25" : ", or be dense"));
        }
        if (*ratio == 1 && !known) return std::nullopt;
        return ratio;
    }

    /// Whole numbers are one seed however they are written (42, 42.0).
    std::uint32_t seedOf(std::string text, std::size_t line) {
        if (text.empty()) {
            refuse(line,
                   "the seed is empty; give every run a seed or the number of its repetition");
        }
        const auto value = toNumber(text);
        if (value && *value == std::floor(*value) && std::abs(*value) < kLargestWhole) {
            text = std::to_string(static_cast<std::int64_t>(*value));
        }
        const auto [place, isNew] =
            m_placeOfSeed.emplace(text, static_cast<std::uint32_t>(m_seeds.size()));
        if (isNew) m_seeds.push_back(text);
        return place->second;
    }

    stats::GridRun runOf(const std::vector<std::string>& fields, std::size_t line) {
        const std::string& text = fields[m_places.loss];
        const std::string status = m_places.status && *m_places.status < fields.size()
                                       ? fields[*m_places.status]
                                       : std::string();
        const auto loss = m_numbers.read(text, line);
        if (!loss && !meansNoNumber(text)) {
            refuse(line, "the loss " + inQuotes(text) +
                             " must be a number without separators, or empty for a failed run");
        }
        if (meansUnfinished(status)) {
            ++m_unfinished;
            return {};
        }
        if (!loss || !std::isfinite(*loss) || meansFailed(status)) {
            if (m_failed++ == 0) m_firstFailed = line;
            return {stats::RunState::Failed, 0};
        }
        if (std::abs(*loss) > kLargestLoss) {
            refuse(line, "the loss " + inQuotes(text) +
                             " must be at most 1e150 in size; leave it empty for a failed run");
        }
        return {stats::RunState::Done, *loss};
    }

    ColumnPlaces m_places;
    DecimalNumbers m_numbers;
    std::vector<Row> m_rows;
    std::vector<std::string> m_seeds;
    std::unordered_map<std::string, std::uint32_t> m_placeOfSeed;
    std::size_t m_unfinished = 0;
    std::size_t m_failed = 0;
    std::size_t m_firstFailed = 0;
};

/// Seeds as numbers: their own where all are whole, else 1, 2, ... in order of appearance.
std::vector<std::int64_t> seedNumbers(const std::vector<std::string>& seeds,
                                      std::vector<std::string>& notes) {
    std::vector<std::int64_t> numbers;
    for (const std::string& seed : seeds) {
        std::int64_t value = 0;
        const char* end = seed.data() + seed.size();
        if (std::from_chars(seed.data(), end, value).ptr != end) break;
        numbers.push_back(value);
    }
    if (numbers.size() == seeds.size()) return numbers;
    for (std::size_t i = 0; i < seeds.size(); ++i) {
        if (i >= numbers.size()) numbers.push_back(0);
        numbers[i] = static_cast<std::int64_t>(i) + 1;
    }
    notes.push_back(
        "Seeds are numbered in the order of their appearance: " + inQuotes(seeds[0]) + " is 1" +
        (seeds.size() > 1 ? ", " + inQuotes(seeds.back()) + " is " + std::to_string(seeds.size())
                          : std::string()) +
        ".");
    return numbers;
}

/// Ascending and without repetition; values closer than `apart` are one.
template <typename Value>
std::vector<Value> levelsOf(std::vector<Value> values, Value apart) {
    std::sort(values.begin(), values.end());
    std::vector<Value> levels;
    for (const Value value : values) {
        if (levels.empty() || value - levels.back() > apart) levels.push_back(value);
    }
    return levels;
}

/// Place of the level at or below the value (levels are merged upwards).
template <typename Value>
std::size_t placeIn(const std::vector<Value>& levels, Value value) {
    const auto above = std::upper_bound(levels.begin(), levels.end(), value);
    return static_cast<std::size_t>(above - levels.begin()) - 1;
}

void checkSize(std::size_t lengths, std::size_t ratios, std::size_t seeds) {
    const double combinations =
        static_cast<double>(lengths) * static_cast<double>(ratios) * static_cast<double>(seeds);
    if (combinations <= kMostCombinations) return;
    throw Error{ErrorKind::Data, groupedText(static_cast<std::int64_t>(lengths)) + " lengths, " +
                                     groupedText(static_cast<std::int64_t>(ratios)) +
                                     " keep ratios and " +
                                     groupedText(static_cast<std::int64_t>(seeds)) +
                                     " seeds make more combinations than can be analysed (" +
                                     groupedText(static_cast<std::int64_t>(kMostCombinations)) +
                                     "); check that --columns names the right ones"};
}

/// seedOf: number of each of read.seeds().
stats::GridTable arrange(const Rows& read, const std::vector<std::int64_t>& seedOf) {
    const std::vector<Row>& rows = read.rows();
    std::vector<double> allLengths;
    std::vector<double> allRatios;
    bool dense = false;
    for (const Row& row : rows) {
        allLengths.push_back(row.length);
        if (!row.dense) allRatios.push_back(row.ratio);
        dense = dense || row.dense;
    }
    if (allRatios.empty()) {
        throw Error{ErrorKind::Data,
                    rows.empty() ? "there are no rows below the header; add one run per row"
                                 : "all rows are dense runs; add runs with a keep ratio below 1"};
    }
    const auto lengths = levelsOf(std::move(allLengths), 0.0);
    const auto ratios = levelsOf(std::move(allRatios), kSameRatio);
    const auto seeds = levelsOf(seedOf, std::int64_t{0});
    checkSize(lengths.size(), ratios.size(), seeds.size());
    using Dense = stats::GridTable::Dense;
    auto table =
        stats::GridTable::planned(lengths, ratios, seeds, dense ? Dense::With : Dense::Without);
    std::vector<std::size_t> lineOf(table.runs.size() + table.dense.size(), 0);
    for (const Row& row : rows) {
        const std::size_t length = placeIn(lengths, row.length);
        const std::size_t seed = placeIn(seeds, seedOf[row.seed]);
        stats::GridRun& run = row.dense ? table.denseAt(length, seed)
                                        : table.at(length, placeIn(ratios, row.ratio), seed);
        std::size_t& line = lineOf[row.dense ? table.runs.size() + length * seeds.size() + seed
                                             : static_cast<std::size_t>(&run - table.runs.data())];
        if (line != 0) {
            refuse(row.line,
                   "length " + stats::numberText(row.length) + ", " +
                       (row.dense ? "dense" : "keep ratio " + stats::numberText(row.ratio)) +
                       ", seed " + read.seeds()[row.seed] + " was on line " + std::to_string(line) +
                       " already; keep one of the two rows");
        }
        line = row.line;
        run = row.run;
    }
    return table;
}

LossTable readTable(std::istream& in, const ColumnNames& columns) {
    CsvReader reader(in);
    std::vector<std::string> fields;
    const auto next = [&] {
        const auto read = reader.next(fields);
        if (!read) throw read.error();
        return *read;
    };
    if (!next()) throw Error{ErrorKind::Data, "the table is empty; it needs a header line"};
    const auto places = findColumns(fields, columns);
    if (!places) throw places.error();
    Rows rows(*places);
    while (next()) rows.add(fields, reader.line());
    LossTable result;
    result.notes = rows.notes();
    result.unfinished = rows.unfinished();
    const auto seeds = rows.seeds().empty() ? std::vector<std::int64_t>()
                                            : seedNumbers(rows.seeds(), result.notes);
    result.table = arrange(rows, seeds);
    return result;
}

}  // namespace

engine::Result<LossTable> readLossTable(std::istream& in, const ColumnNames& columns) {
    try {
        return readTable(in, columns);
    } catch (const Error& error) {  // thrown above only
        return error;
    }
}

}  // namespace app
