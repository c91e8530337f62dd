// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/two_sample_ranks.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <vector>

#include "stats/arguments.h"
#include "stats/distributions.h"
#include "stats/ranks.h"

namespace stats {
namespace {

constexpr std::size_t kExactBelow = 50;

/// min(1, 2 min tail) of the observed value in a distribution over 0, 1, 2, ...
double twoSidedAt(const std::vector<double>& weights, std::int64_t observed) {
    const auto at = static_cast<std::ptrdiff_t>(observed);
    const double all = std::accumulate(weights.begin(), weights.end(), 0.0);
    const double lower = std::accumulate(weights.begin(), weights.begin() + at + 1, 0.0);
    const double upper = std::accumulate(weights.begin() + at, weights.end(), 0.0);
    return std::min(1.0, 2 * std::min(lower, upper) / all);
}

double normalTwoSided(double deviation, double variance) {
    if (variance <= 0) return 1;
    const double corrected = std::max(0.0, std::abs(deviation) - 0.5);
    return std::min(1.0, 2 * normalSf(corrected / std::sqrt(variance)));
}

/// Number of subsets of `size` ranks by their sum. [sum of doubled ranks]
std::vector<double> subsetSums(const std::vector<std::int64_t>& ranks, std::size_t size) {
    std::vector<std::int64_t> largest = ranks;
    std::sort(largest.rbegin(), largest.rend());
    const auto width = static_cast<std::size_t>(std::accumulate(
        largest.begin(), largest.begin() + static_cast<std::ptrdiff_t>(size), std::int64_t{1}));
    std::vector<std::vector<double>> counts(size + 1, std::vector<double>(width, 0.0));
    counts[0][0] = 1;
    for (const std::int64_t rank : ranks) {
        const auto step = static_cast<std::size_t>(rank);
        for (std::size_t chosen = size; chosen-- > 0;) {
            for (std::size_t sum = 0; sum + step < width; ++sum) {
                counts[chosen + 1][sum + step] += counts[chosen][sum];
            }
        }
    }
    return counts[size];
}

double binomial(double n, double k) {
    double value = 1;
    for (double i = 1; i <= k; ++i) value = value * (n - i + 1) / i;
    return value;
}

}  // namespace

MannWhitney mannWhitney(Sample x, Sample y) {
    requireCount("mannWhitney", "x", x.size(), 1, "values");
    requireCount("mannWhitney", "y", y.size(), 1, "values");
    requireFinite("mannWhitney", "x", x);
    requireFinite("mannWhitney", "y", y);
    std::vector<double> pooled(x.begin(), x.end());
    pooled.insert(pooled.end(), y.begin(), y.end());
    Midranks ranks = midranks(pooled);
    const auto m = static_cast<double>(x.size());
    const auto n = static_cast<double>(y.size());
    const auto middle = ranks.doubled.begin() + static_cast<std::ptrdiff_t>(x.size());
    const std::int64_t doubledSum = std::accumulate(ranks.doubled.begin(), middle, std::int64_t{0});
    MannWhitney result;
    result.u = (static_cast<double>(doubledSum) - m * (m + 1)) / 2;
    result.floorP = std::min(1.0, 2 / binomial(m + n, std::min(m, n)));
    if (x.size() < kExactBelow && y.size() < kExactBelow) {
        std::int64_t observed = doubledSum;
        if (!ranks.hasTies()) {  // all doubled ranks are even: halve the range
            for (std::int64_t& rank : ranks.doubled) rank /= 2;
            observed /= 2;
        }
        result.p = twoSidedAt(subsetSums(ranks.doubled, x.size()), observed);
        return result;
    }
    result.exactness = Exactness::Asymptotic;
    const double all = m + n;
    const double variance = m * n / 12 * (all + 1 - ranks.tieSum() / (all * (all - 1)));
    result.p = normalTwoSided(result.u - m * n / 2, variance);
    return result;
}

WilcoxonSigned wilcoxonSigned(Sample x, Sample y) {
    requireSameLength("wilcoxonSigned", x, y);
    requireCount("wilcoxonSigned", "x", x.size(), 1, "pairs");
    requireFinite("wilcoxonSigned", "x", x);
    requireFinite("wilcoxonSigned", "y", y);
    WilcoxonSigned result;
    std::vector<double> sizes;
    std::vector<bool> positive;
    for (std::size_t i = 0; i < x.size(); ++i) {
        if (x[i] == y[i]) {
            ++result.zerosDropped;
            continue;
        }
        sizes.push_back(std::abs(x[i] - y[i]));
        positive.push_back(x[i] > y[i]);
    }
    const auto n = static_cast<double>(sizes.size());
    result.pairsUsed = n;
    if (sizes.empty()) return result;  // every pair equal: nothing speaks against the null
    const Midranks ranks = midranks(sizes);
    std::int64_t doubledSum = 0;
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        if (positive[i]) doubledSum += ranks.doubled[i];
    }
    result.v = static_cast<double>(doubledSum) / 2;
    result.floorP = std::min(1.0, 2 * std::pow(0.5, n));
    if (sizes.size() < kExactBelow) {
        const std::int64_t all =
            std::accumulate(ranks.doubled.begin(), ranks.doubled.end(), std::int64_t{0});
        std::vector<double> weights(static_cast<std::size_t>(all) + 1, 0.0);
        weights[0] = 1;
        for (const std::int64_t rank : ranks.doubled) {
            for (std::size_t sum = weights.size(); sum-- > static_cast<std::size_t>(rank);) {
                weights[sum] += weights[sum - static_cast<std::size_t>(rank)];
            }
        }
        result.p = twoSidedAt(weights, doubledSum);
        return result;
    }
    result.exactness = Exactness::Asymptotic;
    const double variance = n * (n + 1) * (2 * n + 1) / 24 - ranks.tieSum() / 48;
    result.p = normalTwoSided(result.v - n * (n + 1) / 4, variance);
    return result;
}

}  // namespace stats
