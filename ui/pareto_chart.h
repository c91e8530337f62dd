// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/study_chart.h"

namespace ui {

/// Mean loss against time per step at one length; what no other keep ratio beats is connected.
StudyChart paretoChart(const ParetoData& data, const ChartLook& look);

}  // namespace ui
