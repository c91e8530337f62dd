// SPDX-License-Identifier: GPL-3.0-or-later
// P(Q <= q) = integral of p(u) P(W <= q e^u) du over u = log s: the range W of standard normals
// comes from NormalRange's table, the outer integral is a trapezoidal sum in u. In u both factors
// are analytic for |Im u| < pi/4 and the product falls off exponentially on both sides, also for
// df < 1, so that the rule converges exponentially and each tail keeps its relative accuracy.
#include "stats/studentized_range.h"

#include <cmath>
#include <limits>
#include <numbers>
#include <string>

#include "stats/arguments.h"
#include "stats/distributions.h"
#include "stats/normal_range.h"
#include "stats/root_search.h"
#include "stats/scale_mixture.h"

namespace stats {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kFixedScaleDf = 1e17;  // from here on s = 1 to double precision

constexpr std::size_t kMostGroups = 50;

enum class Tail { lower, upper };

int checkedGroups(const char* function, double groups, double df) {
    if (!(groups >= 2 && groups <= 50 && groups == std::floor(groups))) {
        refuse(function, "groups", "must be a whole number from 2 to 50");
    }
    requireDegreesOfFreedom(function, "df", df);
    return static_cast<int>(groups);
}

/// The range of two is |difference|, so Q^2 / 2 is F(1, df): no quadrature, unless squaring a tiny
/// q would underflow.
constexpr double kLogTinyQ = -300;

double tailOfTwo(Tail tail, double q, double df) {
    const double t = q / std::numbers::sqrt2;
    return tail == Tail::lower ? fisherFCdf(t * t, 1, df) : studentTTwoSided(t, df);
}

/// The tail at q = exp(logQ).
double tailAt(Tail tail, double logQ, int groups, double df) {
    if (groups == 2 && logQ > kLogTinyQ) return tailOfTwo(tail, std::exp(logQ), df);
    const NormalRange& range = NormalRange::ofGroups(groups);
    const double q = std::exp(logQ);
    const auto logTail = [&range, tail](double w, double logW) {
        return tail == Tail::lower ? range.logCdf(w, logW) : range.logSf(w, logW);
    };
    if (df >= kFixedScaleDf) return std::exp(logTail(q, logQ));
    const LogScaleDensity density(df);
    const auto logIntegrand = [&](double u) {
        const double s = std::exp(u);
        return density.logAt(u, s) + logTail(q * s, logQ + u);
    };
    const double power = df + groups - 1;  // the integrand's width in u is about 1/sqrt(2 power)
    const double step = scaleStep(power);
    // The lower tail pulls the mode above 0, up to where df (e^(2u) - 1) = groups - 1; the upper
    // tail pulls it below, down to where df (1 - e^(2u)) balances the slope of exp(-w^2/4).
    const double highest = 0.5 * std::log1p((groups - 1) / df);
    const double lowest = -std::max(0.0, logQ) - 0.5 * std::log1p(1 / df) - 1;
    const double mode = tail == Tail::lower
                            ? modeBetween(logIntegrand, 0.0, highest, step, Vanishes::Left)
                            : modeBetween(logIntegrand, lowest, 0.0, step, Vanishes::Right);
    // Left of -20 s is so small that p(u) is a pure power; W has left its own bend 40/(k-1) below.
    const double steady = std::min(-20.0 - 0.5 * std::log1p(df), -logQ - 40.0 / (groups - 1));
    const double ratio = std::exp(-step * (tail == Tail::lower ? power : df));
    return trapezoidFromMode([&](double u) { return std::exp(logIntegrand(u)); }, mode, step, ratio,
                             steady);
}

double tailProbability(Tail tail, const char* function, double q, double groups, double df) {
    const int k = checkedGroups(function, groups, df);
    requireNotNan(function, "q", q);
    if (q <= 0) return tail == Tail::lower ? 0 : 1;
    if (std::isinf(q)) return tail == Tail::lower ? 1 : 0;
    return std::min(1.0, tailAt(tail, std::log(q), k, df));
}

/// q at which the given tail (the smaller one) has probability p, 0 < p <= 1/2.
double solveTail(Tail tail, double p, int groups, double df) {
    return positiveQuantile([&](double q) { return tailAt(tail, std::log(q), groups, df); }, p,
                            tail == Tail::lower ? Shrinks::Leftward : Shrinks::Rightward);
}

/// Upper tails below it are left to the sum on logarithms.
constexpr double kSmallestTail = 1e-200;

double rangeStep(int groups, double df) {
    return std::isinf(df) ? 1 : scaleStep(df + groups - 1);
}

/// The quantile for df = infinity. The last one is kept, because many df ask for the same.
double limitQuantile(double p, int groups) {
    thread_local double keptP = 0;
    thread_local int keptGroups = 0;
    thread_local double kept = 0;
    if (p != keptP || groups != keptGroups) {
        kept = solveTail(Tail::upper, p, groups, kInfinity);
        keptP = p;
        keptGroups = groups;
    }
    return kept;
}

}  // namespace

StudentizedRange::StudentizedRange(double groups, double df)
    : m_groups(checkedGroups("StudentizedRange", groups, df)),
      m_df(df >= kFixedScaleDf ? kInfinity : df),
      m_tail(m_df, rangeStep(m_groups, m_df)) {}

double StudentizedRange::sf(double q) const {
    if (m_groups > 2 && q > 0 && q < kInfinity) {
        const NormalRange& range = NormalRange::ofGroups(m_groups);
        const double tail = m_tail.at(q, [&range](double w) { return range.sf(w); });
        if (tail > kSmallestTail) return tail;
    }
    return studentizedRangeSf(q, m_groups, m_df);
}

double StudentizedRange::quantileUpper(double p) const {
    if (m_groups > 2 && m_df >= 1 && p > 1e-12 && p <= 0.5) {
        const NormalRange& range = NormalRange::ofGroups(m_groups);
        const double limit = limitQuantile(p, m_groups);
        // the first term of t's expansion in 1 / df about a normal quantile
        const double start = limit * std::exp((limit * limit / 2 + 1) / (4 * m_df));
        const auto q = m_tail.quantileUpper(p, start, [&range](double w) { return range.sf(w); });
        if (q) return *q;
    }
    return studentizedRangeQuantileUpper(p, m_groups, m_df);
}

void requireRangeGroups(std::string_view function, std::string_view argument, std::size_t groups) {
    if (groups <= kMostGroups) return;
    refuse(function, argument,
           "must be at most " + std::to_string(kMostGroups) + " to be compared in pairs, but are " +
               std::to_string(groups));
}

double studentizedRangeCdf(double q, double groups, double df) {
    return tailProbability(Tail::lower, "studentizedRangeCdf", q, groups, df);
}

double studentizedRangeSf(double q, double groups, double df) {
    return tailProbability(Tail::upper, "studentizedRangeSf", q, groups, df);
}

double studentizedRangeQuantileUpper(double p, double groups, double df) {
    requireProbability("studentizedRangeQuantileUpper", "p", p);
    const int k = checkedGroups("studentizedRangeQuantileUpper", groups, df);
    if (p == 0) return kInfinity;
    if (p == 1) return 0;
    return p <= 0.5 ? solveTail(Tail::upper, p, k, df) : solveTail(Tail::lower, 1 - p, k, df);
}

double studentizedRangeQuantileLower(double p, double groups, double df) {
    requireProbability("studentizedRangeQuantileLower", "p", p);
    const int k = checkedGroups("studentizedRangeQuantileLower", groups, df);
    if (p == 0) return 0;
    if (p == 1) return kInfinity;
    return p <= 0.5 ? solveTail(Tail::lower, p, k, df) : solveTail(Tail::upper, 1 - p, k, df);
}

}  // namespace stats
