// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace golden {

using Json = nlohmann::json;

/// The row or its data set breaks the schema: missing field, wrong type, unknown name.
class MalformedCase : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// One number; the strings "Inf", "-Inf" and "NaN" stand for what JSON cannot write.
double toNumber(const Json& value);
std::vector<double> toNumbers(const Json& list);
/// A whole number >= 0. Our functions take sizes and indices as std::size_t, so their types refuse
/// any other number: std::domain_error.
std::size_t toIndex(const Json& value);
/// The value names no enumerator of ours: std::domain_error.
[[noreturn]] void refuseChoice(std::string_view argument, const std::string& value);
std::vector<std::vector<double>> toTable(const Json& listOfLists);

/// One row of a golden file; `data` is the resolved data set (null where the row has none).
struct GoldenCase {
    std::string id;
    std::string function;
    Json arguments;
    Json data;
    Json expected;
    Json tolerance;

    double number(std::string_view argument) const;
    std::vector<double> numbers(std::string_view argument) const;
    std::size_t index(std::string_view argument) const;
    /// A whole number that may be negative (e.g. the type of a sum of squares); else domain_error.
    int whole(std::string_view argument) const;
    std::string text(std::string_view argument) const;
    bool hasArgument(std::string_view argument) const;

    /// The data set must be of the kind named here.
    std::vector<double> sample() const;
    std::vector<std::vector<double>> groups() const;
    std::vector<std::vector<double>> blocks() const;
    /// A field of a data set of kind "factorial", "pair" or "xy".
    std::vector<double> dataNumbers(std::string_view kind, std::string_view field) const;
    std::vector<std::size_t> dataIndices(std::string_view kind, std::string_view field) const;
    bool dataHas(std::string_view field) const;
    /// "sample", "groups", "block", "factorial", "pair", "xy".
    std::string dataKind() const;
    /// kind "pair": were x and y measured in pairs?
    bool isPaired() const;

    /// The row demands a refusal (std::domain_error) instead of numbers.
    bool expectsRefusal() const;
};

/// One element of a file's "cases"; `datasets` holds the sets that rows name. Throws where the row
/// breaks the schema or expects nothing.
GoldenCase parseCase(const Json& row, const Json& datasets);

/// Computes the fields of one row: object of numbers, lists of numbers, names, lists of names.
/// Undefined values come back as NaN or null.
using Callable = std::function<Json(const GoldenCase&)>;

/// Checks `got` against the row's expected fields; returns one line per disagreement.
std::vector<std::string> disagreements(const GoldenCase& row, const Json& got);

}  // namespace golden
