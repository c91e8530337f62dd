// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/experiment/settings.h"
#include "engine/training/cohort_trainer.h"

namespace runs {

/// Names one run for good: its folder below EXPERIMENT/runs, "L0256-k064/42-1f2e3d4c5b6a".
using RunId = std::string;

enum class RunStatus {
    Empty,             ///< planned, nothing trained
    Queued,            ///< waits in this process's queue
    Running,           ///< trained by a lane of this process
    RunningElsewhere,  ///< trained by another process that is alive
    Paused,            ///< has a checkpoint to continue from
    Done,
    Failed,
    Diverged,
    Damaged,  ///< its folder cannot be read; RunView::message says why and what helps
};

const char* name(RunStatus status);

/// One line of the metrics: always the training numbers, with validation numbers at planned points.
/// A number that was not finite is kept as NaN or infinity.
struct MetricPoint {
    std::int64_t step = 0;    // optimiser steps done
    std::int64_t tokens = 0;  // seen by this run so far
    double trainLoss = 0.0;   // nats per token of the step's batch, before its update
    double learningRate = 0.0;
    double gradientNorm = 0.0;                 // backbone, before clipping
    double indexGradientNorm = 0.0;            // indexer, before clipping
    double indexLoss = 0.0;                    // L_I summed over layers
    double tokensPerSecond = 0.0;              // of this run since the last line
    double elapsedSeconds = 0.0;               // trained so far, over all attempts
    std::optional<double> validationLoss;      // nats per token over curveTokens
    std::optional<double> validationAccuracy;  // share of tokens
    std::optional<double>
        recall;  // dense attention mass that the selection keeps, mean over layers
    bool operator==(const MetricPoint&) const = default;
};

/// One point of the validation curve; all points of a run read the same tokens.
struct CurvePoint {
    std::int64_t step = 0;
    std::int64_t tokens = 0;
    double trainLoss = 0.0;
    double validationLoss = 0.0;
    double validationAccuracy = 0.0;
    double elapsedSeconds = 0.0;
    bool operator==(const CurvePoint&) const = default;
};

/// What a finished run leaves behind (result.json). Loss in nats per token.
struct RunResult {
    double finalLoss = 0.0;      // whole validation split
    double finalAccuracy = 0.0;  // whole validation split
    double perplexity = 0.0;     // exp(finalLoss)
    double bitsPerByte = 0.0;    // finalLoss / ln 2, one token being one byte
    double finalTrainLoss = 0.0;
    std::int64_t validationTokens = 0;  // read for finalLoss

    std::vector<CurvePoint> curve;  // planned points, over the first curveTokens of the split
    std::int64_t curveTokens = 0;
    double minCurveLoss = 0.0;  // smallest of the curve; compare it with curve.back()
    std::int64_t minCurveStep = 0;
    std::int64_t convergenceStep = 0;  // first point within 2 % of the curve's last loss
    std::int64_t convergenceTokens = 0;
    double areaUnderCurve = 0.0;    // trapezoids of validation loss over tokens / tokens spanned
    bool fallingSteeply = false;    // lost more than 1 % over the last tenth of the curve
    bool roseAfterMinimum = false;  // last loss more than 1 % above the curve's minimum

    double elapsedSeconds = 0.0;   // of the cohort, evaluation included, over all attempts
    double tokensPerSecond = 0.0;  // of this run, training steps only
    std::int64_t cohortSize = 1;   // runs it was stacked with, itself included
    std::int64_t lanes = 1;        // lanes that shared the machine
    std::int64_t peakBytes = 0;
    double pairsKept = 1.0;
    std::int64_t keep = 0;
    std::int64_t steps = 0;
    std::int64_t tokensSeen = 0;
    double epochs = 0.0;
    std::vector<training::LayerDiagnostics> layers;
};

/// Why a run ended without a result (failure.json).
struct RunFailure {
    RunStatus status = RunStatus::Failed;  // Failed or Diverged
    int exitCode = 0;                      // engine::exitCode of the error
    std::int64_t step = 0;
    std::string message;
};

/// What a run was started with (run.json), as text for the inspector.
struct RunDescription {
    experiment::RunSpec spec;
    std::string settingsJson;  // experiment settings at the start of the attempt
    std::string environment;   // training::environmentDescription()
    std::string corpus;        // description
    std::string corpusSha256;
    std::string engineVersion;
    std::string device;
    int threads = 1;
    std::int64_t lanes = 1;
    std::int64_t totalSteps = 0;
    std::vector<RunId> cohort;  // in stacking order, itself included
    std::vector<training::GateResult> gates;
};

/// One run as a view shows it. A value: copy it freely.
struct RunView {
    RunId id;
    experiment::RunSpec spec;
    RunStatus status = RunStatus::Empty;
    std::int64_t step = 0;
    std::int64_t totalSteps = 0;
    std::optional<MetricPoint> latest;     // newest known line
    std::optional<double> validationLoss;  // newest known point of the curve
    std::optional<RunResult> result;       // status Done
    std::string message;                   // why failed, diverged or damaged; where it runs
    std::int64_t cohortSize = 0;           // while running, or of its checkpoint; 0: not known
    int lane = -1;                         // while Running
};

}  // namespace runs
