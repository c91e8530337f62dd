// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/statistics_cells.h"

#include <QObject>
#include <cmath>

#include "ui/text.h"

namespace ui {

TableCell decimals(double value, int places) {
    return number(value,
                  std::isfinite(value) ? QString::number(value, 'f', places) : significant(value));
}

TableCell missing(const std::string& why) {
    return {why.empty() ? QStringLiteral("–") : QString::fromStdString(why), HUGE_VAL,
            TableCell::Kind::Number};
}

TableCell pCell(double p) {
    return number(p, probability(p));
}

QString between(const stats::Interval& interval, int places) {
    return QStringLiteral("[%1, %2]")
        .arg(interval.lower, 0, 'f', places)
        .arg(interval.upper, 0, 'f', places);
}

QString ratioAt(const stats::GridAnalysis& analysis, const stats::LengthAnalysis& length,
                std::size_t position) {
    if (position >= length.usedRatios.size()) return QObject::tr("dense");
    return ratioText(analysis.keepRatios[length.usedRatios[position]]);
}

}  // namespace ui
