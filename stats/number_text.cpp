// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/number_text.h"

#include <array>
#include <charconv>
#include <cmath>

namespace stats {
namespace {

constexpr double kSmallestP = 1e-300;

std::string significant(double value, int digits) {
    std::array<char, 64> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                   std::chars_format::general, digits)
                         .ptr;
    return {buffer.data(), end};
}

}  // namespace

std::string numberText(double value) {
    return significant(value, 6);
}

std::string briefText(double value) {
    const bool whole = std::abs(value) >= 100 || value == std::round(value);
    return whole && std::abs(value) < 1e15 ? fixedText(value, 0) : significant(value, 3);
}

std::string fixedText(double value, int decimals) {
    std::array<char, 400> buffer{};  // the largest double has 309 digits
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                   std::chars_format::fixed, decimals)
                         .ptr;
    return {buffer.data(), end};
}

std::string exactText(double value) {
    std::array<char, 64> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
    return {buffer.data(), end};
}

std::string pText(double p) {
    return p < kSmallestP ? "p < 1e-300" : "p = " + significant(p, 4);
}

std::string pValueText(double p) {
    return p < kSmallestP ? "< 1e-300" : significant(p, 4);
}

}  // namespace stats
