// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/stats/golden/golden_case.h"

#include <cmath>
#include <limits>
#include <sstream>

namespace golden {
namespace {

const Json& fieldOf(const Json& object, std::string_view field) {
    const auto found = object.find(field);
    if (found == object.end()) {
        throw MalformedCase("field \"" + std::string(field) + "\" is missing");
    }
    return *found;
}

std::string shown(double value) {
    std::ostringstream out;
    out.precision(17);
    out << value;
    return out.str();
}

/// |got - expected| <= abs + rel |expected|; infinities must be equal, NaN matches NaN or null.
bool agrees(const Json& got, double expected, double absolute, double relative) {
    if (std::isnan(expected)) {
        return got.is_null() || (got.is_number() && std::isnan(got.get<double>()));
    }
    if (!got.is_number()) return false;
    const double value = got.get<double>();
    if (std::isinf(expected) || std::isinf(value)) return value == expected;
    return std::abs(value - expected) <= absolute + relative * std::abs(expected);
}

bool isSpecialNumber(const Json& value) {
    return value == "Inf" || value == "-Inf" || value == "NaN";
}

bool isName(const Json& value) {
    return value.is_string() && !isSpecialNumber(value);
}

class FieldComparison {
public:
    FieldComparison(const GoldenCase& row, std::string field, std::vector<std::string>& lines)
        : m_field(std::move(field)), m_lines(lines) {
        const Json& tolerance = fieldOf(row.tolerance, m_field);
        m_absolute = toNumber(fieldOf(tolerance, "abs"));
        m_relative = toNumber(fieldOf(tolerance, "rel"));
    }

    void compare(const Json& got, const Json& expected) {
        if (!expected.is_array()) {
            compareElement(got, expected, m_field);
            return;
        }
        const bool empty = got.is_null() && expected.empty();
        if (!empty && (!got.is_array() || got.size() != expected.size())) {
            m_lines.push_back(m_field + ": got " + got.dump() + ", expected a list of " +
                              std::to_string(expected.size()));
            return;
        }
        for (std::size_t i = 0; i < expected.size(); ++i) {
            compareElement(got[i], expected[i], m_field + "[" + std::to_string(i) + "]");
        }
    }

private:
    void compareElement(const Json& got, const Json& expected, const std::string& name) {
        if (isName(expected)) {
            if (got != expected) {
                m_lines.push_back(name + ": got " + got.dump() + ", expected " + expected.dump());
            }
            return;
        }
        const double target = toNumber(expected);
        if (!agrees(got, target, m_absolute, m_relative)) {
            const std::string value = got.is_number() ? shown(got.get<double>()) : got.dump();
            m_lines.push_back(name + ": got " + value + ", expected " + shown(target) + " (abs " +
                              shown(m_absolute) + ", rel " + shown(m_relative) + ")");
        }
    }

    std::string m_field;
    std::vector<std::string>& m_lines;
    double m_absolute = 0;
    double m_relative = 0;
};

}  // namespace

double toNumber(const Json& value) {
    if (value.is_number()) return value.get<double>();
    if (value == "Inf") return std::numeric_limits<double>::infinity();
    if (value == "-Inf") return -std::numeric_limits<double>::infinity();
    if (value == "NaN") return std::numeric_limits<double>::quiet_NaN();
    throw MalformedCase("not a number: " + value.dump());
}

std::vector<double> toNumbers(const Json& list) {
    if (!list.is_array()) throw MalformedCase("not a list of numbers: " + list.dump());
    std::vector<double> numbers;
    numbers.reserve(list.size());
    for (const Json& value : list) numbers.push_back(toNumber(value));
    return numbers;
}

std::size_t toIndex(const Json& value) {
    const double number = toNumber(value);
    if (!(number >= 0 && number <= 1e15 && number == std::floor(number))) {
        throw std::domain_error("not a whole number from 0 on: " + value.dump());
    }
    return static_cast<std::size_t>(number);
}

void refuseChoice(std::string_view argument, const std::string& value) {
    throw std::domain_error("unknown " + std::string(argument) + " \"" + value + "\"");
}

std::vector<std::vector<double>> toTable(const Json& listOfLists) {
    if (!listOfLists.is_array()) throw MalformedCase("not a list of lists");
    std::vector<std::vector<double>> table;
    table.reserve(listOfLists.size());
    for (const Json& list : listOfLists) table.push_back(toNumbers(list));
    return table;
}

double GoldenCase::number(std::string_view argument) const {
    return toNumber(fieldOf(arguments, argument));
}

std::vector<double> GoldenCase::numbers(std::string_view argument) const {
    return toNumbers(fieldOf(arguments, argument));
}

std::size_t GoldenCase::index(std::string_view argument) const {
    return toIndex(fieldOf(arguments, argument));
}

int GoldenCase::whole(std::string_view argument) const {
    const double value = number(argument);
    if (!(std::abs(value) <= 1e9 && value == std::floor(value))) {
        throw std::domain_error("argument \"" + std::string(argument) + "\" is not a whole number");
    }
    return static_cast<int>(value);
}

std::string GoldenCase::text(std::string_view argument) const {
    const Json& value = fieldOf(arguments, argument);
    if (!value.is_string()) {
        throw MalformedCase("argument \"" + std::string(argument) + "\" is not a text");
    }
    return value.get<std::string>();
}

bool GoldenCase::hasArgument(std::string_view argument) const {
    return arguments.contains(argument);
}

std::string GoldenCase::dataKind() const {
    if (!data.is_object()) throw MalformedCase("the row has no data set");
    return fieldOf(data, "kind").get<std::string>();
}

namespace {

const Json& dataField(const GoldenCase& row, std::string_view kind, std::string_view field) {
    if (row.dataKind() != kind) {
        throw MalformedCase("data of kind " + row.dataKind() + " where " + std::string(kind) +
                            " is needed");
    }
    return fieldOf(row.data, field);
}

}  // namespace

std::vector<double> GoldenCase::sample() const {
    return toNumbers(dataField(*this, "sample", "values"));
}

std::vector<std::vector<double>> GoldenCase::groups() const {
    return toTable(dataField(*this, "groups", "values"));
}

std::vector<std::vector<double>> GoldenCase::blocks() const {
    return toTable(dataField(*this, "block", "values"));
}

std::vector<double> GoldenCase::dataNumbers(std::string_view kind, std::string_view field) const {
    return toNumbers(dataField(*this, kind, field));
}

std::vector<std::size_t> GoldenCase::dataIndices(std::string_view kind,
                                                 std::string_view field) const {
    const Json& list = dataField(*this, kind, field);
    if (!list.is_array()) throw MalformedCase("not a list of indices: " + list.dump());
    std::vector<std::size_t> indices;
    indices.reserve(list.size());
    for (const Json& value : list) indices.push_back(toIndex(value));
    return indices;
}

bool GoldenCase::dataHas(std::string_view field) const {
    return data.is_object() && data.contains(field);
}

bool GoldenCase::isPaired() const {
    return dataField(*this, "pair", "paired").get<bool>();
}

bool GoldenCase::expectsRefusal() const {
    return expected.contains("error");
}

GoldenCase parseCase(const Json& row, const Json& datasets) {
    GoldenCase parsed;
    parsed.id = row.at("id").get<std::string>();
    parsed.function = row.at("fn").get<std::string>();
    parsed.arguments = row.at("args");
    parsed.expected = row.at("expected");
    const Json& data = row.at("data");
    parsed.data = data.is_string() ? datasets.at(data.get<std::string>()) : data;
    if (!parsed.expectsRefusal()) parsed.tolerance = row.at("tol");
    if (!parsed.expected.is_object() || parsed.expected.empty()) {
        throw MalformedCase("expects nothing");
    }
    return parsed;
}

std::vector<std::string> disagreements(const GoldenCase& row, const Json& got) {
    std::vector<std::string> lines;
    for (const auto& [field, expected] : row.expected.items()) {
        if (!got.contains(field)) {
            lines.push_back(field + ": not computed");
            continue;
        }
        FieldComparison(row, field, lines).compare(got.at(field), expected);
    }
    return lines;
}

}  // namespace golden
