// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace experiment {

/// The candidate with the fewest edits from `name`; case, '_' and '-' do not count. Empty without
/// candidates.
std::string nearestName(std::string_view name, std::span<const std::string> candidates);

/// The text in quotes for a message, control characters replaced, at most 80 bytes of it.
std::string inQuotes(std::string_view text);

}  // namespace experiment
