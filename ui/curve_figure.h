// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>

#include "ui/figure_file.h"
#include "ui/figure_series.h"

namespace ui {

/// Whether a finished run of this length has a validation curve.
bool hasCurves(const FigureData& data, std::int64_t length);

/// Validation loss against tokens of one length: one colour per keep ratio, the dense reference
/// grey; the mean over seeds with a band of one standard deviation, every seed as a thin line.
Figure curveFigure(std::shared_ptr<const FigureData> data, std::int64_t length);

}  // namespace ui
