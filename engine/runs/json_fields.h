// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// For .cpp files only: helpers around nlohmann::json that the codecs of this folder share.

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "engine/result.h"

namespace runs::detail {

using Json = nlohmann::ordered_json;

inline Json real(double value) {
    if (std::isfinite(value)) return value;
    return std::isnan(value) ? "nan" : value > 0 ? "inf" : "-inf";
}

inline double realOf(const Json& json) {
    if (json.is_number()) return json.get<double>();
    const std::string text = json.get<std::string>();
    if (text == "nan") return std::numeric_limits<double>::quiet_NaN();
    if (text == "inf") return std::numeric_limits<double>::infinity();
    if (text == "-inf") return -std::numeric_limits<double>::infinity();
    throw std::invalid_argument("\"" + text + "\" is no number");
}

inline double realAt(const Json& json, const char* key) {
    return realOf(json.at(key));
}
inline std::int64_t integerAt(const Json& json, const char* key) {
    const Json& value = json.at(key);
    if (!value.is_number_integer())
        throw std::invalid_argument(std::string(key) + " is no whole number");
    return value.get<std::int64_t>();
}
inline std::string textAt(const Json& json, const char* key) {
    return json.at(key).get<std::string>();
}

/// Parses and refuses duplicate keys. Throws nlohmann::json::exception or std::invalid_argument.
inline Json strictJson(std::string_view text) {
    std::vector<std::set<std::string>> open;
    const auto watch = [&open](int, nlohmann::json::parse_event_t event, Json& value) {
        if (event == nlohmann::json::parse_event_t::object_start) open.emplace_back();
        if (event == nlohmann::json::parse_event_t::object_end) open.pop_back();
        if (event == nlohmann::json::parse_event_t::key &&
            !open.back().insert(value.get<std::string>()).second) {
            throw std::invalid_argument("the key " + value.get<std::string>() + " appears twice");
        }
        return true;
    };
    return Json::parse(text, watch);
}

/// Runs a parser and turns what it throws into a Data error: "<what> cannot be read: <reason>".
template <class T, class Parser>
engine::Result<T> guarded(const char* what, Parser&& parser) {
    try {
        return parser();
    } catch (const std::exception& error) {
        return engine::Error{engine::ErrorKind::Data,
                             std::string(what) + " cannot be read: " + error.what()};
    }
}

}  // namespace runs::detail
