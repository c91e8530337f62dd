// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/experiment/range_text.h"

#include <array>
#include <charconv>
#include <cmath>

namespace experiment {

std::string shortest(double value) {
    std::array<char, 40> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
    return {text.data(), end};
}

std::string describe(const IntegerRange& range) {
    return "an integer from " + std::to_string(range.low) + " to " + std::to_string(range.high);
}

std::string describe(const RealRange& range) {
    const bool lowOpen = range.ends == Ends::OpenLow || range.ends == Ends::Open;
    const bool highOpen = range.ends == Ends::OpenHigh || range.ends == Ends::Open;
    return std::string("a number ") + (lowOpen ? "above " : "of at least ") + shortest(range.low) +
           (highOpen ? " and below " : " and at most ") + shortest(range.high);
}

std::string describe(const TextRange& range) {
    return "UTF-8 text of at most " + std::to_string(range.longest) + " bytes";
}

std::string describe(Flag) {
    return "true or false";
}

bool contains(const RealRange& range, double value) {
    const bool lowOpen = range.ends == Ends::OpenLow || range.ends == Ends::Open;
    const bool highOpen = range.ends == Ends::OpenHigh || range.ends == Ends::Open;
    return std::isfinite(value) && (lowOpen ? value > range.low : value >= range.low) &&
           (highOpen ? value < range.high : value <= range.high);
}

}  // namespace experiment
