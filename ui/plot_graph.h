// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <limits>
#include <memory>
#include <optional>
#include <vector>

namespace ui {

class InkGraph;

/// The span of the finite ones among values, and of the positive ones, for logarithmic axes.
struct Extent {
    double lower = std::numeric_limits<double>::infinity();
    double upper = -std::numeric_limits<double>::infinity();
    double lowerPositive = std::numeric_limits<double>::infinity();
    void add(double value);
    void add(const Extent& other);
    bool isEmpty() const { return lower > upper; }
};

/// A graph of the plot and how much of its line it has taken over.
class PlotGraph {
public:
    PlotGraph() = default;
    explicit PlotGraph(InkGraph* graph) : m_graph(graph) {}

    InkGraph* graph() const { return m_graph; }
    /// Takes over what the line has gained. `line` tells whether it is still the same one.
    void follow(std::shared_ptr<const void> line, const std::vector<double>& x,
                const std::vector<double>& y);
    const Extent& x() const { return m_x; }
    const Extent& y() const { return m_y; }
    /// The span from the 1st to the 99th percentile of y, renewed when the line has grown by a
    /// twentieth.
    const Extent& innerY();
    /// The x of the nearest points beside this x.
    std::optional<double> xBefore(double x) const;
    std::optional<double> xAfter(double x) const;
    std::size_t outside(double lower, double upper) const;

private:
    InkGraph* m_graph = nullptr;
    std::shared_ptr<const void> m_line;
    std::size_t m_count = 0;
    Extent m_x;
    Extent m_y;
    Extent m_inner;
    std::size_t m_innerCount = 0;
};

}  // namespace ui
