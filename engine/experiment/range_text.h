// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "engine/experiment/fields.h"

namespace experiment {

/// The fewest digits that read back as the same double: 0.1, 100, 6e-03 as "0.006".
std::string shortest(double value);

std::string describe(const IntegerRange& range);  // "an integer from 1 to 256"
std::string describe(const RealRange& range);     // "a number above 0, at most 1"
std::string describe(const TextRange& range);
std::string describe(Flag);

template <class Enum>
std::string describe(Choices<Enum> choices) {
    std::string text;
    for (const auto& choice : choices)
        text += (text.empty() ? "" : ", ") + std::string(choice.name);
    return text;
}

template <class Range>
std::string describe(const ListRange<Range>& range) {
    return "a list of " + std::to_string(range.shortest) + " to " + std::to_string(range.longest) +
           " different values, each " + describe(range.each);
}

inline bool contains(const IntegerRange& range, std::int64_t value) {
    return value >= range.low && value <= range.high;
}
bool contains(const RealRange& range, double value);  // false for NaN

}  // namespace experiment
