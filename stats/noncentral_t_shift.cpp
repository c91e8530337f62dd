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
constexpr double kTiny = 0.03;              // |t s| below it: Taylor's series of Phi, not nodes
constexpr double kSmallScale = 0.03;        // s below it: the density is nearly a power of s
constexpr double kCubicallySettled = 1e-5;  // the step after it would be its cube

double density(double z) {
    return kInverseSqrt2Pi * std::exp(-z * z / 2);
}

double upperTail(double z) {
    return 0.5 * std::erfc(z * kSqrtHalf);
}

}  // namespace

NoncentralTShift::NoncentralTShift(double t, double df) : m_t(t), m_df(df) {
    if (isFeasible()) makeNodes();
}

bool NoncentralTShift::isFeasible() const {
    return std::abs(m_t) <= kLargestT && m_df >= 0.5 && m_df <= 1e6;
}

/// Nodes of E over s; the step also resolves Phi(t s - ncp), whose slope in log s is t s, up to the
/// large s that few df allow.
void NoncentralTShift::makeNodes() {
    const double sd = 1 / std::sqrt(2 * m_df);
    const double step = std::min({0.1, 0.5 * sd, 0.35 / ((1 + std::abs(m_t)) * (1 + 1 / m_df))});
    const auto weight = [this](double u) { return std::exp(m_df * (u - std::expm1(2 * u) / 2)); };
    double top = 0;
    while (weight(top) > 1e-18) top += 8 * step;
    double total = 0;
    for (int i = 0;; ++i) {
        const double u = top - i * step;
        const double w = weight(u);
        if (u < 0 && w < 1e-17 * std::min(1.0, m_df * step) * total) break;
        const double s = std::exp(u);
        m_nodes.push_back({m_t * s, w});
        total += w;
        if (s < kSmallScale && m_df * s * s < 0.1 && std::abs(m_t) * s < kTiny) {
            addLeftOf(m_t * s, s, w, step);
            break;
        }
    }
    total += m_moments[0];
    for (Node& node : m_nodes) node.weight /= total;
    for (double& moment : m_moments) moment /= total;
}

/// Moments of all nodes left of one, where the density is the power e^(df u) times e^(-half) with a
/// small half = df s^2 / 2: geometric series, term by term of the exponential.
void NoncentralTShift::addLeftOf(double scaled, double s, double weight, double step) {
    const double half = m_df * s * s / 2;
    double power = weight * std::exp(half);  // times scaled^m / m!
    for (std::size_t m = 0; m < m_moments.size(); ++m) {
        double factor = power;  // times (-half)^i / i!
        for (int i = 0; i < 10 && std::abs(factor) > 1e-20 * std::abs(power); ++i) {
            const double ratio = std::exp(-(m_df + 2 * i + static_cast<double>(m)) * step);
            m_moments[m] += factor * ratio / (1 - ratio);
            factor *= -half / (i + 1);
        }
        power *= scaled / static_cast<double>(m + 1);
    }
}

/// Their part by Taylor's series about t s = 0: derivatives of Phi are Hermite polynomials times
/// the density.
NoncentralTShift::Local NoncentralTShift::smallScales(double ncp) const {
    const double d = density(ncp);
    double before = 0;
    double hermite = 1;  // of -ncp, with the signs of the derivatives: He_m(ncp)
    Local sum{m_moments[0] * upperTail(ncp), 0, 0};
    for (std::size_t m = 0; m + 1 < kMoments; ++m) {
        sum.cdf += m_moments[m + 1] * hermite * d;
        sum.slope += m_moments[m] * hermite * d;
        const double next = ncp * hermite - static_cast<double>(m) * before;
        sum.bend += m_moments[m] * next * d;
        before = hermite;
        hermite = next;
    }
    return sum;
}

double NoncentralTShift::sf(double ncp) const {
    const double bent = smallScales(ncp).cdf - m_moments[0] * upperTail(ncp);
    double sum = m_moments[0] * upperTail(-ncp) - bent;
    for (const Node& node : m_nodes) sum += node.weight * upperTail(node.scaled - ncp);
    return sum;
}

/// The slope is -d cdf / d ncp, the bend -d slope / d ncp.
NoncentralTShift::Local NoncentralTShift::around(double ncp) const {
    Local sum = smallScales(ncp);
    for (const Node& node : m_nodes) {
        const double z = node.scaled - ncp;
        const double mass = node.weight * density(z);
        sum.cdf += node.weight * upperTail(-z);
        sum.slope += mass;
        sum.bend -= z * mass;
    }
    return sum;
}

std::optional<double> NoncentralTShift::ncpAt(double p) const {
    double ncp = m_t - normalQuantile(p) * std::sqrt(1 + m_t * m_t / (2 * m_df));
    double low = -std::abs(m_t) * 40 - 40;
    double high = std::abs(m_t) * 40 + 40;
    for (int halley = 0; halley < 60; ++halley) {
        const Local local = around(ncp);
        (local.cdf > p ? low : high) = ncp;  // the cdf falls as ncp grows
        const double newton = (local.cdf - p) / local.slope;
        double next = ncp + newton / (1 - 0.5 * newton * local.bend / local.slope);
        if (!(local.slope > 0 && next >= low && next <= high)) next = (low + high) / 2;
        const double step = std::abs(next - ncp);
        ncp = next;
        if (step <= kCubicallySettled) return ncp;
    }
    return std::nullopt;
}

}  // namespace stats
