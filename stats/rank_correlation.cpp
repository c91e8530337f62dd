// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/rank_correlation.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>
#include <string>

#include "stats/arguments.h"
#include "stats/distributions.h"
#include "stats/ranks.h"

namespace stats {
namespace {

constexpr std::size_t kMaxSpearman = 14;
constexpr std::size_t kMaxKendall = 100;

void checkPair(std::string_view function, Sample x, Sample y) {
    requireSameLength(function, x, y);
    requireCount(function, "x", x.size(), 2, "values");
    requireFinite(function, "x", x);
    requireFinite(function, "y", y);
    for (const auto& [name, values] : {std::pair{"x", x}, std::pair{"y", y}}) {
        if (std::all_of(values.begin(), values.end(), [&](double v) { return v == values[0]; })) {
            refuse(function, name, "must not be constant");
        }
    }
}

/// P(S / 2 = s): permutations of 1..n by their sum of squared displacements, over the sets of
/// places taken by the first values.
std::vector<double> spearmanNull(std::size_t n) {
    const std::size_t width = n * (n * n - 1) / 6 + 1;
    std::vector<std::vector<double>> reached(std::size_t{1} << n);
    reached[0].assign(1, 1.0);
    for (std::size_t set = 0; set + 1 < reached.size(); ++set) {
        const auto value = static_cast<std::ptrdiff_t>(std::popcount(set));
        const double share = 1.0 / (static_cast<double>(n) - static_cast<double>(value));
        for (std::size_t place = 0; place < n; ++place) {
            if ((set >> place & 1U) != 0) continue;
            auto& target = reached[set | std::size_t{1} << place];
            const std::ptrdiff_t gap = static_cast<std::ptrdiff_t>(place) - value;
            const auto gain = static_cast<std::size_t>(gap * gap);
            if (target.size() < reached[set].size() + gain) {
                target.resize(reached[set].size() + gain, 0.0);
            }
            for (std::size_t s = 0; s < reached[set].size(); ++s) {
                target[s + gain] += share * reached[set][s];
            }
        }
        std::vector<double>().swap(reached[set]);
    }
    std::vector<double> halves(width, 0.0);  // S is always even
    const std::vector<double>& all = reached.back();
    for (std::size_t s = 0; s < all.size(); s += 2) halves[s / 2] = all[s];
    return halves;
}

/// P(concordant pairs = c): the i-th value adds 0..i-1 concordant pairs, all equally likely.
std::vector<double> kendallNull(std::size_t n) {
    std::vector<double> null{1.0};
    for (std::size_t i = 2; i <= n; ++i) {
        std::vector<double> next(null.size() + i - 1, 0.0);
        const double share = 1.0 / static_cast<double>(i);
        for (std::size_t c = 0; c < null.size(); ++c) {
            for (std::size_t added = 0; added < i; ++added) next[c + added] += share * null[c];
        }
        null = std::move(next);
    }
    return null;
}

double upTo(const std::vector<double>& null, std::size_t last) {
    return std::min(
        1.0,
        std::accumulate(null.begin(), null.begin() + static_cast<std::ptrdiff_t>(last) + 1, 0.0));
}

double from(const std::vector<double>& null, std::size_t first) {
    return std::min(
        1.0, std::accumulate(null.rbegin(), null.rend() - static_cast<std::ptrdiff_t>(first), 0.0));
}

CorrelationP bothTails(double greater, double less) {
    return {greater, less, std::min(1.0, 2 * std::min(greater, less))};
}

std::vector<double> cumulated(std::vector<double> null) {
    std::partial_sum(null.begin(), null.end(), null.begin());
    for (double& value : null) value = std::min(1.0, value);
    return null;
}

void requireSize(std::string_view function, std::size_t n, std::size_t largest) {
    if (n < 2 || n > largest) {
        refuse(function, "n", "must lie in 2.." + std::to_string(largest));
    }
}

/// Variance of concordant - discordant given the ties (Kendall 1970, eq. 4.4).
double kendallVariance(double n, const Midranks& x, const Midranks& y) {
    double cubic = n * (n - 1) * (2 * n + 5);
    double pairs[2] = {0, 0};
    double triples[2] = {0, 0};
    const Midranks* const both[2] = {&x, &y};
    for (std::size_t side = 0; side < 2; ++side) {
        for (const std::int64_t count : both[side]->tieCounts) {
            const auto t = static_cast<double>(count);
            cubic -= t * (t - 1) * (2 * t + 5);
            pairs[side] += t * (t - 1);
            triples[side] += t * (t - 1) * (t - 2);
        }
    }
    double variance = cubic / 18 + pairs[0] * pairs[1] / (2 * n * (n - 1));
    if (n > 2) variance += triples[0] * triples[1] / (9 * n * (n - 1) * (n - 2));
    return variance;
}

}  // namespace

Spearman spearman(Sample x, Sample y) {
    checkPair("spearman", x, y);
    const Midranks rx = midranks(x);
    const Midranks ry = midranks(y);
    const auto n = static_cast<std::int64_t>(x.size());
    std::int64_t xx = 0, yy = 0, xy = 0, squares = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        const std::int64_t dx = rx.doubled[i] - (n + 1);
        const std::int64_t dy = ry.doubled[i] - (n + 1);
        xx += dx * dx;
        yy += dy * dy;
        xy += dx * dy;
        squares += (dx - dy) * (dx - dy);
    }
    Spearman result;
    result.s = static_cast<double>(squares) / 4;
    result.rho = xx == yy ? static_cast<double>(xy) / static_cast<double>(xx)
                          : static_cast<double>(xy) /
                                std::sqrt(static_cast<double>(xx) * static_cast<double>(yy));
    if (n > 2) {
        const double df = static_cast<double>(n - 2);
        const double rest = (1 - result.rho) * (1 + result.rho);
        result.pStudent = rest <= 0 ? 0.0 : studentTTwoSided(result.rho * std::sqrt(df / rest), df);
    }
    if (!rx.hasTies() && !ry.hasTies() && x.size() <= kMaxSpearman) {
        const std::vector<double> null = spearmanNull(x.size());
        const auto half = static_cast<std::size_t>(squares / 8);
        result.exact = bothTails(upTo(null, half), from(null, half));
    }
    return result;
}

Kendall kendall(Sample x, Sample y) {
    checkPair("kendall", x, y);
    std::int64_t s = 0, concordant = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        for (std::size_t j = i + 1; j < x.size(); ++j) {
            const int dx = (x[i] < x[j]) - (x[j] < x[i]);
            const int dy = (y[i] < y[j]) - (y[j] < y[i]);
            s += dx * dy;
            if (dx * dy > 0) ++concordant;
        }
    }
    const Midranks rx = midranks(x);
    const Midranks ry = midranks(y);
    const auto n = static_cast<double>(x.size());
    double untied[2] = {n * (n - 1) / 2, n * (n - 1) / 2};
    for (const std::int64_t t : rx.tieCounts) untied[0] -= static_cast<double>(t * (t - 1)) / 2;
    for (const std::int64_t t : ry.tieCounts) untied[1] -= static_cast<double>(t * (t - 1)) / 2;
    Kendall result;
    result.s = static_cast<double>(s);
    result.tauB =
        untied[0] == untied[1] ? result.s / untied[0] : result.s / std::sqrt(untied[0] * untied[1]);
    result.z = result.s / std::sqrt(kendallVariance(n, rx, ry));
    result.pAsymptotic = std::min(1.0, 2 * normalSf(std::abs(result.z)));
    if (!rx.hasTies() && !ry.hasTies() && x.size() <= kMaxKendall) {
        const std::vector<double> null = kendallNull(x.size());
        const auto at = static_cast<std::size_t>(concordant);
        result.exact = bothTails(from(null, at), upTo(null, at));
    }
    return result;
}

std::vector<double> spearmanNullCdf(std::size_t n) {
    requireSize("spearmanNullCdf", n, kMaxSpearman);
    const std::vector<double> halves = cumulated(spearmanNull(n));
    std::vector<double> cdf(2 * halves.size() - 1);
    for (std::size_t s = 0; s < cdf.size(); ++s) cdf[s] = halves[s / 2];
    return cdf;
}

std::vector<double> kendallNullCdf(std::size_t n) {
    requireSize("kendallNullCdf", n, kMaxKendall);
    return cumulated(kendallNull(n));
}

}  // namespace stats
