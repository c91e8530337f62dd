// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/runs/run_record.h"

namespace runs {

/// One planned run of a cell and what became of it; result only when Done.
struct RunOutcome {
    RunId id;
    std::int64_t seed = 0;
    RunStatus status = RunStatus::Empty;
    std::int64_t step = 0;
    std::int64_t totalSteps = 0;
    std::string message;
    std::optional<RunResult> result;
};

/// All planned runs that differ in nothing but the seed.
struct CellOutcome {
    std::int64_t length = 0;
    double keepRatio = 1.0;
    std::int64_t keep = 0;
    experiment::AttentionKind attention = experiment::AttentionKind::Sparse;
    experiment::Selector selector = experiment::Selector::Aligned;
    double learningRateFactor = 1.0;
    double pairsKept = 1.0;
    std::vector<RunOutcome> runs;  // in order of seed as planned

    std::size_t count(RunStatus status) const;
    /// Final losses of the finished runs, in the order of runs.
    std::vector<double> finalLosses() const;
};

/// Medians and quartiles of the timing pass for one cell, milliseconds per optimiser step at E = 1.
struct CellTiming {
    std::int64_t length = 0;
    double keepRatio = 1.0;
    experiment::AttentionKind attention = experiment::AttentionKind::Sparse;
    std::string device;
    double medianMs = 0.0;  // median of the rounds' medians
    double lowerQuartileMs = 0.0;
    double upperQuartileMs = 0.0;
    std::vector<double> roundMediansMs;
    std::int64_t stepsPerRound = 0;
    std::int64_t tokensPerStep = 0;
    double tokensPerSecond = 0.0;
    std::int64_t peakBytes = 0;
    bool operator==(const CellTiming&) const = default;
};

/// Lengths x (ratios, dense) x seeds, complete: statistics and exports read this and nothing else.
/// Cells are ordered as planned: lengths outermost, ratios inside, the dense reference last.
struct ResultsTable {
    std::string name;
    std::vector<std::int64_t> lengths;
    std::vector<double> keepRatios;   // without the dense reference
    std::vector<std::int64_t> seeds;  // the blocks, union over all cells
    bool hasDense = false;
    std::vector<CellOutcome> cells;
    std::vector<CellTiming> timing;

    /// The grid's own cell: added runs with another selector or learning-rate factor have cells
    /// after it.
    const CellOutcome* cell(std::int64_t length, double keepRatio) const;
    const CellOutcome* denseCell(std::int64_t length) const;
    const CellTiming* cellTiming(const CellOutcome& cell) const;
    /// Final losses of one length, [ratios][seeds]; nullopt where a run is missing, failed or
    /// diverged.
    std::vector<std::vector<std::optional<double>>> finalLosses(std::int64_t length) const;
    std::size_t planned() const;
    std::size_t count(RunStatus status) const;
    /// Every planned run is Done, Failed or Diverged: statistics are no longer interim.
    bool complete() const;
};

/// First curve point whose loss is at most `loss`: convergence against the dense reference (loss
/// = 1.02 x its final curve loss). nullopt if never reached.
std::optional<CurvePoint> firstAtOrBelow(std::span<const CurvePoint> curve, double loss);

}  // namespace runs
