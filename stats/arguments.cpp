// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/arguments.h"

#include <array>
#include <charconv>
#include <cmath>
#include <stdexcept>
#include <string>

namespace stats {
namespace {

std::string toText(double value) {
    std::array<char, 32> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
    return {buffer.data(), end};
}

std::string butIs(std::string_view rule, double value) {
    return std::string(rule) + ", but is " + toText(value);
}

std::string member(std::string_view argument, std::size_t index) {
    return std::string(argument) + "[" + std::to_string(index) + "]";
}

}  // namespace

void refuse(std::string_view function, std::string_view argument, std::string_view rule) {
    std::string message(function);
    message.append(": ").append(argument).append(" ").append(rule);
    throw std::domain_error(message);
}

void requireNotNan(std::string_view function, std::string_view argument, double value) {
    if (std::isnan(value)) refuse(function, argument, "must be a number, but is NaN");
}

void requireFinite(std::string_view function, std::string_view argument, double value) {
    if (!std::isfinite(value)) refuse(function, argument, butIs("must be finite", value));
}

void requireFinite(std::string_view function, std::string_view argument, Sample values) {
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (std::abs(values[i]) <= 1e150) continue;
        requireFinite(function, member(argument, i), values[i]);
        refuse(function, member(argument, i), butIs("must be at most 1e150 in size", values[i]));
    }
}

void requirePositive(std::string_view function, std::string_view argument, double value) {
    if (!(std::isfinite(value) && value > 0)) {
        refuse(function, argument, butIs("must be finite and above 0", value));
    }
}

void requireNonnegative(std::string_view function, std::string_view argument, double value) {
    if (!(std::isfinite(value) && value >= 0)) {
        refuse(function, argument, butIs("must be finite and not below 0", value));
    }
}

void requireDegreesOfFreedom(std::string_view function, std::string_view argument, double df) {
    if (!(df > 0)) refuse(function, argument, butIs("must be above 0", df));
}

void requireInsideUnit(std::string_view function, std::string_view argument, double value) {
    if (!(value > 0 && value < 1)) {
        refuse(function, argument, butIs("must lie between 0 and 1, both excluded", value));
    }
}

void requireProbability(std::string_view function, std::string_view argument, double value) {
    if (!(value >= 0 && value <= 1)) {
        refuse(function, argument, butIs("must lie in [0, 1]", value));
    }
}

void requireCount(std::string_view function, std::string_view argument, std::size_t size,
                  std::size_t minimum, std::string_view what) {
    if (size < minimum) {
        std::string rule = "must hold at least " + std::to_string(minimum) + " ";
        rule.append(what).append(", but holds ").append(std::to_string(size));
        refuse(function, argument, rule);
    }
}

void requireSameLength(std::string_view function, Sample x, Sample y) {
    if (x.size() != y.size()) {
        refuse(function, "x and y",
               "must have equal lengths, but have " + std::to_string(x.size()) + " and " +
                   std::to_string(y.size()));
    }
}

void requireIndex(std::string_view function, std::string_view argument, std::size_t index,
                  std::size_t size) {
    if (index >= size) {
        refuse(function, argument,
               "must be below " + std::to_string(size) + ", but is " + std::to_string(index));
    }
}

void requireGroups(std::string_view function, Groups groups, std::size_t minimumGroups,
                   std::size_t minimumSize) {
    requireCount(function, "groups", groups.size(), minimumGroups, "groups");
    for (std::size_t g = 0; g < groups.size(); ++g) {
        const std::string name = member("groups", g);
        requireCount(function, name, groups[g].size(), minimumSize, "values");
        requireFinite(function, name, Sample(groups[g]));
    }
}

void requireBlocks(std::string_view function, Blocks blocks, std::size_t minimumBlocks,
                   std::size_t minimumCells) {
    requireCount(function, "blocks", blocks.size(), minimumBlocks, "blocks");
    for (std::size_t row = 0; row < blocks.size(); ++row) {
        const std::string name = member("blocks", row);
        requireCount(function, name, blocks[row].size(), minimumCells, "cells");
        if (blocks[row].size() != blocks[0].size()) {
            refuse(function, name,
                   "must hold as many cells as the first block (" +
                       std::to_string(blocks[0].size()) + "), but holds " +
                       std::to_string(blocks[row].size()));
        }
        requireFinite(function, name, Sample(blocks[row]));
    }
}

}  // namespace stats
