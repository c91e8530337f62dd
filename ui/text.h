// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <cstdint>

namespace ui {

/// A number with this many significant digits and no exponent where it is readable ("2.014",
/// "0.0312"). Not finite: "–".
QString significant(double value, int digits = 4);

/// A number with this many decimals and a true minus sign ("−0.51"). Not finite: "–".
QString fixed(double value, int decimals);

/// A whole number with thin spaces between thousands ("1 115 394").
QString counted(std::int64_t value);

/// "1 run", "12 runs".
QString runsCounted(std::int64_t runs);
/// "1 more seed", "12 more seeds".
QString counted(std::int64_t value, const QString& one, const QString& many);

/// "0.8 s", "21 s", "11 min 40 s", "1 h 10 min", "3 d 4 h". Negative or not finite: "–".
QString duration(double seconds);

/// The clock at this many seconds from now: "14:32", on another day "Tue 09:05".
QString clockTime(double secondsFromNow);

/// "812 kB", "53.2 GB" (powers of 1000).
QString dataSize(double bytes);

/// "41.2 k tok/s"; nothing measured: "–".
QString tokenRate(double tokensPerSecond);

/// "0.0312" or "< 1e-6"; not finite: "–".
QString probability(double p);

/// With its sign ("+1.24", "−0.31"); not finite: "–".
QString signedNumber(double value, int digits = 3);

/// Half the width of an interval with as many decimals as significant(mean) has, or one digit where
/// these would all be 0 ("0.012", "0.0004").
QString halfWidth(double width, double mean);

/// A keep ratio as it is written everywhere: "0.25", "0.9".
QString ratioText(double keepRatio);

}  // namespace ui
