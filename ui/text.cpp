// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text.h"

#include <QDateTime>
#include <algorithm>
#include <array>
#include <cmath>

namespace ui {
namespace {

const QString kUnknown = QStringLiteral("–");

QString pair(std::int64_t major, const char* majorUnit, std::int64_t minor, const char* minorUnit) {
    QString text = QStringLiteral("%1 %2").arg(major).arg(QLatin1String(majorUnit));
    if (minor > 0) text += QStringLiteral(" %1 %2").arg(minor).arg(QLatin1String(minorUnit));
    return text;
}

/// The sign as a minus of a digit's width; a hyphen in an exponent stays.
QString withMinus(QString text) {
    if (text.startsWith(QLatin1Char('-'))) text[0] = QChar(0x2212);
    return text;
}

}  // namespace

QString fixed(double value, int decimals) {
    return std::isfinite(value) ? withMinus(QString::number(value, 'f', decimals)) : kUnknown;
}

QString significant(double value, int digits) {
    if (!std::isfinite(value)) return kUnknown;
    if (value == 0.0) return QStringLiteral("0");
    const int exponent = static_cast<int>(std::floor(std::log10(std::abs(value))));
    if (exponent < -4 || exponent >= 7) return withMinus(QString::number(value, 'e', digits - 1));
    return fixed(value, std::clamp(digits - 1 - exponent, 0, 12));
}

QString counted(std::int64_t value) {
    QString text = QString::number(value < 0 ? -value : value);
    for (qsizetype at = text.size() - 3; at > 0; at -= 3) text.insert(at, QChar(0x2009));
    return value < 0 ? QChar(0x2212) + text : text;
}

QString runsCounted(std::int64_t runs) {
    return runs == 1 ? QStringLiteral("1 run") : counted(runs) + QStringLiteral(" runs");
}

QString counted(std::int64_t value, const QString& one, const QString& many) {
    return counted(value) + QLatin1Char(' ') + (value == 1 ? one : many);
}

QString duration(double seconds) {
    if (!std::isfinite(seconds) || seconds < 0.0) return kUnknown;
    if (seconds < 10.0) return QStringLiteral("%1 s").arg(seconds, 0, 'f', 1);
    const auto whole = static_cast<std::int64_t>(std::llround(seconds));
    if (whole < 60) return QStringLiteral("%1 s").arg(whole);
    if (whole < 3600) return pair(whole / 60, "min", whole % 60, "s");
    const std::int64_t minutes = (whole + 30) / 60;
    if (minutes < 48 * 60) return pair(minutes / 60, "h", minutes % 60, "min");
    const std::int64_t hours = (minutes + 30) / 60;
    return pair(hours / 24, "d", hours % 24, "h");
}

QString clockTime(double secondsFromNow) {
    const QDateTime then = QDateTime::currentDateTime().addMSecs(qint64(secondsFromNow * 1000.0));
    const bool today = then.date() == QDate::currentDate();
    return then.toString(today ? QStringLiteral("HH:mm") : QStringLiteral("ddd HH:mm"));
}

QString dataSize(double bytes) {
    if (!std::isfinite(bytes) || bytes < 0.0) return kUnknown;
    constexpr std::array kUnits = {"B", "kB", "MB", "GB", "TB", "PB"};
    std::size_t unit = 0;
    while (bytes >= 999.5 && unit + 1 < kUnits.size()) {
        bytes /= 1000.0;
        ++unit;
    }
    return QStringLiteral("%1 %2")
        .arg(bytes, 0, 'f', unit == 0 || bytes >= 99.95 ? 0 : 1)
        .arg(QLatin1String(kUnits[unit]));
}

QString tokenRate(double tokensPerSecond) {
    if (!std::isfinite(tokensPerSecond) || tokensPerSecond <= 0.0) return kUnknown;
    if (tokensPerSecond < 1000.0) return QStringLiteral("%1 tok/s").arg(tokensPerSecond, 0, 'f', 0);
    if (tokensPerSecond < 1e6)
        return QStringLiteral("%1 k tok/s").arg(significant(tokensPerSecond / 1e3, 3));
    return QStringLiteral("%1 M tok/s").arg(significant(tokensPerSecond / 1e6, 3));
}

QString probability(double p) {
    if (!std::isfinite(p)) return kUnknown;
    if (p < 1e-6) return QStringLiteral("< 1e-6");
    if (p < 1e-4) return QString::number(p, 'e', 1);
    return QString::number(p, 'f', 4);
}

QString signedNumber(double value, int digits) {
    if (!std::isfinite(value) || value == 0.0) return significant(value, digits);
    return (value < 0.0 ? QChar(0x2212) : QChar('+')) + significant(std::abs(value), digits);
}

QString halfWidth(double width, double mean) {
    const QString shown = significant(mean);
    const qsizetype point = shown.indexOf(QLatin1Char('.'));
    const int decimals = point < 0 ? 0 : static_cast<int>(shown.size() - point - 1);
    const bool vanishes = width * std::pow(10.0, decimals) < 0.5;
    return vanishes || shown.contains(QLatin1Char('e')) ? significant(width, 1)
                                                        : QString::number(width, 'f', decimals);
}

QString ratioText(double keepRatio) {
    return QString::number(keepRatio, 'g', 4);
}

}  // namespace ui
