// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/text.h"

#include <spdlog/fmt/fmt.h>

#include <array>
#include <cmath>

namespace app {

std::string durationText(double seconds) {
    const auto whole = static_cast<std::int64_t>(std::llround(seconds));
    if (whole < 60) return fmt::format("{} s", whole);
    if (whole < 3600) return fmt::format("{} min {} s", whole / 60, whole % 60);
    if (whole < 86400) return fmt::format("{} h {} min", whole / 3600, whole % 3600 / 60);
    return fmt::format("{} d {} h", whole / 86400, whole % 86400 / 3600);
}

std::string sizeText(double bytes) {
    constexpr std::array<const char*, 5> kUnits = {"bytes", "kB", "MB", "GB", "TB"};
    std::size_t unit = 0;
    while (bytes >= 999.5 && unit + 1 < kUnits.size()) {
        bytes /= 1000.0;
        ++unit;
    }
    const int decimals = unit > 0 && bytes < 9.95 ? 1 : 0;
    return fmt::format("{:.{}f} {}", bytes, decimals, kUnits[unit]);
}

std::string groupedText(std::int64_t number) {
    std::string digits = std::to_string(number);
    const std::size_t first = digits.starts_with('-') ? 1 : 0;
    for (std::size_t at = digits.size(); at > first + 3;) digits.insert(at -= 3, " ");
    return digits;
}

std::string fixedText(double value, int decimals) {
    return fmt::format("{:.{}f}", value, decimals);
}

std::string lowerCase(const std::string& text) {
    std::string lower = text;
    for (char& c : lower) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return lower;
}

std::string cellText(const experiment::RunSpec& spec) {
    if (spec.attention == experiment::AttentionKind::Dense)
        return fmt::format("L={} dense", spec.length);
    return fmt::format("L={} k/L={} (k={})", spec.length, spec.keepRatio, spec.keep);
}

}  // namespace app
