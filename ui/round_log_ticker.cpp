// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/round_log_ticker.h"

#include <algorithm>
#include <cmath>

namespace ui {
namespace {

constexpr double kFewDecades = 0.7;
constexpr double kManyDecades = 3.5;
constexpr int kMostTicks = 8;

QVector<double> multiples(const QCPRange& range, std::initializer_list<double> factors, int every) {
    QVector<double> ticks;
    const int first = static_cast<int>(std::floor(std::log10(range.lower)));
    const int last = static_cast<int>(std::ceil(std::log10(range.upper)));
    for (int decade = first; decade <= last; ++decade) {
        if (decade % every != 0) continue;
        for (const double factor : factors) ticks.push_back(factor * std::pow(10.0, decade));
    }
    return ticks;
}

}  // namespace

QVector<double> RoundLogTicker::createTickVector(double tickStep, const QCPRange& range) {
    if (range.lower <= 0.0) return QCPAxisTicker::createTickVector(tickStep, range);
    const double decades = std::log10(range.upper / range.lower);
    if (decades < kFewDecades) return QCPAxisTicker::createTickVector(tickStep, range);
    if (decades < kManyDecades) return multiples(range, {1.0, 2.0, 5.0}, 1);
    return multiples(range, {1.0}, std::max(1, static_cast<int>(std::ceil(decades / kMostTicks))));
}

int RoundLogTicker::getSubTickCount(double) {
    return 0;
}

QVector<double> RoundLogTicker::createSubTickVector(int, const QVector<double>&) {
    return {};
}

}  // namespace ui
