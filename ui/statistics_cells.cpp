// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/statistics_cells.h"

#include <QObject>
#include <cmath>

#include "ui/text.h"

namespace ui {

QString brief(double value) {
    return QString::number(value, 'g', 4);
}

TableCell decimals(double value, int places) {
    return number(value, fixed(value, places));
}

TableCell wholeNumber(double value) {
    return number(value, counted(static_cast<std::int64_t>(std::llround(value))));
}

TableCell missing(const std::string& why) {
    return number(HUGE_VAL, why.empty() ? QStringLiteral("–") : QString::fromStdString(why));
}

TableCell pCell(double p) {
    return number(p, probability(p));
}

QString between(const stats::Interval& interval, int places) {
    const bool fromBelow = std::isfinite(interval.lower), toAbove = std::isfinite(interval.upper);
    return (fromBelow ? QLatin1Char('[') + fixed(interval.lower, places) : QStringLiteral("(−∞")) +
           QStringLiteral(", ") +
           (toAbove ? fixed(interval.upper, places) + QLatin1Char(']') : QStringLiteral("∞)"));
}

QString ratioAt(const stats::GridAnalysis& analysis, const stats::LengthAnalysis& length,
                std::size_t position) {
    if (position >= length.usedRatios.size()) return QObject::tr("dense");
    return ratioText(analysis.keepRatios[length.usedRatios[position]]);
}

}  // namespace ui
