// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/alpha_spending.h"

#include <algorithm>
#include <boost/math/tools/roots.hpp>
#include <cmath>
#include <limits>

#include "stats/arguments.h"
#include "stats/distributions.h"
#include "stats/gauss_legendre.h"

namespace stats {
namespace {

constexpr double kReach = 9.5;  // Z beyond it weighs below 1e-20
constexpr double kInverseSqrt2Pi = 0.39894228040143267794;

double spentPerSide(double t, double a, Spending spending) {
    if (spending == Spending::Pocock) return a * std::log1p(std::expm1(1.0) * t);
    return 2 * normalSf(normalQuantileUpper(a / 2) / std::sqrt(t));
}

/// Density of the score S = Z sqrt(t) on the region where no earlier look stopped.
class Continuation {
public:
    explicit Continuation(LookSides sides) : m_sides(sides) {}

    /// P(no stop so far, Z at time t beyond z on the upper side).
    double exceeding(double z, double t) const {
        if (m_nodes.empty()) return normalSf(z);
        const double sd = std::sqrt(t - m_time);
        double sum = 0;
        for (std::size_t i = 0; i < m_nodes.size(); ++i) {
            sum += m_masses[i] * normalSf((z * std::sqrt(t) - m_nodes[i]) / sd);
        }
        return sum;
    }

    /// Goes on to time t inside the boundary z; nextTime: the look after it.
    void advance(double z, double t, double nextTime) {
        const double reach = kReach * std::sqrt(t);
        const double high = std::min(z * std::sqrt(t), reach);
        const double low = m_sides == LookSides::Two ? -high : -reach;
        const double before = m_nodes.empty() ? t : t - m_time;
        const double narrowest = std::sqrt(std::min(before, nextTime - t));
        // the narrowest kernel needs about four nodes per standard deviation
        const double wanted = std::clamp(4 * (high - low) / narrowest, 64.0, 4096.0);
        const auto pieces = static_cast<std::size_t>(std::ceil(wanted / 32));
        std::vector<double> nodes;
        std::vector<double> masses;
        const double width = (high - low) / static_cast<double>(pieces);
        for (std::size_t p = 0; p < pieces; ++p) {
            const double left = low + static_cast<double>(p) * width;
            for (const auto& [x, weight] : gaussLegendre32()) {
                const double s = left + width * (x + 1) / 2;
                nodes.push_back(s);
                masses.push_back(weight * width / 2 * densityAt(s, t));
            }
        }
        m_nodes = std::move(nodes);
        m_masses = std::move(masses);
        m_time = t;
    }

private:
    double densityAt(double s, double t) const {
        if (m_nodes.empty()) return kInverseSqrt2Pi * std::exp(-s * s / (2 * t)) / std::sqrt(t);
        const double step = t - m_time;
        double sum = 0;
        for (std::size_t i = 0; i < m_nodes.size(); ++i) {
            const double gap = s - m_nodes[i];
            sum += m_masses[i] * std::exp(-gap * gap / (2 * step));
        }
        return sum * kInverseSqrt2Pi / std::sqrt(step);
    }

    LookSides m_sides;
    double m_time = 0;
    std::vector<double> m_nodes;   // scores
    std::vector<double> m_masses;  // density times quadrature weight
};

double boundaryFor(const Continuation& state, double increment, double t) {
    if (!(increment > 0)) return std::numeric_limits<double>::infinity();
    const auto excess = [&](double z) {
        const double mass = state.exceeding(z, t);
        return std::log(std::max(mass, std::numeric_limits<double>::min()) / increment);
    };
    double low = -kReach;
    double high = 38;
    if (excess(high) >= 0) return std::numeric_limits<double>::infinity();
    if (excess(low) <= 0) return low;
    std::uintmax_t iterations = 200;
    const auto bracket = boost::math::tools::toms748_solve(
        excess, low, high, boost::math::tools::eps_tolerance<double>(44), iterations);
    return (bracket.first + bracket.second) / 2;
}

void checkTimes(Sample times) {
    requireCount("alphaSpending", "times", times.size(), 1, "looks");
    double previous = 0;
    for (const double t : times) {
        requireFinite("alphaSpending", "times", t);
        if (!(t > previous)) refuse("alphaSpending", "times", "must be above 0 and increase");
        if (t > 1) refuse("alphaSpending", "times", "must not exceed 1");
        previous = t;
    }
}

}  // namespace

AlphaSpending alphaSpending(Sample times, double alpha, LookSides sides, Spending spending) {
    checkTimes(times);
    requireInsideUnit("alphaSpending", "alpha", alpha);
    const double sideCount = sides == LookSides::Two ? 2 : 1;
    const double perSide = alpha / sideCount;
    AlphaSpending result;
    Continuation state(sides);
    double spent = 0;
    for (std::size_t look = 0; look < times.size(); ++look) {
        const double t = times[look];
        const double total = spentPerSide(t, perSide, spending);
        const double z = look == 0 && total > 0 ? normalQuantileUpper(total)
                                                : boundaryFor(state, total - spent, t);
        spent = total;
        result.cumulativeAlpha.push_back(sideCount * total);
        result.z.push_back(z);
        result.nominalP.push_back(std::min(1.0, sideCount * normalSf(z)));
        if (look + 1 < times.size()) state.advance(z, t, times[look + 1]);
    }
    return result;
}

}  // namespace stats
