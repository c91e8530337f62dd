// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/noncentral_t_shift.h"

#include <algorithm>
#include <cmath>

#include "stats/distributions.h"

namespace stats {
namespace {

constexpr double kSqrtHalf = 0.70710678118654752440;
constexpr double kInverseSqrt2Pi = 0.39894228040143267794;
constexpr double kLargestT = 50;

struct Node {
    double scaled;  // t s
    double weight;
};

/// Nodes of E over s; the step also resolves Phi(t s - ncp), whose slope in log s is t s.
std::vector<Node> mixtureNodes(double t, double df) {
    const double sd = 1 / std::sqrt(2 * df);
    const double step = std::min({0.1, 0.5 * sd, 0.5 / (1 + std::abs(t))});
    const auto weight = [df](double u) { return std::exp(df * (u - std::expm1(2 * u) / 2)); };
    double top = 0;
    while (weight(top) > 1e-18) top += 8 * step;
    std::vector<Node> nodes;
    double total = 0;
    for (double u = top;; u -= step) {
        const double w = weight(u);
        if (u < 0 && w < 1e-16 * std::min(1.0, df * step) * total) break;
        nodes.push_back({t * std::exp(u), w});
        total += w;
    }
    for (Node& node : nodes) node.weight /= total;
    return nodes;
}

}  // namespace

NoncentralTShift::NoncentralTShift(double df) : m_df(df) {}

std::optional<double> NoncentralTShift::ncpAt(double t, double p) const {
    if (!(std::abs(t) <= kLargestT) || m_df < 0.5 || m_df > 1e6) return std::nullopt;
    const std::vector<Node> nodes = mixtureNodes(t, m_df);
    double ncp = t - normalQuantile(p) * std::sqrt(1 + t * t / (2 * m_df));
    double low = -std::abs(t) * 40 - 40;
    double high = std::abs(t) * 40 + 40;
    for (int newton = 0; newton < 60; ++newton) {
        double cdf = 0;
        double slope = 0;  // -d cdf / d ncp
        for (const Node& node : nodes) {
            const double z = node.scaled - ncp;
            cdf += node.weight * 0.5 * std::erfc(-z * kSqrtHalf);
            slope += node.weight * kInverseSqrt2Pi * std::exp(-z * z / 2);
        }
        (cdf > p ? low : high) = ncp;  // the cdf falls as ncp grows
        double next = slope > 0 ? ncp + (cdf - p) / slope : high;
        if (!(next > low && next < high)) next = (low + high) / 2;
        if (std::abs(next - ncp) <= 1e-13 * (1 + std::abs(ncp))) return next;
        ncp = next;
    }
    return std::nullopt;
}

}  // namespace stats
