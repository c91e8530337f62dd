// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/equivalence.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <vector>

#include "stats/arguments.h"
#include "stats/distributions.h"
#include "stats/error_term.h"

namespace stats {
namespace {

struct Bounds {
    double low;
    double high;
    double alpha;
};

void checkBounds(std::string_view function, const Bounds& bounds) {
    requireFinite(function, "low", bounds.low);
    requireFinite(function, "high", bounds.high);
    if (!(bounds.low < bounds.high)) refuse(function, "low", "must be below high");
    requireInsideUnit(function, "alpha", bounds.alpha);
    if (bounds.alpha >= 0.5) refuse(function, "alpha", "must be below 0.5");
}

Tost tostFrom(double diff, double se, double df, const Bounds& bounds) {
    Tost result;
    result.diff = diff;
    result.se = se;
    result.df = df;
    result.tLow = (diff - bounds.low) / se;
    result.tHigh = (diff - bounds.high) / se;
    result.pLow = studentTSf(result.tLow, df);
    result.pHigh = studentTCdf(result.tHigh, df);
    result.p = std::max(result.pLow, result.pHigh);
    const double half = studentTQuantileUpper(bounds.alpha, df) * se;
    result.lo = diff - half;
    result.hi = diff + half;
    return result;
}

}  // namespace

Tost tostIndependent(Sample x, Sample y, double low, double high, double alpha) {
    const Bounds bounds{low, high, alpha};
    checkBounds("tostIndependent", bounds);
    for (const auto& [name, values] : {std::pair{"x", x}, std::pair{"y", y}}) {
        requireCount("tostIndependent", name, values.size(), 2, "values");
        requireFinite("tostIndependent", name, values);
    }
    const Moments a = momentsAround(x[0], x);
    const Moments b = momentsAround(x[0], y);
    const double va = a.variance / a.n;
    const double vb = b.variance / b.n;
    if (!(va + vb > 0)) refuse("tostIndependent", "x and y", "must not both be constant");
    const double df = welchDf(va, a.n - 1, vb, b.n - 1);
    return tostFrom(a.mean - b.mean, std::sqrt(va + vb), df, bounds);
}

Tost tostPaired(Sample x, Sample y, double low, double high, double alpha) {
    const Bounds bounds{low, high, alpha};
    checkBounds("tostPaired", bounds);
    requireSameLength("tostPaired", x, y);
    requireCount("tostPaired", "x", x.size(), 2, "pairs");
    requireFinite("tostPaired", "x", x);
    requireFinite("tostPaired", "y", y);
    std::vector<double> differences(x.size());
    double scale = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        differences[i] = x[i] - y[i];
        scale = std::max({scale, std::abs(x[i]), std::abs(y[i])});
    }
    const Moments moments = momentsAround(0, differences);
    if (isNoise(moments.variance * (moments.n - 1), scale, moments.n)) {
        refuse("tostPaired", "differences", "must vary, but are constant");
    }
    return tostFrom(moments.mean, std::sqrt(moments.variance / moments.n), moments.n - 1, bounds);
}

}  // namespace stats
