// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <span>

#include "engine/runs/run_record.h"
#include "ui/grid_model.h"

namespace ui {

/// What the colour of the cells can stand for.
enum class Metric {
    FinalLoss,
    Improvement,  ///< over the baseline keep ratio; made by the analysis
    Accuracy,
    Perplexity,
    ElapsedTime,
    StepTime,  ///< of the timing pass: one run alone on the device
    TokensPerSecond,
    PeakMemory,
    Recall,
    ConvergenceSteps,
};

std::span<const Metric> allMetrics();
/// "final validation loss (nats/token)"
QString title(Metric metric);
/// The same where the ratio that improvements refer to is known: "improvement vs k/L 0.5 (%)".
QString title(Metric metric, double baselineRatio);
ColourScale::Kind scaleKind(Metric metric);
/// This number of one finished run, in the unit of title(); NaN where a run has none (recall of the
/// dense reference, or what only a whole cell has).
double valueOf(Metric metric, const runs::RunResult& result);

}  // namespace ui
