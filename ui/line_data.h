// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace ui {

// Lines grow at their end only. Where an earlier point changes a new object takes the place of the
// old one, so that who has drawn n points of an object has to look at those after n only.

/// Points of one line in order of x; a y that is not finite breaks the line.
struct LineData {
    std::vector<double> x;
    std::vector<double> y;
};

/// A band between two lines in order of x; a bound that is not finite breaks it.
struct BandData {
    std::vector<double> x;
    std::vector<double> lower;
    std::vector<double> upper;
};

/// The last y at or before x; NaN where the line has none.
double valueAt(const LineData& line, double x);

/// The last point at or before x, for bands as for lines; -1 where there is none.
std::ptrdiff_t placeAt(const std::vector<double>& xs, double x);

/// A line together with the steps at which its points were recorded.
struct RunLine {
    std::vector<std::int64_t> steps;
    std::shared_ptr<LineData> data = std::make_shared<LineData>();
};

}  // namespace ui
