// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/descriptives.h"

#include <algorithm>
#include <cmath>

#include "stats/arguments.h"
#include "stats/distributions.h"

namespace stats {
namespace {

std::vector<double> sorted(Sample values) {
    std::vector<double> copy(values.begin(), values.end());
    std::sort(copy.begin(), copy.end());
    return copy;
}

void requireSample(const char* function, Sample values, std::size_t minimum) {
    requireCount(function, "values", values.size(), minimum, "values");
    requireFinite(function, "values", values);
}

/// Sums of powers of the deviations from the mean, in units of a power of two near the largest one:
/// fourth powers of very large or small values would leave the range of a double.
struct CentralSums {
    double unit = 1;
    double second = 0;
    double third = 0;
    double fourth = 0;
};

CentralSums centralSums(Sample values, double shiftedMean) {
    double drift = 0;
    for (const double value : values) drift += value - values[0] - shiftedMean;
    const double centre = shiftedMean + drift / static_cast<double>(values.size());
    double largest = 0;
    for (const double value : values)
        largest = std::max(largest, std::abs(value - values[0] - centre));
    CentralSums sums;
    if (largest > 0) sums.unit = std::ldexp(1.0, std::ilogb(largest));
    for (const double value : values) {
        const double deviation = (value - values[0] - centre) / sums.unit;
        const double square = deviation * deviation;
        sums.second += square;
        sums.third += square * deviation;
        sums.fourth += square * square;
    }
    return sums;
}

double shiftedMean(Sample values) {
    double sum = 0;
    for (const double value : values) sum += value - values[0];
    return sum / static_cast<double>(values.size());
}

void describeShape(Descriptives& result, const CentralSums& sums) {
    if (sums.second == 0) return;
    const auto n = static_cast<double>(result.n);
    const double m2 = sums.second / n;
    const double g1 = sums.third / n / std::pow(m2, 1.5);
    const double g2 = sums.fourth / n / (m2 * m2) - 3;
    result.skewness = g1;
    result.excessKurtosis = g2;
    if (result.n >= 3) result.unbiasedSkewness = g1 * std::sqrt(n * (n - 1)) / (n - 2);
    if (result.n >= 4) {
        result.unbiasedExcessKurtosis = (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * g2 + 6);
    }
}

}  // namespace

Descriptives describe(Sample values, double conf) {
    requireSample("describe", values, 2);
    requireInsideUnit("describe", "conf", conf);
    const double offset = shiftedMean(values);
    const CentralSums sums = centralSums(values, offset);
    Descriptives result;
    result.n = values.size();
    const auto n = static_cast<double>(result.n);
    result.mean = values[0] + offset;
    result.sd = sums.unit * std::sqrt(sums.second / (n - 1));
    result.variance = sums.unit * sums.unit * (sums.second / (n - 1));
    result.standardError = result.sd / std::sqrt(n);
    result.conf = conf;
    const double reach = studentTQuantileUpper((1 - conf) / 2, n - 1) * result.standardError;
    result.meanInterval = {result.mean - reach, result.mean + reach};
    const std::vector<double> ordered = sorted(values);
    result.minimum = ordered.front();
    result.lowerQuartile = quantileOfSorted(ordered, 0.25);
    result.median = quantileOfSorted(ordered, 0.5);
    result.upperQuartile = quantileOfSorted(ordered, 0.75);
    result.maximum = ordered.back();
    std::vector<double> distances;
    distances.reserve(values.size());
    for (const double value : values) distances.push_back(std::abs(value - result.median));
    result.medianAbsoluteDeviation = 1.4826 * median(distances);
    describeShape(result, sums);
    if (result.mean != 0) result.coefficientOfVariation = result.sd / result.mean;
    return result;
}

double mean(Sample values) {
    requireSample("mean", values, 1);
    return values[0] + shiftedMean(values);
}

double median(Sample values) {
    return quantile(values, 0.5);
}

double quantile(Sample values, double p) {
    requireSample("quantile", values, 1);
    requireProbability("quantile", "p", p);
    return quantileOfSorted(sorted(values), p);
}

double quantileOfSorted(Sample sortedValues, double p) {
    requireCount("quantileOfSorted", "sorted", sortedValues.size(), 1, "values");
    requireProbability("quantileOfSorted", "p", p);
    const double h = static_cast<double>(sortedValues.size() - 1) * p;
    const auto below = static_cast<std::size_t>(h);
    if (below + 1 >= sortedValues.size()) return sortedValues.back();
    const double fraction = h - static_cast<double>(below);
    return sortedValues[below] + fraction * (sortedValues[below + 1] - sortedValues[below]);
}

}  // namespace stats
