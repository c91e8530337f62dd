// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/jonckheere.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <mutex>
#include <numeric>

#include "stats/arguments.h"
#include "stats/distributions.h"
#include "stats/ranks.h"

namespace stats {
namespace {

constexpr double kMaxSteps = 2e7;

bool isFeasible(const std::vector<std::size_t>& sizes) {
    double steps = 0;
    double before = 0;
    for (const std::size_t size : sizes) {
        const auto n = static_cast<double>(size);
        steps += before * n * before * n / 2 + before * n * (before * before / 2);
        before += n;
    }
    return steps <= kMaxSteps;
}

/// P(U = u) of the Mann-Whitney count between m and n values: the largest value is one of the m
/// (then it exceeds no y) or one of the n (then it exceeds every x).
std::vector<double> mannWhitneyNull(std::size_t m, std::size_t n) {
    // row[i] holds the distribution for i values of the first sample and the current second size
    std::vector<std::vector<double>> row(m + 1, std::vector<double>{1.0});
    for (std::size_t second = 1; second <= n; ++second) {
        for (std::size_t first = 1; first <= m; ++first) {
            const double share = static_cast<double>(second) / static_cast<double>(first + second);
            std::vector<double> next(first * second + 1, 0.0);
            for (std::size_t u = 0; u < row[first].size(); ++u) {
                next[u + first] += share * row[first][u];
            }
            for (std::size_t u = 0; u < row[first - 1].size(); ++u) {
                next[u] += (1 - share) * row[first - 1][u];
            }
            row[first] = std::move(next);
        }
    }
    return row[m];
}

/// P(J = j): sizes enter one after the other, each compared with all before it.
std::vector<double> jonckheereNull(const std::vector<std::size_t>& sizes) {
    std::vector<double> null{1.0};
    std::size_t before = sizes[0];
    for (std::size_t g = 1; g < sizes.size(); ++g) {
        const std::vector<double> part =
            mannWhitneyNull(std::min(before, sizes[g]), std::max(before, sizes[g]));
        std::vector<double> next(null.size() + part.size() - 1, 0.0);
        for (std::size_t i = 0; i < null.size(); ++i) {
            for (std::size_t j = 0; j < part.size(); ++j) next[i + j] += null[i] * part[j];
        }
        null = std::move(next);
        before += sizes[g];
    }
    return null;
}

/// Kept per design for the life of the program, because every length of a grid asks for the same
/// (a few kilobytes each); thread-safe.
std::shared_ptr<const std::vector<double>> keptNull(const std::vector<std::size_t>& sizes) {
    constexpr std::size_t kDesignsKept = 64;
    static std::mutex mutex;
    static std::map<std::vector<std::size_t>, std::shared_ptr<const std::vector<double>>> kept;
    const std::lock_guard lock(mutex);
    if (const auto found = kept.find(sizes); found != kept.end()) return found->second;
    if (kept.size() >= kDesignsKept) kept.clear();
    return kept[sizes] = std::make_shared<const std::vector<double>>(jonckheereNull(sizes));
}

TrendP trendP(double increasing, double decreasing) {
    return {increasing, decreasing, std::min(1.0, 2 * std::min(increasing, decreasing))};
}

TrendP exactP(const std::vector<double>& null, std::size_t observed) {
    const auto at = static_cast<std::ptrdiff_t>(observed);
    const double upper = std::accumulate(null.rbegin(), null.rend() - at, 0.0);
    const double lower = std::accumulate(null.begin(), null.begin() + at + 1, 0.0);
    return trendP(std::min(1.0, upper), std::min(1.0, lower));
}

struct PowerSums {
    double pairs = 0;    // sum t (t - 1)
    double triples = 0;  // sum t (t - 1) (t - 2)
    double cubic = 0;    // sum t (t - 1) (2t + 5)

    void add(double t) {
        pairs += t * (t - 1);
        triples += t * (t - 1) * (t - 2);
        cubic += t * (t - 1) * (2 * t + 5);
    }
};

/// Variance of J given the ties (Hollander and Wolfe 1999, eq. 6.19).
double tieCorrectedVariance(const std::vector<std::size_t>& sizes, const Midranks& ranks) {
    const auto n = static_cast<double>(ranks.doubled.size());
    PowerSums groups;
    for (const std::size_t size : sizes) groups.add(static_cast<double>(size));
    PowerSums ties;
    for (const std::int64_t count : ranks.tieCounts) ties.add(static_cast<double>(count));
    double variance = (n * (n - 1) * (2 * n + 5) - groups.cubic - ties.cubic) / 72;
    if (n > 2) variance += groups.triples * ties.triples / (36 * n * (n - 1) * (n - 2));
    return variance + groups.pairs * ties.pairs / (8 * n * (n - 1));
}

double countIncreasing(Groups groups) {
    double count = 0;
    for (std::size_t i = 0; i < groups.size(); ++i) {
        std::vector<double> lower = groups[i];
        std::sort(lower.begin(), lower.end());
        for (std::size_t j = i + 1; j < groups.size(); ++j) {
            for (const double value : groups[j]) {
                const auto [from, to] = std::equal_range(lower.begin(), lower.end(), value);
                count += static_cast<double>(from - lower.begin());
                count += static_cast<double>(to - from) / 2;
            }
        }
    }
    return count;
}

}  // namespace

Jonckheere jonckheere(Groups groups) {
    requireGroups("jonckheere", groups, 2, 1);
    std::vector<double> pooled;
    std::vector<std::size_t> sizes;
    double squares = 0;
    for (const auto& group : groups) {
        pooled.insert(pooled.end(), group.begin(), group.end());
        sizes.push_back(group.size());
        squares += static_cast<double>(group.size()) * static_cast<double>(group.size());
    }
    const Midranks ranks = midranks(pooled);
    const auto n = static_cast<double>(pooled.size());
    Jonckheere result;
    result.j = countIncreasing(groups);
    result.mean = (n * n - squares) / 4;
    result.variance = tieCorrectedVariance(sizes, ranks);
    if (!(result.variance > 0)) refuse("jonckheere", "groups", "must not hold one single value");
    result.z = (result.j - result.mean) / std::sqrt(result.variance);
    result.asymptotic = trendP(normalSf(result.z), normalCdf(result.z));
    if (!ranks.hasTies() && isFeasible(sizes)) {
        result.exact = exactP(*keptNull(sizes), static_cast<std::size_t>(result.j));
    }
    return result;
}

std::vector<double> jonckheereNullSf(const std::vector<std::size_t>& sizes) {
    requireCount("jonckheereNullSf", "sizes", sizes.size(), 2, "groups");
    for (const std::size_t size : sizes) {
        if (size < 1) refuse("jonckheereNullSf", "sizes", "must be at least 1");
    }
    if (!isFeasible(sizes)) refuse("jonckheereNullSf", "sizes", "must be small enough to count");
    std::vector<double> tail = jonckheereNull(sizes);
    for (std::size_t i = tail.size() - 1; i-- > 0;) tail[i] += tail[i + 1];
    for (double& value : tail) value = std::min(1.0, value);
    return tail;
}

}  // namespace stats
