// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/seed_mean.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "stats/descriptives.h"

namespace ui {
namespace {

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();
constexpr double kConfidence = 0.95;
constexpr double kLargest = 1e150;  // what stats averages

stats::BandKind kindOf(SeedBand band) {
    switch (band) {
        case SeedBand::EachSeed:
        case SeedBand::MinToMax:
            return stats::BandKind::MinToMax;
        case SeedBand::StandardDeviation:
            return stats::BandKind::StandardDeviation;
        case SeedBand::StandardError:
            return stats::BandKind::StandardError;
        case SeedBand::TInterval:
            return stats::BandKind::TInterval;
    }
    return stats::BandKind::TInterval;
}

}  // namespace

std::ptrdiff_t placeAt(const std::vector<double>& xs, double x) {
    return std::upper_bound(xs.begin(), xs.end(), x) - xs.begin() - 1;
}

double valueAt(const LineData& line, double x) {
    const std::ptrdiff_t place = placeAt(line.x, x);
    return place < 0 ? kMissing : line.y[static_cast<std::size_t>(place)];
}

SeedMean::SeedMean(std::vector<std::shared_ptr<const RunLine>> runs, SeedBand band)
    : m_runs(std::move(runs)), m_places(m_runs.size()), m_values(m_runs.size()) {
    if (m_runs.size() < 2) return;
    m_band.emplace(kindOf(band), kConfidence);
    if (band != SeedBand::EachSeed) m_bandData = std::make_shared<BandData>();
}

std::shared_ptr<const LineData> SeedMean::mean() const {
    return m_runs.size() == 1 ? m_runs.front()->data : m_mean;
}

void SeedMean::extend() {
    if (m_runs.size() < 2) return;
    while (atCommonStep()) {
        addPoint();
        for (std::size_t& place : m_places) ++place;
    }
}

/// Moves every run to the next step that all have; false when one of them has none yet.
bool SeedMean::atCommonStep() {
    std::int64_t wanted = std::numeric_limits<std::int64_t>::min();
    bool moved = true;
    while (moved) {
        moved = false;
        for (std::size_t run = 0; run < m_runs.size(); ++run) {
            const std::vector<std::int64_t>& steps = m_runs[run]->steps;
            std::size_t& place = m_places[run];
            while (place < steps.size() && steps[place] < wanted) ++place;
            if (place == steps.size()) return false;
            moved = moved || steps[place] > wanted;
            wanted = std::max(wanted, steps[place]);
        }
    }
    return true;
}

void SeedMean::addPoint() {
    // Runs reach a step at different times: there the mean stands at their mean time.
    for (std::size_t run = 0; run < m_runs.size(); ++run)
        m_values[run] = m_runs[run]->data->x[m_places[run]];
    const double x = stats::mean(m_values);
    bool finite = true;
    for (std::size_t run = 0; run < m_runs.size(); ++run) {
        m_values[run] = m_runs[run]->data->y[m_places[run]];
        finite = finite && std::abs(m_values[run]) <= kLargest;
    }
    // A run that is not finite here breaks the mean as it breaks its own line.
    const stats::BandPoint point =
        finite ? m_band->at(m_values) : stats::BandPoint{kMissing, {kMissing, kMissing}};
    m_mean->x.push_back(x);
    m_mean->y.push_back(point.mean);
    if (!m_bandData) return;
    m_bandData->x.push_back(x);
    m_bandData->lower.push_back(point.band.lower);
    m_bandData->upper.push_back(point.band.upper);
}

SmoothedLine::SmoothedLine(std::shared_ptr<const LineData> raw, int halfLife)
    : m_raw(std::move(raw)), m_mean(halfLife) {}

void SmoothedLine::extend() {
    for (std::size_t at = m_data->x.size(); at < m_raw->x.size(); ++at) {
        m_data->x.push_back(m_raw->x[at]);
        m_data->y.push_back(std::isfinite(m_raw->y[at]) ? m_mean.add(m_raw->y[at]) : kMissing);
    }
}

}  // namespace ui
