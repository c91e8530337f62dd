// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

#include "engine/experiment/settings.h"

namespace app {

/// 45 -> "45 s", 700 -> "11 min 40 s", 7300 -> "2 h 1 min", 200000 -> "2 d 7 h".
std::string durationText(double seconds);
/// 1500000 -> "1.5 MB"; powers of 1000.
std::string sizeText(double bytes);
/// 1115394 -> "1 115 394".
std::string groupedText(std::int64_t number);
/// Fixed number of decimals.
std::string fixedText(double value, int decimals);
/// A to Z as a to z; other characters as they are.
std::string lowerCase(const std::string& text);
/// "L=256 k/L=0.5 (k=128)", "L=256 dense".
std::string cellText(const experiment::RunSpec& spec);

}  // namespace app
