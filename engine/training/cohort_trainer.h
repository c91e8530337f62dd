// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/data/corpus.h"
#include "engine/experiment/settings.h"
#include "engine/result.h"

namespace training {

/// Runs that share architecture, length and step count and train together in one model
/// (ARCHITECTURE.md).
struct CohortPlan {
    experiment::ModelSettings model;
    experiment::TrainingSettings training;
    std::vector<experiment::RunSpec> runs;  // E of them, one length
    std::string device = "cpu";             // "cpu" or "cuda:N"
    int threads = 1;
};

/// What one optimiser step did to one run.
struct StepReport {
    double trainLoss = 0.0;     // nats per token of this batch, before the update
    double indexLoss = 0.0;     // L_I summed over layers; 0 where no indexer trains
    double gradientNorm = 0.0;  // backbone, before clipping
    double indexGradientNorm = 0.0;
    double learningRate = 0.0;
};

/// Sparsity diagnostics of one layer over the evaluated tokens.
struct LayerDiagnostics {
    double recall = 0.0;  // dense attention mass that the selected set captures, mean over queries
    double indexLoss = 0.0;      // L_I over the selected set
    double meanDistance = 0.0;   // mean t - s of the selection
    double oracleOverlap = 0.0;  // share of the oracle's set that was selected
};

struct Evaluation {
    double loss = 0.0;      // mean nats per token
    double accuracy = 0.0;  // share of tokens whose argmax is right
    std::int64_t tokens = 0;
    std::vector<LayerDiagnostics>
        layers;  // over the first batch only, unless evaluateFully() made it
};

enum class ElementType { Float32, Int64 };

/// One tensor of one run's state, with an ordinary parameter name
/// ("blocks.0.attention.qkv.weight"), moments under "optimizer.first." and "optimizer.second.".
/// Row-major.
struct StateTensor {
    std::string name;
    ElementType type = ElementType::Float32;
    std::vector<std::int64_t> shape;
    std::vector<std::byte> bytes;
};

/// The checkpointable state of one run: everything that resume needs besides the settings.
struct RunState {
    std::int64_t step = 0;  // optimiser steps done
    std::vector<StateTensor> tensors;
};

struct TimingReport {
    double medianMs = 0.0, lowerQuartileMs = 0.0, upperQuartileMs = 0.0;  // of one step
    std::int64_t steps = 0;
    std::int64_t tokensPerStep = 0;
    std::int64_t peakBytes = 0;
};

/// One check of preflight().
struct GateResult {
    std::string gate;  // "future leak", "indexer gradient", ...
    bool passed = false;
    std::string detail;  // what was measured, against which bound
};

/// Trains one cohort. Not thread-safe: one engine thread owns it. All numbers are per run, in the
/// plan's order.
class CohortTrainer {
public:
    /// Builds the model on the plan's device with each run's seeded initial weights.
    static engine::Result<std::unique_ptr<CohortTrainer>> create(
        CohortPlan plan, std::shared_ptr<const data::Corpus> corpus);
    virtual ~CohortTrainer() = default;

    virtual const CohortPlan& plan() const = 0;
    virtual std::int64_t step() const = 0;  // optimiser steps done
    virtual std::int64_t totalSteps() const = 0;
    virtual std::int64_t tokensPerStep() const = 0;  // of one run

    /// One optimiser step of every run. Errors: OutOfMemory; a loss that is not finite is reported,
    /// not an error.
    virtual engine::Result<std::vector<StepReport>> trainStep() = 0;
    /// The first `tokens` of the validation split; diagnostics of its first batch.
    virtual engine::Result<std::vector<Evaluation>> evaluate(std::int64_t tokens) = 0;
    /// The whole validation split, with diagnostics.
    virtual engine::Result<std::vector<Evaluation>> evaluateFully() = 0;

    virtual RunState saveState(std::size_t run) const = 0;
    /// All runs at once, all at the same step. Error names the tensor that does not fit.
    virtual engine::Result<void> loadState(std::span<const RunState> states) = 0;
    /// Drops runs (cancelled, diverged) without disturbing the others; indices into plan().runs.
    virtual void removeRuns(std::span<const std::size_t> runs) = 0;
    /// Peak memory since create(): device allocator's peak, or peak RSS of the process on a CPU.
    virtual std::int64_t peakBytes() const = 0;
};

/// The gates that every kind of model passes before its first step: leak, gradients, keep-all,
/// initial loss, order.
engine::Result<std::vector<GateResult>> preflight(const CohortPlan& plan,
                                                  const data::Corpus& corpus);

/// The timing pass of one cell: E = 1, fresh weights, synchronised, first steps left out.
engine::Result<TimingReport> timeSteps(const CohortPlan& plan,
                                       std::shared_ptr<const data::Corpus> corpus,
                                       std::int64_t steps);

/// "cpu", and "cuda:N" where a driver and engine_cuda answer.
std::vector<std::string> availableDevices();

/// One line for the environment record: threads, instruction set, GEMM rate reached, library
/// versions.
std::string environmentDescription();

/// Prepares allocator and matrix library for this process; call once before any trainer.
void prepareProcess();

}  // namespace training
