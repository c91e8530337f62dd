// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/normal_maximum.h"

#include <algorithm>
#include <cmath>

namespace stats {
namespace {

constexpr double kSqrtHalf = 0.70710678118654752440;
constexpr double kInverseSqrt2Pi = 0.39894228040143267794;
constexpr double kPi = 3.14159265358979323846;
constexpr double kReach = 9;     // normal deviates beyond it weigh below 1e-18
constexpr double kHighest = 38;  // tails underflow above

double normalTail(double z) {
    return 0.5 * std::erfc(z * kSqrtHalf);
}

}  // namespace

NormalMaximum::NormalMaximum(const std::vector<double>& sortedLoadings, Sides sides)
    : m_sides(sides), m_largest(sortedLoadings.back()) {
    for (const double loading : sortedLoadings) {
        const double scale = 1 / std::sqrt((1 - loading) * (1 + loading));
        if (!m_loadings.empty() && m_loadings.back().value == loading * scale) {
            ++m_loadings.back().count;
        } else {
            m_loadings.push_back({loading * scale, scale, 1});
        }
    }
    const double steepest = m_loadings.back().value;
    m_step = 0.5 / std::sqrt(1 + steepest * steepest);
}

double NormalMaximum::integrate(double x) const {
    const bool two = m_sides == Sides::Two;
    const double high = std::max(0.0, m_largest * x) + kReach;
    const double low = two ? 0 : -kReach;  // symmetric when two-sided
    double sum = 0;
    const int steps = static_cast<int>(std::ceil((high - low) / m_step));
    for (int k = 0; k <= steps; ++k) {
        const double z = low + k * m_step;
        double logNone = 0;  // log P(no comparison above x | z)
        for (const Loading& loading : m_loadings) {
            double above = normalTail(loading.scale * x - loading.value * z);
            if (two) above += normalTail(loading.scale * x + loading.value * z);
            logNone += loading.count * std::log1p(-std::min(1.0, above));
        }
        const double ends = two && k == 0 ? 0.5 : 1;
        sum += ends * std::exp(-z * z / 2) * -std::expm1(logNone);
    }
    return std::min(1.0, (two ? 2 : 1) * sum * m_step * kInverseSqrt2Pi);
}

const NormalMaximum::Piece& NormalMaximum::piece(int number) {
    const auto found = m_pieces.find(number);
    if (found != m_pieces.end()) return found->second;
    const auto angle = [](int i) { return kPi * (i + 0.5) / kNodes; };
    std::array<double, kNodes> logs{};
    for (int i = 0; i < kNodes; ++i) {
        logs[static_cast<std::size_t>(i)] =
            std::log(integrate(number + (std::cos(angle(i)) + 1) / 2));
    }
    Piece coefficients{};
    for (int j = 0; j < kNodes; ++j) {
        double sum = 0;
        for (int i = 0; i < kNodes; ++i) {
            sum += logs[static_cast<std::size_t>(i)] * std::cos(j * angle(i));
        }
        coefficients[static_cast<std::size_t>(j)] = sum * (j == 0 ? 1.0 : 2.0) / kNodes;
    }
    return m_pieces.emplace(number, coefficients).first->second;
}

double NormalMaximum::upperTail(double x) {
    if (x >= kHighest) return 0;
    if (x <= (m_sides == Sides::Two ? 0 : -kReach)) return 1;
    const int number = static_cast<int>(std::floor(x));
    const Piece& coefficients = piece(number);
    const double position = 2 * (x - number) - 1;
    double next = 0;
    double afterNext = 0;
    for (std::size_t j = kNodes - 1; j > 0; --j) {  // Clenshaw's recurrence
        const double current = coefficients[j] + 2 * position * next - afterNext;
        afterNext = next;
        next = current;
    }
    return std::exp(coefficients[0] + position * next - afterNext);
}

}  // namespace stats
