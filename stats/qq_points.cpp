// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/qq_points.h"

#include <algorithm>

#include "stats/arguments.h"
#include "stats/descriptives.h"
#include "stats/distributions.h"

namespace stats {

QqPoints normalQqPoints(Sample values) {
    requireCount("normalQqPoints", "values", values.size(), 1, "values");
    requireFinite("normalQqPoints", "values", values);
    QqPoints points;
    points.ordered.assign(values.begin(), values.end());
    std::sort(points.ordered.begin(), points.ordered.end());
    const auto n = static_cast<double>(values.size());
    const double a = values.size() <= 10 ? 0.375 : 0.5;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double position = (static_cast<double>(i + 1) - a) / (n + 1 - 2 * a);
        points.theoretical.push_back(normalQuantile(position));
    }
    const double lower = quantileOfSorted(points.ordered, 0.25);
    const double upper = quantileOfSorted(points.ordered, 0.75);
    points.slope = (upper - lower) / (normalQuantile(0.75) - normalQuantile(0.25));
    points.intercept = lower - points.slope * normalQuantile(0.25);
    return points;
}

}  // namespace stats
