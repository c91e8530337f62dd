// SPDX-License-Identifier: GPL-3.0-or-later
// Boost 1.74 and 1.81 give the same numbers on every row of the golden distributions, so Debian's
// default 1.74 is enough. Three regions are ours, because both versions fail there:
// - tails of noncentral t below 1e-10 (Boost: absolute accuracy 1e-17): a scale mixture;
// - noncentral t with |ncp| >= 38 (Boost: cost grows with ncp^2, an exception from 65000 on) and
// - noncentral F with ncp >= 1e8 (the same, from 4e9 on): see large_noncentrality.h.
#include <boost/math/distributions/non_central_f.hpp>
#include <boost/math/distributions/non_central_t.hpp>
#include <cmath>
#include <limits>

#include "stats/arguments.h"
#include "stats/distributions.h"
#include "stats/large_noncentrality.h"
#include "stats/noncentral_f_shift.h"
#include "stats/root_search.h"
#include "stats/scale_mixture.h"

namespace stats {
namespace {

/// Overflow gives infinity; everything else keeps throwing.
using BoostPolicy = boost::math::policies::policy<
    boost::math::policies::overflow_error<boost::math::policies::ignore_error>>;

using NoncentralT = boost::math::non_central_t_distribution<double, BoostPolicy>;
using NoncentralF = boost::math::non_central_f_distribution<double, BoostPolicy>;
using boost::math::complement;

constexpr double kSmallTail = 1e-10;  // below this the mixture replaces Boost's noncentral t
constexpr double kLargeT = 38;        // ncp of t from which largeShiftSf and -Cdf take over
constexpr double kLargeF = 1e8;       // the same for F; see shiftOf

void requireNoncentralT(const char* function, double t, double df, double ncp) {
    requireNotNan(function, "t", t);
    requirePositive(function, "df", df);
    requireFinite(function, "ncp", ncp);
}

void requireNoncentralF(const char* function, double x, double df1, double df2, double ncp) {
    requireNotNan(function, "x", x);
    requirePositive(function, "df1", df1);
    requirePositive(function, "df2", df2);
    requireNonnegative(function, "ncp", ncp);
}

/// P(T > t) = integral of p(u) P(Z > t e^u - ncp) du, u = log s.
double mixtureSf(double t, double df, double ncp) {
    const LogScaleDensity density(df);
    const auto logIntegrand = [&](double u) {
        return density.logAt(u) + std::log(normalSf(t * std::exp(u) - ncp));
    };
    const double step = std::min(scaleStep(df), 0.4 / (1 + std::abs(ncp)));
    const double reach = 2 + std::log1p(std::abs(t)) + std::log1p(1 / df);
    const double mode =
        modeBetween(logIntegrand, -reach, reach, step, t > 0 ? Vanishes::Right : Vanishes::Left);
    const double steady =
        -20 - 0.5 * std::log1p(df) - std::log1p(std::abs(t) * (1 + std::abs(ncp)));
    return trapezoidFromMode([&](double u) { return std::exp(logIntegrand(u)); }, mode, step,
                             std::exp(-step * df), steady);
}

double noncentralTUpper(double t, double df, double ncp) {
    if (std::isinf(t)) return t > 0 ? 0 : 1;
    if (ncp == 0) return studentTSf(t, df);
    if (std::abs(ncp) >= kLargeT && df > ncp * ncp) return mixtureSf(t, df, ncp);
    if (ncp >= kLargeT && t > 0) return largeShiftSf({ncp, 0, df}, t);
    if (ncp <= -kLargeT && t < 0) return largeShiftCdf({-ncp, 0, df}, -t);
    if (std::abs(ncp) >= kLargeT) return ncp > 0 ? 1 : mixtureSf(t, df, ncp);
    const double tail = cdf(complement(NoncentralT(df, ncp), t));
    return tail < kSmallTail ? mixtureSf(t, df, ncp) : tail;
}

/// Noncentral chi-square(df1, ncp) = (Z + sqrt ncp)^2 + chi-square(df1 - 1). Against ncp >= 1e8 the
/// second part counts by its mean only: its spread enters as df1 df2 / ncp^2, below 1e-12.
LargeShift shiftOf(double df1, double df2, double ncp) {
    return {std::sqrt(ncp), df1 - 1, df2};
}

}  // namespace

double noncentralTCdf(double t, double df, double ncp) {
    requireNoncentralT("noncentralTCdf", t, df, ncp);
    return noncentralTUpper(-t, df, -ncp);
}

double noncentralTSf(double t, double df, double ncp) {
    requireNoncentralT("noncentralTSf", t, df, ncp);
    return noncentralTUpper(t, df, ncp);
}

double noncentralTFindNcp(double t, double df, double p) {
    requireFinite("noncentralTFindNcp", "t", t);
    requirePositive("noncentralTFindNcp", "df", df);
    requireInsideUnit("noncentralTFindNcp", "p", p);
    const auto excess = [&](double ncp) {
        return p <= 0.5 ? noncentralTUpper(-t, df, -ncp) - p
                        : (1 - p) - noncentralTUpper(t, df, ncp);
    };
    // The cdf falls as ncp grows: low has too large a cdf, high too small a one.
    double step = 2 + std::abs(t) / std::sqrt(2 * df);
    double low = t - step;
    double high = t + step;
    for (; excess(low) < 0; step *= 2) low -= step;
    for (step = high - t; excess(high) > 0; step *= 2) high += step;
    return rootBetween(excess, low, high);
}

double noncentralFCdf(double x, double df1, double df2, double ncp) {
    requireNoncentralF("noncentralFCdf", x, df1, df2, ncp);
    if (ncp == 0) return fisherFCdf(x, df1, df2);
    if (x <= 0) return 0;
    if (std::isinf(x)) return 1;
    if (ncp >= kLargeF) return largeShiftCdf(shiftOf(df1, df2, ncp), std::sqrt(df1 * x));
    return cdf(NoncentralF(df1, df2, ncp), x);
}

double noncentralFSf(double x, double df1, double df2, double ncp) {
    requireNoncentralF("noncentralFSf", x, df1, df2, ncp);
    if (ncp == 0) return fisherFSf(x, df1, df2);
    if (x <= 0) return 1;
    if (std::isinf(x)) return 0;
    if (ncp >= kLargeF) return largeShiftSf(shiftOf(df1, df2, ncp), std::sqrt(df1 * x));
    return cdf(complement(NoncentralF(df1, df2, ncp), x));
}

double noncentralFFindNcp(double x, double df1, double df2, double p) {
    requireNonnegative("noncentralFFindNcp", "x", x);
    requirePositive("noncentralFFindNcp", "df1", df1);
    requirePositive("noncentralFFindNcp", "df2", df2);
    requireInsideUnit("noncentralFFindNcp", "p", p);
    const auto excess = [&](double ncp) {
        return p <= 0.5 ? noncentralFCdf(x, df1, df2, ncp) - p
                        : (1 - p) - noncentralFSf(x, df1, df2, ncp);
    };
    if (excess(0) <= 0) return 0;
    if (x > 0) {
        if (const auto fast = NoncentralFShift(x, df1, df2).ncpAt(p)) return *fast;
    }
    double low = 0;
    double high = 1 + df1 * x;
    while (excess(high) > 0) {
        low = high;
        high *= 2;
    }
    return rootBetween(excess, low, high);
}

}  // namespace stats
