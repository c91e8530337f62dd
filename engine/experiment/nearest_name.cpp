// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/experiment/nearest_name.h"

#include <algorithm>
#include <numeric>
#include <vector>

namespace experiment {
namespace {

std::string plain(std::string_view name) {
    std::string letters;
    for (const char c : name) {
        if (c == '_' || c == '-' || c == ' ') continue;
        letters += (c >= 'A' && c <= 'Z') ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return letters;
}

/// Levenshtein distance.
std::size_t edits(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t replaced = diagonal + (a[i] == b[j] ? 0U : 1U);
            diagonal = row[j + 1];
            row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
        }
    }
    return row.back();
}

}  // namespace

std::string nearestName(std::string_view name, std::span<const std::string> candidates) {
    constexpr std::size_t kLongest = 200;  // bounds the work on hostile keys
    const std::string wanted = plain(name.substr(0, kLongest));
    const auto nearest = std::min_element(
        candidates.begin(), candidates.end(), [&](const std::string& a, const std::string& b) {
            return edits(wanted, plain(a)) < edits(wanted, plain(b));
        });
    return nearest == candidates.end() ? std::string() : *nearest;
}

std::string inQuotes(std::string_view text) {
    constexpr std::size_t kShown = 80;
    std::string shown = "\"";
    for (const char c : text.substr(0, kShown)) {
        shown += (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) ? '?' : c;
    }
    return shown + (text.size() > kShown ? "...\"" : "\"");
}

}  // namespace experiment
