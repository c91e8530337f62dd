// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/study_chart.h"

namespace ui {

enum class EfficiencyQuantity { StepTime, PeakMemory };

/// Time per step or peak memory against keep ratio, a line for each length.
StudyChart efficiencyChart(const EfficiencyData& data, EfficiencyQuantity quantity,
                           const ChartLook& look);

}  // namespace ui
