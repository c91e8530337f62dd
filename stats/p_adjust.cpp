// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/p_adjust.h"

#include <algorithm>
#include <limits>
#include <numeric>

#include "stats/arguments.h"

namespace stats {
namespace {

/// p ascending -> adjusted, ascending; scale(i) multiplies the i-th smallest (0-based).
template <typename Scale>
std::vector<double> stepDown(const std::vector<double>& sorted, Scale scale) {
    std::vector<double> adjusted(sorted.size());
    double largest = 0;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        largest = std::max(largest, sorted[i] * scale(i));
        adjusted[i] = std::min(1.0, largest);
    }
    return adjusted;
}

template <typename Scale>
std::vector<double> stepUp(const std::vector<double>& sorted, Scale scale) {
    std::vector<double> adjusted(sorted.size());
    double smallest = 1;
    for (std::size_t i = sorted.size(); i-- > 0;) {
        smallest = std::min(smallest, sorted[i] * scale(i));
        adjusted[i] = smallest;
    }
    return adjusted;
}

/// Closed testing with Simes' test (Hommel 1988), in the O(n^2) form of Wright 1992.
std::vector<double> hommel(const std::vector<double>& sorted) {
    const std::size_t n = sorted.size();
    const auto at = [&](std::size_t i) { return sorted[i] / static_cast<double>(i + 1); };
    double simes = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < n; ++i) simes = std::min(simes, static_cast<double>(n) * at(i));
    std::vector<double> adjusted(n, simes);
    std::vector<double> atSize(n, simes);
    for (std::size_t m = n; m-- > 2;) {
        // subsets of m hypotheses: the m - 1 largest p take part with denominators 2..m
        const auto size = static_cast<double>(m);
        double smallest = std::numeric_limits<double>::infinity();
        for (std::size_t k = 2; k <= m; ++k) {
            smallest = std::min(smallest, size * sorted[n - m + k - 1] / static_cast<double>(k));
        }
        for (std::size_t i = 0; i <= n - m; ++i) {
            atSize[i] = std::min(size * sorted[i], smallest);
        }
        for (std::size_t i = n - m + 1; i < n; ++i) atSize[i] = atSize[n - m];
        for (std::size_t i = 0; i < n; ++i) adjusted[i] = std::max(adjusted[i], atSize[i]);
    }
    for (std::size_t i = 0; i < n; ++i) adjusted[i] = std::clamp(adjusted[i], sorted[i], 1.0);
    return adjusted;
}

std::vector<double> adjustSorted(const std::vector<double>& sorted, Adjustment adjustment) {
    const auto n = static_cast<double>(sorted.size());
    const auto remaining = [&](std::size_t i) { return n - static_cast<double>(i); };
    const auto falseShare = [&](std::size_t i) { return n / static_cast<double>(i + 1); };
    switch (adjustment) {
        case Adjustment::None:
            return sorted;
        case Adjustment::Bonferroni:
            return stepDown(sorted, [&](std::size_t) { return n; });
        case Adjustment::Holm:
            return stepDown(sorted, remaining);
        case Adjustment::Hochberg:
            return stepUp(sorted, remaining);
        case Adjustment::Hommel:
            return hommel(sorted);
        case Adjustment::BenjaminiHochberg:
            return stepUp(sorted, falseShare);
        case Adjustment::BenjaminiYekutieli:
            break;
    }
    double harmonic = 0;
    for (double i = 1; i <= n; ++i) harmonic += 1 / i;
    return stepUp(sorted, [&](std::size_t i) { return harmonic * falseShare(i); });
}

}  // namespace

const char* toText(Adjustment adjustment) {
    switch (adjustment) {
        case Adjustment::None:
            return "none";
        case Adjustment::Bonferroni:
            return "Bonferroni";
        case Adjustment::Holm:
            return "Holm";
        case Adjustment::Hochberg:
            return "Hochberg";
        case Adjustment::Hommel:
            return "Hommel";
        case Adjustment::BenjaminiHochberg:
            return "Benjamini-Hochberg";
        case Adjustment::BenjaminiYekutieli:
            return "Benjamini-Yekutieli";
    }
    return "unknown";
}

std::vector<double> adjustP(Sample p, Adjustment adjustment) {
    for (const double value : p) requireProbability("adjustP", "p", value);
    std::vector<std::size_t> order(p.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return p[a] < p[b]; });
    std::vector<double> sorted;
    for (const std::size_t index : order) sorted.push_back(p[index]);
    const std::vector<double> adjusted = adjustSorted(sorted, adjustment);
    std::vector<double> result(p.size());
    for (std::size_t i = 0; i < order.size(); ++i) result[order[i]] = adjusted[i];
    return result;
}

}  // namespace stats
