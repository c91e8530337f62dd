// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/effect_size.h"

#include <algorithm>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <vector>

#include "stats/arguments.h"
#include "stats/distributions.h"
#include "stats/error_term.h"
#include "stats/noncentral_interval.h"

namespace stats {
namespace {

double largestSize(Sample x, Sample y) {
    double largest = 0;
    for (const double value : x) largest = std::max(largest, std::abs(value));
    for (const double value : y) largest = std::max(largest, std::abs(value));
    return largest;
}

/// Sum of squared deviations; 0 for a single value.
double sumOfSquares(const Moments& moments) {
    return moments.n > 1 ? moments.variance * (moments.n - 1) : 0;
}

/// Everything that follows from the mean difference, the sd and df; unit = d / t.
void standardize(StandardizedDifference& result, double unit, double conf) {
    result.d = result.meanDifference / result.sd;
    result.t = result.d / unit;
    result.p = studentTTwoSided(result.t, result.df);
    result.correction = hedgesCorrection(result.df);
    result.g = result.correction * result.d;
    result.conf = conf;
    result.ncp = noncentralTInterval(result.t, result.df, conf);
    result.dInterval = {result.ncp.lower * unit, result.ncp.upper * unit};
    result.gInterval = {result.correction * result.dInterval.lower,
                        result.correction * result.dInterval.upper};
}

}  // namespace

double hedgesCorrection(double df) {
    if (!(df >= 1 && std::isfinite(df))) refuse("hedgesCorrection", "df", "must be 1 or more");
    if (df == 1) return 0;
    const double ratio = boost::math::tgamma_delta_ratio((df - 1) / 2, 0.5);
    return 1 / (std::sqrt(df / 2) * ratio);
}

StandardizedDifference cohensD(Sample x, Sample y, double conf) {
    requireCount("cohensD", "x", x.size(), 1, "values");
    requireCount("cohensD", "y", y.size(), 1, "values");
    requireFinite("cohensD", "x", x);
    requireFinite("cohensD", "y", y);
    requireInsideUnit("cohensD", "conf", conf);
    requireCount("cohensD", "x and y", x.size() + y.size(), 3, "values together");
    const Moments momentsX = momentsAround(x[0], x);
    const Moments momentsY = momentsAround(x[0], y);
    const double squares = sumOfSquares(momentsX) + sumOfSquares(momentsY);
    if (isNoise(squares, largestSize(x, y), momentsX.n + momentsY.n)) {
        refuse("cohensD", "x and y", "must vary within at least one sample");
    }
    StandardizedDifference result;
    result.nX = x.size();
    result.nY = y.size();
    result.meanDifference = momentsX.mean - momentsY.mean;
    result.df = momentsX.n + momentsY.n - 2;
    result.sd = std::sqrt(squares / result.df);
    standardize(result, std::sqrt(1 / momentsX.n + 1 / momentsY.n), conf);
    return result;
}

StandardizedDifference cohensDPaired(Sample x, Sample y, double conf) {
    requireSameLength("cohensDPaired", x, y);
    requireCount("cohensDPaired", "x", x.size(), 2, "values");
    requireFinite("cohensDPaired", "x", x);
    requireFinite("cohensDPaired", "y", y);
    requireInsideUnit("cohensDPaired", "conf", conf);
    std::vector<double> differences;
    differences.reserve(x.size());
    for (std::size_t i = 0; i < x.size(); ++i) differences.push_back(x[i] - y[i]);
    const Moments moments = momentsAround(differences[0], differences);
    if (isNoise(sumOfSquares(moments), largestSize(x, y), moments.n)) {
        refuse("cohensDPaired", "x - y", "must vary, but all differences are equal");
    }
    StandardizedDifference result;
    result.nX = result.nY = x.size();
    result.meanDifference = differences[0] + moments.mean;
    result.df = moments.n - 1;
    result.sd = std::sqrt(moments.variance);
    const double sdX = std::sqrt(momentsAround(x[0], x).variance);
    const double sdY = std::sqrt(momentsAround(y[0], y).variance);
    result.dAverage = result.meanDifference / (0.5 * (sdX + sdY));
    standardize(result, 1 / std::sqrt(moments.n), conf);
    return result;
}

}  // namespace stats
