// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/shapiro_wilk.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <vector>

#include "stats/arguments.h"
#include "stats/distributions.h"
#include "stats/error_term.h"

namespace stats {
namespace {

/// c[0] + c[1] x + c[2] x^2 + ...
template <std::size_t Count>
double polynomial(const std::array<double, Count>& c, double x) {
    double sum = 0;
    for (std::size_t i = Count; i-- > 0;) sum = sum * x + c[i];
    return sum;
}

// Coefficients of AS R94.
constexpr std::array kC1{0.0, 0.221157, -0.147981, -2.07119, 4.434685, -2.706056};
constexpr std::array kC2{0.0, 0.042981, -0.293762, -1.752461, 5.682633, -3.582633};
constexpr std::array kC3{0.544, -0.39978, 0.025054, -6.714e-4};
constexpr std::array kC4{1.3822, -0.77857, 0.062767, -0.0020322};
constexpr std::array kC5{-1.5861, -0.31082, -0.083751, 0.0038915};
constexpr std::array kC6{-0.4803, -0.082676, 0.0030302};
constexpr std::array kG{-2.273, 0.459};

/// Weights of the largest, second largest, ... value of the upper half; the lower half mirrors it.
std::vector<double> weightsOf(std::size_t n) {
    const std::size_t half = n / 2;
    if (n == 3) return {std::numbers::sqrt2 / 2};
    std::vector<double> scores(half);
    double squares = 0;
    for (std::size_t i = 0; i < half; ++i) {
        scores[i] =
            normalQuantileUpper((static_cast<double>(i) + 0.625) / (static_cast<double>(n) + 0.25));
        squares += 2 * scores[i] * scores[i];
    }
    const double root = std::sqrt(squares);
    const double x = 1 / std::sqrt(static_cast<double>(n));
    std::vector<double> weights(half);
    weights[0] = polynomial(kC1, x) + scores[0] / root;
    std::size_t fixed = 1;
    double free = squares - 2 * scores[0] * scores[0];
    double left = 1 - 2 * weights[0] * weights[0];
    if (n > 5) {
        weights[1] = polynomial(kC2, x) + scores[1] / root;
        fixed = 2;
        free -= 2 * scores[1] * scores[1];
        left -= 2 * weights[1] * weights[1];
    }
    const double scale = std::sqrt(free / left);
    for (std::size_t i = fixed; i < half; ++i) weights[i] = scores[i] / scale;
    return weights;
}

/// 1 - W, formed from the two square roots so that W near 1 keeps its digits.
double oneMinusW(const std::vector<double>& sorted) {
    const std::vector<double> weights = weightsOf(sorted.size());
    const std::size_t n = sorted.size();
    double weightSquares = 0;
    double product = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        weightSquares += 2 * weights[i] * weights[i];
        product += weights[i] * (sorted[n - 1 - i] - sorted[i]);
    }
    const double squares = momentsAround(sorted[0], sorted).variance * static_cast<double>(n - 1);
    const double bound = std::sqrt(weightSquares * squares);
    return std::max(0.0, (bound - product) * (bound + product) / (weightSquares * squares));
}

double pValue(double complementOfW, std::size_t count) {
    const auto n = static_cast<double>(count);
    if (count == 3) {  // exact: 6/pi (asin sqrt W - asin sqrt(3/4)) = 1 - 6/pi asin sqrt(1 - W)
        return std::clamp(1 - 6 / std::numbers::pi * std::asin(std::sqrt(complementOfW)), 0.0, 1.0);
    }
    if (complementOfW == 0) return 1;
    double y = std::log(complementOfW);
    if (count <= 11) {
        const double gamma = polynomial(kG, n);
        if (y >= gamma) return 0;  // beyond the end of the fitted distribution
        y = -std::log(gamma - y);
        return normalSf((y - polynomial(kC3, n)) / std::exp(polynomial(kC4, n)));
    }
    const double x = std::log(n);
    return normalSf((y - polynomial(kC5, x)) / std::exp(polynomial(kC6, x)));
}

ShapiroWilk testSorted(const char* function, const char* argument, std::vector<double> values,
                       double scale) {
    requireCount(function, argument, values.size(), 3, "values");
    if (values.size() > 5000) {
        refuse(function, argument, "must hold at most 5000 values (AS R94 is fitted up to there)");
    }
    std::sort(values.begin(), values.end());
    const double range = values.back() - values.front();
    if (isNoise(range * range, scale, 1)) {
        refuse(function, argument, "must vary, but all values are equal");
    }
    const double complementOfW = oneMinusW(values);
    return {values.size(), 1 - complementOfW, pValue(complementOfW, values.size())};
}

}  // namespace

ShapiroWilk shapiroWilk(Sample values) {
    requireFinite("shapiroWilk", "values", values);
    return testSorted("shapiroWilk", "values", {values.begin(), values.end()}, 0);
}

ShapiroWilk shapiroWilkOfResiduals(Groups groups) {
    requireGroups("shapiroWilkOfResiduals", groups, 1, 1);
    std::vector<double> residuals;
    double largest = 0;
    for (const auto& group : groups) {
        double sum = 0;
        for (const double value : group) sum += value - group[0];
        const double mean = sum / static_cast<double>(group.size());
        for (const double value : group) {
            residuals.push_back((value - group[0]) - mean);
            largest = std::max(largest, std::abs(value));
        }
    }
    return testSorted("shapiroWilkOfResiduals", "groups", std::move(residuals), largest);
}

}  // namespace stats
