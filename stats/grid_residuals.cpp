// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/grid_residuals.h"

#include <algorithm>

#include "stats/descriptives.h"
#include "stats/qq_points.h"

namespace stats {

ResidualPlot residualPlot(const GridTable& table, std::size_t length,
                          std::span<const std::size_t> ratios) {
    ResidualPlot plot;
    for (std::size_t position = 0; position < ratios.size(); ++position) {
        const auto cell = table.cell(length, ratios[position]);
        std::vector<double> losses;
        for (const GridRun& run : cell)
            if (run.state == RunState::Done) losses.push_back(run.loss);
        if (losses.empty()) continue;
        const double centre = mean(losses);
        for (std::size_t s = 0; s < cell.size(); ++s)
            if (cell[s].state == RunState::Done)
                plot.points.push_back({position, table.seeds[s], cell[s].loss - centre, 0});
    }
    std::stable_sort(
        plot.points.begin(), plot.points.end(),
        [](const ResidualPoint& a, const ResidualPoint& b) { return a.residual < b.residual; });
    std::vector<double> residuals;
    for (const ResidualPoint& point : plot.points) residuals.push_back(point.residual);
    const QqPoints points = normalQqPoints(residuals);
    for (std::size_t i = 0; i < plot.points.size(); ++i)
        plot.points[i].quantile = points.theoretical[i];
    plot.intercept = points.intercept;
    plot.slope = points.slope;
    return plot;
}

}  // namespace stats
