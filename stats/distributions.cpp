// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/distributions.h"

#include <algorithm>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/fisher_f.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/special_functions/beta.hpp>
#include <cmath>
#include <limits>

#include "stats/arguments.h"
#include "stats/root_search.h"

namespace stats {
namespace {

/// Overflow gives infinity (p = 0 has its quantile there); everything else keeps throwing.
using BoostPolicy = boost::math::policies::policy<
    boost::math::policies::overflow_error<boost::math::policies::ignore_error>>;

using boost::math::complement;
using Normal = boost::math::normal_distribution<double, BoostPolicy>;
using StudentT = boost::math::students_t_distribution<double, BoostPolicy>;
using FisherF = boost::math::fisher_f_distribution<double, BoostPolicy>;
using ChiSquared = boost::math::chi_squared_distribution<double, BoostPolicy>;

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// Below this Boost's inverse of t's tail gives up now and then; we search instead.
constexpr double kExtreme = 1e-12;

enum class Side { below, above };

/// x at or beyond an end of the support [lower, infinity).
bool atEnd(double x, double lower) {
    return x <= lower || x == kInfinity;
}

double endProbability(double x, Side side) {
    const bool right = x == kInfinity;
    return right == (side == Side::below) ? 1.0 : 0.0;
}

/// log z below which I_z(a, b) is not left to Boost, whose t and F distributions square their
/// argument and break off near 1e150.
constexpr double kPowerLawLogZ = -41;

/// I_z(a, b) = z^a / (a B(a, b)) (1 + O(b z)) for tiny z: the power-law tail of t and F.
double powerLawTail(double logZ, double a, double b) {
    const double scale = a * boost::math::beta(a, b, BoostPolicy());
    return std::min(1.0, std::exp(a * logZ - std::log(scale)));
}

/// Does the power law hold to double precision and above the smallest double?
bool isPowerLaw(double logZ, double a, double b) {
    return logZ + std::log1p(b) < kPowerLawLogZ && a < 20;
}

/// Boost's incomplete gamma function gives up near 1e12 degrees of freedom; from here on the cube
/// root of Wilson and Hilferty, Proc. Natl. Acad. Sci. 17 (1931) 684-688, is right to 1e-9.
constexpr double kManyDf = 1e9;

double wilsonHilferty(double x, double df) {
    const double variance = 2 / (9 * df);
    return (std::expm1(std::log(x / df) / 3) + variance) / std::sqrt(variance);
}

double wilsonHilfertyInverse(double z, double df) {
    const double variance = 2 / (9 * df);
    return df * std::pow(1 - variance + z * std::sqrt(variance), 3);
}

void requireF(const char* function, double df1, double df2) {
    requirePositive(function, "df1", df1);
    requireDegreesOfFreedom(function, "df2", df2);
}

}  // namespace

double normalCdf(double z) {
    requireNotNan("normalCdf", "z", z);
    return 0.5 * std::erfc(-z / std::sqrt(2.0));
}

double normalSf(double z) {
    requireNotNan("normalSf", "z", z);
    return 0.5 * std::erfc(z / std::sqrt(2.0));
}

double normalQuantile(double p) {
    requireProbability("normalQuantile", "p", p);
    if (p == 0) return -kInfinity;
    if (p == 1) return kInfinity;
    return quantile(Normal(), p);
}

double normalQuantileUpper(double p) {
    requireProbability("normalQuantileUpper", "p", p);
    if (p == 0) return kInfinity;
    if (p == 1) return -kInfinity;
    return quantile(complement(Normal(), p));
}

namespace {

double studentTTail(const char* function, double t, double df) {
    requireNotNan(function, "t", t);
    requireDegreesOfFreedom(function, "df", df);
    if (std::isinf(t)) return t > 0 ? 0.0 : 1.0;
    if (std::isinf(df)) return normalSf(t);
    const double logZ = std::log(df) - 2 * std::log(std::abs(t));
    if (t > 0 && isPowerLaw(logZ, df / 2, 0.5)) return 0.5 * powerLawTail(logZ, df / 2, 0.5);
    if (t < 0 && isPowerLaw(logZ, df / 2, 0.5)) return 1 - 0.5 * powerLawTail(logZ, df / 2, 0.5);
    return cdf(complement(StudentT(df), t));
}

double studentTUpperPoint(const char* function, double p, double df) {
    requireProbability(function, "p", p);
    requireDegreesOfFreedom(function, "df", df);
    if (p == 0) return kInfinity;
    if (p == 1) return -kInfinity;
    if (std::isinf(df)) return normalQuantileUpper(p);
    if (p < kExtreme) {
        return positiveQuantile([df](double t) { return studentTSf(t, df); }, p,
                                Shrinks::Rightward);
    }
    if (1 - p < kExtreme) return -studentTUpperPoint(function, 1 - p, df);
    return quantile(complement(StudentT(df), p));
}

}  // namespace

double studentTCdf(double t, double df) {
    return studentTTail("studentTCdf", -t, df);
}

double studentTSf(double t, double df) {
    return studentTTail("studentTSf", t, df);
}

double studentTTwoSided(double t, double df) {
    return std::min(1.0, 2 * studentTTail("studentTTwoSided", std::abs(t), df));
}

double studentTQuantile(double p, double df) {
    return -studentTUpperPoint("studentTQuantile", p, df);
}

double studentTQuantileUpper(double p, double df) {
    return studentTUpperPoint("studentTQuantileUpper", p, df);
}

double fisherFCdf(double x, double df1, double df2) {
    requireNotNan("fisherFCdf", "x", x);
    requireF("fisherFCdf", df1, df2);
    if (atEnd(x, 0)) return endProbability(x, Side::below);
    if (std::isinf(df2)) return chiSquaredCdf(x * df1, df1);
    const double logZ = std::log(df1 / df2) + std::log(x);
    if (isPowerLaw(logZ, df1 / 2, df2 / 2)) return powerLawTail(logZ, df1 / 2, df2 / 2);
    return cdf(FisherF(df1, df2), x);
}

double fisherFSf(double x, double df1, double df2) {
    requireNotNan("fisherFSf", "x", x);
    requireF("fisherFSf", df1, df2);
    if (atEnd(x, 0)) return endProbability(x, Side::above);
    if (std::isinf(df2)) return chiSquaredSf(x * df1, df1);
    const double logZ = std::log(df2 / df1) - std::log(x);
    if (isPowerLaw(logZ, df2 / 2, df1 / 2)) return powerLawTail(logZ, df2 / 2, df1 / 2);
    return cdf(complement(FisherF(df1, df2), x));
}

namespace {

/// x with cdf = lower and sf = upper (which add up to 1), by search on the smaller of the two:
/// Boost's inverse throws for some p below 1e-9, e.g. df 6 and 1.
double fisherFRoot(double lower, double upper, double df1, double df2) {
    if (lower < upper) {
        return positiveQuantile([=](double x) { return fisherFCdf(x, df1, df2); }, lower,
                                Shrinks::Leftward);
    }
    return positiveQuantile([=](double x) { return fisherFSf(x, df1, df2); }, upper,
                            Shrinks::Rightward);
}

}  // namespace

double fisherFQuantile(double p, double df1, double df2) {
    requireProbability("fisherFQuantile", "p", p);
    requireF("fisherFQuantile", df1, df2);
    if (p == 0) return 0;
    if (p == 1) return kInfinity;
    if (std::isinf(df2)) return chiSquaredQuantile(p, df1) / df1;
    return fisherFRoot(p, 1 - p, df1, df2);
}

double fisherFQuantileUpper(double p, double df1, double df2) {
    requireProbability("fisherFQuantileUpper", "p", p);
    requireF("fisherFQuantileUpper", df1, df2);
    if (p == 0) return kInfinity;
    if (p == 1) return 0;
    if (std::isinf(df2)) return chiSquaredQuantileUpper(p, df1) / df1;
    return fisherFRoot(1 - p, p, df1, df2);
}

double chiSquaredCdf(double x, double df) {
    requireNotNan("chiSquaredCdf", "x", x);
    requirePositive("chiSquaredCdf", "df", df);
    if (atEnd(x, 0)) return endProbability(x, Side::below);
    if (df > kManyDf) return normalCdf(wilsonHilferty(x, df));
    return cdf(ChiSquared(df), x);
}

double chiSquaredSf(double x, double df) {
    requireNotNan("chiSquaredSf", "x", x);
    requirePositive("chiSquaredSf", "df", df);
    if (atEnd(x, 0)) return endProbability(x, Side::above);
    if (df > kManyDf) return normalSf(wilsonHilferty(x, df));
    return cdf(complement(ChiSquared(df), x));
}

double chiSquaredQuantile(double p, double df) {
    requireProbability("chiSquaredQuantile", "p", p);
    requirePositive("chiSquaredQuantile", "df", df);
    if (p == 0) return 0;
    if (p == 1) return kInfinity;
    if (df > kManyDf) return wilsonHilfertyInverse(normalQuantile(p), df);
    return quantile(ChiSquared(df), p);
}

double chiSquaredQuantileUpper(double p, double df) {
    requireProbability("chiSquaredQuantileUpper", "p", p);
    requirePositive("chiSquaredQuantileUpper", "df", df);
    if (p == 0) return kInfinity;
    if (p == 1) return 0;
    if (df > kManyDf) return wilsonHilfertyInverse(normalQuantileUpper(p), df);
    return quantile(complement(ChiSquared(df), p));
}

}  // namespace stats
