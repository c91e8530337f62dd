// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/normal_range.h"

#include <boost/math/quadrature/gauss.hpp>
#include <cmath>
#include <limits>
#include <memory>
#include <mutex>
#include <numbers>

namespace stats {
namespace {

constexpr int kMaximumGroups = 50;
constexpr double kFineWidth = 0.25;  // panels where the distribution bends
constexpr double kFineEnd = 8;
constexpr double kCoarseWidth = 1;
constexpr int kFinePanels = static_cast<int>(kFineEnd / kFineWidth);
constexpr int kCoarsePanels = 14;
constexpr double kTableEnd = kFineEnd + kCoarsePanels * kCoarseWidth;
constexpr double kNegligible = 1e-19;

double density(double z) {
    return std::exp(-0.5 * z * z) * std::numbers::inv_sqrtpi / std::numbers::sqrt2;
}

double upperTail(double z) {
    return 0.5 * std::erfc(z / std::numbers::sqrt2);
}

double integerPower(double base, int exponent) {
    double power = 1;
    for (; exponent > 0; exponent >>= 1, base *= base) {
        if (exponent & 1) power *= base;
    }
    return power;
}

/// 1 + t + ... + t^(terms-1) without the division that cancels at t = 1.
double geometricSum(double t, int terms) {
    double sum = 0;
    double power = 1;
    double block = 1;       // sum of the first `width` powers, width = 1, 2, 4, ...
    double blockPower = t;  // t^width
    for (; terms > 0; terms >>= 1) {
        if (terms & 1) {
            sum += power * block;
            power *= blockPower;
        }
        block *= 1 + blockPower;
        blockPower *= blockPower;
    }
    return sum;
}

/// (Phi(c + w/2) - Phi(c - w/2)) / w for c >= 0, also for w -> 0.
double meanDensity(double c, double w) {
    if (w >= 1) return (upperTail(c - w / 2) - upperTail(c + w / 2)) / w;
    const auto integrand = [c, w](double x) {
        const double t = w * x / 2;
        return std::cosh(c * t) * std::exp(-0.5 * t * t);
    };
    return density(c) * boost::math::quadrature::gauss<double, 15>::integrate(integrand, 0.0, 1.0);
}

/// Step of the trapezoidal rule in z: the narrowest integrand, density^k, has sd 1/sqrt(k) and an
/// error of exp(-2 pi^2 / 0.7^2) ~ 1e-17 at this step.
double innerStep(int k) {
    return 0.7 / std::sqrt(static_cast<double>(k));
}

/// log(P(W <= w) / w^(k-1)): k * integral of density(z) (Phi(z) - Phi(z - w))^(k-1), z = c + w/2,
/// folded at c = 0.
double logScaledCdf(double w, int k) {
    const double step = innerStep(k);
    double sum = density(w / 2) * integerPower(meanDensity(0, w), k - 1);
    for (int i = 1;; ++i) {
        const double c = i * step;
        const double pair = density(c + w / 2) + density(c - w / 2);
        const double term = pair * integerPower(meanDensity(c, w), k - 1);
        sum += term;
        if (c > w / 2 && term < kNegligible * sum) break;
    }
    return std::log(k * step * sum);
}

/// log P(W > w) + w^2/4: k * integral of density(z) (a^(k-1) - (a - d)^(k-1)) with a = Phi(z) and
/// d = Phi(z - w); the difference is written as d a^(k-2) (1 + t + ... + t^(k-2)), t = (a - d)/a.
double logScaledSf(double w, int k) {
    const double step = innerStep(k);
    const double reach = 9;
    double sum = 0;
    for (double z = w / 2 - reach; z < w / 2 + reach; z += step) {
        const double a = upperTail(-z);
        const double d = upperTail(w - z);
        const double ratio = 1 - d / a;
        sum += density(z) * d * integerPower(a, k - 2) * geometricSum(ratio, k - 1);
    }
    return std::log(k * step * sum) + w * w / 4;
}

/// log P(W > w) where only one pair can be that far apart: k(k-1)/2 P(|x_i - x_j| > w); the next
/// term of the union is smaller by exp(-w^2/12) (below 1e-17 from w = 22 on).
double logFarTail(double w, int k) {
    return std::log(0.5 * k * (k - 1) * std::erfc(w / 2));
}

double logOneMinusExp(double logP) {
    return logP > -std::numbers::ln2 ? std::log(-std::expm1(logP)) : std::log1p(-std::exp(logP));
}

}  // namespace

const NormalRange& NormalRange::ofGroups(int k) {
    static std::array<std::once_flag, kMaximumGroups + 1> flags;
    static std::array<std::unique_ptr<const NormalRange>, kMaximumGroups + 1> tables;
    const auto index = static_cast<std::size_t>(k);
    std::call_once(flags.at(index), [&] { tables[index] = std::make_unique<NormalRange>(k); });
    return *tables[index];
}

NormalRange::NormalRange(int k) : m_groups(k), m_split(kTableEnd) {
    double left = 0;
    for (int p = 0; p < kFinePanels + kCoarsePanels; ++p) {
        const double width = p < kFinePanels ? kFineWidth : kCoarseWidth;
        if (m_split == kTableEnd && left > 0 &&
            logScaledCdf(left, k) + (k - 1) * std::log(left) > -std::numbers::ln2) {
            m_split = left;
        }
        Panel panel{left + width / 2, width / 2, {}};
        std::array<double, kTerms> values{};
        for (int i = 0; i < kTerms; ++i) {
            const double angle = std::numbers::pi * (i + 0.5) / kTerms;
            const double w = panel.centre + panel.halfWidth * std::cos(angle);
            values[static_cast<std::size_t>(i)] =
                m_split == kTableEnd ? logScaledCdf(w, k) : logScaledSf(w, k);
        }
        for (int j = 0; j < kTerms; ++j) {
            double sum = 0;
            for (int i = 0; i < kTerms; ++i) {
                sum += values[static_cast<std::size_t>(i)] *
                       std::cos(std::numbers::pi * j * (i + 0.5) / kTerms);
            }
            panel.coefficients[static_cast<std::size_t>(j)] = sum * (j == 0 ? 1.0 : 2.0) / kTerms;
        }
        m_panels.push_back(panel);
        left += width;
    }
}

const NormalRange::Panel& NormalRange::panelAt(double w) const {
    const double place =
        w < kFineEnd ? w / kFineWidth : kFinePanels + (w - kFineEnd) / kCoarseWidth;
    return m_panels[static_cast<std::size_t>(place)];
}

double NormalRange::seriesAt(double w) const {
    const Panel& panel = panelAt(w);
    const double x = (w - panel.centre) / panel.halfWidth;
    double next = 0;
    double afterNext = 0;
    for (std::size_t j = kTerms - 1; j > 0; --j) {  // Clenshaw's recurrence
        const double current = panel.coefficients[j] + 2 * x * next - afterNext;
        afterNext = next;
        next = current;
    }
    return panel.coefficients[0] + x * next - afterNext;
}

double NormalRange::logLowerTail(double w, double logW) const {
    return seriesAt(w) + (m_groups - 1) * logW;
}

double NormalRange::logUpperTail(double w) const {
    return w < kTableEnd ? seriesAt(w) - w * w / 4 : logFarTail(w, m_groups);
}

double NormalRange::logCdf(double w, double logW) const {
    return w < m_split ? logLowerTail(w, logW) : std::log1p(-std::exp(logUpperTail(w)));
}

double NormalRange::sf(double w) const {
    // 1 - the lower tail loses nothing, because that is below 1/2 here
    return w < m_split ? 1 - std::exp(logLowerTail(w, std::log(w))) : std::exp(logUpperTail(w));
}

double NormalRange::logSf(double w, double logW) const {
    return w < m_split ? logOneMinusExp(logLowerTail(w, logW)) : logUpperTail(w);
}

}  // namespace stats
