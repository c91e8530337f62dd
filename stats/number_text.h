// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace stats {

/// Six significant digits, "inf" and "-inf" for infinities.
std::string numberText(double value);
/// For sentences: three significant digits, whole where the value is 100 or more or a whole number.
std::string briefText(double value);
/// With this many decimals; the value must be finite.
std::string fixedText(double value, int decimals);
/// Shortest text that reads back to the same double.
std::string exactText(double value);
/// "p = 0.0123"; "p < 1e-300" below that, never 0.
std::string pText(double p);
/// The value alone: "0.0123" or "< 1e-300".
std::string pValueText(double p);

}  // namespace stats
