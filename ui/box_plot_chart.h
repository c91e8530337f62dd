// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/study_chart.h"

namespace ui {

/// Final losses of one length: a box and its single runs for each keep ratio.
StudyChart boxPlotChart(const BoxPlotData& data, const ChartLook& look);

}  // namespace ui
