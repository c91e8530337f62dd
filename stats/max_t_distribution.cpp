// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/max_t_distribution.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "stats/arguments.h"
#include "stats/distributions.h"
#include "stats/normal_maximum.h"
#include "stats/root_search.h"

namespace stats {
namespace {

constexpr std::size_t kTablesKept = 16;

/// The tables cost most of the work and depend on loadings and sides alone; a grid has few of them.
/// One cache per thread, because tables grow while they are read.
std::shared_ptr<NormalMaximum> normalMaximum(std::vector<double> loadings, Sides sides) {
    std::sort(loadings.begin(), loadings.end());
    thread_local std::map<std::pair<Sides, std::vector<double>>, std::shared_ptr<NormalMaximum>>
        kept;
    const auto key = std::make_pair(sides, loadings);
    if (const auto found = kept.find(key); found != kept.end()) return found->second;
    if (kept.size() >= kTablesKept) kept.clear();
    return kept[key] = std::make_shared<NormalMaximum>(loadings, sides);
}

double scaleStepOf(double df) {
    return std::isinf(df) ? 1 : std::min(0.12, 0.6 / std::sqrt(2 * df));
}

}  // namespace

MaxTDistribution::MaxTDistribution(std::vector<double> loadings, double df, Sides sides)
    : m_count(loadings.size()), m_df(df), m_sides(sides), m_tail(df, scaleStepOf(df)) {
    requireCount("MaxTDistribution", "loadings", loadings.size(), 1, "comparisons");
    for (const double loading : loadings) requireInsideUnit("MaxTDistribution", "loading", loading);
    requireDegreesOfFreedom("MaxTDistribution", "df", df);
    if (sides == Sides::Less) refuse("MaxTDistribution", "sides", "must be two or greater");
    m_normal = normalMaximum(std::move(loadings), sides);
}

double MaxTDistribution::sf(double c) const {
    requireNotNan("MaxTDistribution::sf", "c", c);
    if (m_count == 1) {
        return m_sides == Sides::Two ? (c <= 0 ? 1 : studentTTwoSided(c, m_df))
                                     : studentTSf(c, m_df);
    }
    if (m_sides == Sides::Two && c <= 0) return 1;
    return m_tail.at(c, [this](double x) { return m_normal->upperTail(x); });
}

double MaxTDistribution::quantileUpper(double p) const {
    requireInsideUnit("MaxTDistribution::quantileUpper", "p", p);
    const double one = m_sides == Sides::Two ? p / 2 : p;
    double low = studentTQuantileUpper(one, m_df);  // a single comparison
    if (m_count == 1) return low;
    double high = studentTQuantileUpper(one / static_cast<double>(m_count), m_df);  // Bonferroni
    const auto fast =
        m_tail.quantileUpper(p, high, [this](double x) { return m_normal->upperTail(x); });
    if (fast) return *fast;
    low -= 1e-9 * (1 + std::abs(low));
    high += 1e-9 * (1 + std::abs(high));
    return rootBetween([&](double c) { return std::log(sf(c) / p); }, low, high);
}

}  // namespace stats
