// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <qcustomplot.h>

#include <memory>
#include <utility>

#include "ui/line_plot.h"

inline constexpr QSize kPlotSize(700, 400);

/// Points of a function at 0 to count - 1.
template <class Function>
std::shared_ptr<ui::LineData> line(int count, const Function& y) {
    auto data = std::make_shared<ui::LineData>();
    for (int at = 0; at < count; ++at) {
        data->x.push_back(at);
        data->y.push_back(y(double(at)));
    }
    return data;
}

/// Shows this line alone, in red.
inline void drawLine(ui::LinePlot& plot, std::shared_ptr<const ui::LineData> data) {
    plot.resize(kPlotSize);
    plot.show();
    plot.setLines({{"line", "a line", Qt::red, Qt::SolidLine, 2.0, std::move(data)}});
    plot.canvas().replot(QCustomPlot::rpImmediateRefresh);
}
