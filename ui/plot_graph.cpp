// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot_graph.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "stats/descriptives.h"
#include "ui/ink_graph.h"

namespace ui {

void Extent::add(double value) {
    if (!std::isfinite(value)) return;
    lower = std::min(lower, value);
    upper = std::max(upper, value);
    if (value > 0.0) lowerPositive = std::min(lowerPositive, value);
}

void Extent::add(const Extent& other) {
    lower = std::min(lower, other.lower);
    upper = std::max(upper, other.upper);
    lowerPositive = std::min(lowerPositive, other.lowerPositive);
}

void PlotGraph::follow(std::shared_ptr<const void> line, const std::vector<double>& x,
                       const std::vector<double>& y) {
    if (line != m_line || x.size() < m_count) {
        m_graph->data()->clear();
        m_graph->restart();
        m_count = m_innerCount = 0;
        m_x = m_y = m_inner = {};
        m_line = std::move(line);
    }
    if (x.size() == m_count) return;
    QVector<QCPGraphData> fresh;
    fresh.reserve(static_cast<qsizetype>(x.size() - m_count));
    for (; m_count < x.size(); ++m_count) {
        // An infinite value would be drawn as a line to nowhere: it breaks the line as NaN does.
        const double value = y[m_count];
        fresh.push_back({x[m_count], std::isfinite(value) ? value : qQNaN()});
        m_x.add(x[m_count]);
        m_y.add(value);
    }
    m_graph->data()->add(fresh, true);
}

const Extent& PlotGraph::innerY() {
    constexpr double kLow = 0.01;
    constexpr double kHigh = 0.99;
    if (20 * (m_count - m_innerCount) < m_count || m_count == 0) return m_inner;
    std::vector<double> values;
    values.reserve(m_count);
    for (const QCPGraphData& point : *m_graph->data())
        if (std::isfinite(point.value)) values.push_back(point.value);
    m_innerCount = m_count;
    m_inner = {};
    if (values.empty()) return m_inner;
    std::sort(values.begin(), values.end());
    m_inner.add(stats::quantileOfSorted(values, kLow));
    m_inner.add(stats::quantileOfSorted(values, kHigh));
    return m_inner;
}

std::optional<double> PlotGraph::xBefore(double x) const {
    const auto data = m_graph->data();
    const auto at = data->findBegin(x, false);  // the first that is not before it
    return at == data->constBegin() ? std::nullopt : std::optional((at - 1)->key);
}

std::optional<double> PlotGraph::xAfter(double x) const {
    const auto data = m_graph->data();
    const auto at = data->findEnd(x, false);  // the first that is behind it
    return at == data->constEnd() ? std::nullopt : std::optional(at->key);
}

std::size_t PlotGraph::outside(double lower, double upper) const {
    const auto data = m_graph->data();
    return static_cast<std::size_t>(std::count_if(
        data->constBegin(), data->constEnd(),
        [&](const QCPGraphData& point) { return point.value < lower || point.value > upper; }));
}

}  // namespace ui
