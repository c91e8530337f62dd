// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "stats/scale_mixture.h"

namespace stats {

/// E[tail(c s)] with df s^2 ~ chi-square(df): the upper tail at c of X / s, where tail is that of
/// X, for many c of one df. Trapezoid rule in u = log s on a grid that does not depend on c, so
/// that the density is evaluated once; summed from large s to small until what is left cannot
/// matter, so small p keep relative accuracy. The grid grows on use: not to be shared by threads.
class ScaledTail {
public:
    /// df > 0; +infinity means s = 1.
    ScaledTail(double df, double step) : m_df(df), m_step(step) {
        if (std::isinf(df)) return;
        m_density.emplace(df);
        while (m_density->logAt(m_top * step) > kLogNegligible) m_top += 4;
    }

    template <typename Tail>
    double at(double c, Tail tail) const {
        return std::isinf(m_df) ? tail(c) : std::clamp(around(c, tail).value, 0.0, 1.0);
    }

    /// c with E[tail(c s)] = p, from a start of the right size; empty where the steps do not settle
    /// or df is infinite.
    template <typename Tail>
    std::optional<double> quantileUpper(double p, double start, Tail tail) const {
        if (std::isinf(m_df) || !(start > 0)) return std::nullopt;
        double x = std::log(start);
        for (int halley = 0; halley < 40; ++halley) {
            const Local local = around(std::exp(x), tail);
            if (!(local.value > 0)) return std::nullopt;
            const double excess = std::log(local.value / p);
            const double slope = local.slope / local.value;
            const double bend = local.bend / local.value - slope * slope;
            const double step = 2 * excess * slope / (2 * slope * slope - excess * bend);
            if (!(std::abs(step) < kFarthestStep)) return std::nullopt;
            x -= step;
            if (std::abs(step) < kCubicallySettled) return std::exp(x);
        }
        return std::nullopt;
    }

private:
    static constexpr double kLogNegligible = -52;      // e^-52 is 3e-23
    static constexpr double kFarthestStep = 3;         // in log c
    static constexpr double kCubicallySettled = 1e-5;  // the step after it would be its cube

    struct Node {
        double s = 0;
        double weight = 0;  // density of u times step
        double slope = 0;   // d log density / du
    };
    /// E[tail(c s)] and its derivatives by log c, which fall on the density: integration by parts.
    struct Local {
        double value = 0;
        double slope = 0;
        double bend = 0;

        void add(double mass, double densitySlope, double densityBend) {
            value += mass;
            slope -= densitySlope * mass;
            bend += densityBend * mass;
        }
    };

    const Node& node(std::size_t i) const {
        while (m_nodes.size() <= i) {
            const double u = (m_top - static_cast<double>(m_nodes.size())) * m_step;
            const double s = std::exp(u);
            m_nodes.push_back(
                {s, m_step * std::exp(m_density->logAt(u, s)), m_df * (1 - s) * (1 + s)});
        }
        return m_nodes[i];
    }

    template <typename Tail>
    Local around(double c, Tail tail) const {
        Local sum;
        double weights = 0;
        const double negligible = 1e-17 * std::min(1.0, m_df * m_step);
        for (std::size_t i = 0;; ++i) {
            const Node& here = node(i);
            const double above = tail(c * here.s);
            const double square = m_df * here.s * here.s;
            if (above == 1 && square < kPowerLaw) {
                sum.add(here.weight + leftOf(here, square / 2), m_df, m_df * m_df);
                return sum;
            }
            const double mass = here.weight * above;
            weights += here.weight;
            sum.add(mass, here.slope, here.slope * here.slope - 2 * square);
            if (here.s < 1 &&
                (here.weight <= negligible * std::min(sum.value, weights) || here.weight == 0))
                return sum;
        }
    }

    /// Weights of all nodes left of this one, where the density is e^(df u - half e^(...)) with a
    /// small half = df s^2 / 2: geometric series term by term.
    double leftOf(const Node& here, double half) const {
        double sum = 0;
        double factor = 1;  // (-half)^m / m!
        for (int m = 0; m < 6; ++m) {
            const double ratio = std::exp(-(m_df + 2 * m) * m_step);
            sum += factor * ratio / (1 - ratio);
            factor *= -half / (m + 1);
        }
        return here.weight * std::exp(half) * sum;
    }
    static constexpr double kPowerLaw = 1e-3;

    double m_df;
    double m_step;
    std::optional<LogScaleDensity> m_density;
    double m_top = 0;  // the first node is m_top * step
    mutable std::vector<Node> m_nodes;
};

}  // namespace stats
