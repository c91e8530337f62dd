// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string_view>

#include "stats/data_views.h"

/// Argument checks. Each throws std::domain_error "function: argument must RULE" when the rule is
/// broken and is silent otherwise.
namespace stats {

/// Throws std::domain_error "function: argument rule".
[[noreturn]] void refuse(std::string_view function, std::string_view argument,
                         std::string_view rule);

void requireNotNan(std::string_view function, std::string_view argument, double value);
void requireFinite(std::string_view function, std::string_view argument, double value);
/// Data: finite and at most 1e150 in size, so that squares stay finite.
void requireFinite(std::string_view function, std::string_view argument, Sample values);
/// Finite and > 0.
void requirePositive(std::string_view function, std::string_view argument, double value);
/// Finite and >= 0.
void requireNonnegative(std::string_view function, std::string_view argument, double value);
/// > 0; +infinity is allowed.
void requireDegreesOfFreedom(std::string_view function, std::string_view argument, double df);
/// Inside (0, 1): confidence levels, alpha, target power.
void requireInsideUnit(std::string_view function, std::string_view argument, double value);
/// Inside [0, 1]: probabilities.
void requireProbability(std::string_view function, std::string_view argument, double value);
/// size >= minimum; `what` names the things counted, e.g. "values", "groups".
void requireCount(std::string_view function, std::string_view argument, std::size_t size,
                  std::size_t minimum, std::string_view what);
/// Equal lengths of two paired samples.
void requireSameLength(std::string_view function, Sample x, Sample y);
/// index < size.
void requireIndex(std::string_view function, std::string_view argument, std::size_t index,
                  std::size_t size);
/// At least minimumGroups groups, each with at least minimumSize finite values.
void requireGroups(std::string_view function, Groups groups, std::size_t minimumGroups,
                   std::size_t minimumSize);
/// At least minimumBlocks rows of equal length >= minimumCells, all values finite.
void requireBlocks(std::string_view function, Blocks blocks, std::size_t minimumBlocks,
                   std::size_t minimumCells);

}  // namespace stats
