// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/study_chart.h"

namespace ui {

/// The keep ratio with the lowest mean loss of each length as bars with bootstrap intervals.
StudyChart optimalRatioChart(const OptimalRatioData& data, const ChartLook& look);

}  // namespace ui
