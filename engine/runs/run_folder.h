// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "engine/result.h"
#include "engine/runs/attempt.h"
#include "engine/runs/metrics_log.h"
#include "engine/runs/run_record.h"
#include "engine/training/cohort_trainer.h"

namespace runs {

// The only code that reads or writes EXPERIMENT/runs/<cell>/<seed>-<hash>/:
//   run.json               what the newest attempt was started with
//   attempt-N              who has or had the right to write
//   metrics-N.jsonl        the attempt's lines
//   checkpoint.safetensors and checkpoint.previous.safetensors: two generations, so that a cohort
//   that was killed
//                          between two of its saves still finds a step that all its runs have
//   result.json or failure.json

/// What a run has accumulated up to a checkpoint, besides its tensors.
struct RunProgress {
    double elapsedSeconds = 0.0;  // of the cohort, evaluation included
    double trainSeconds = 0.0;    // of the cohort, in training steps only
    double firstLoss = 0.0;       // of step 1, for the guardian
    double lastTrainLoss = 0.0;
    std::int64_t peakBytes = 0;
    std::vector<CurvePoint> curve;
    std::int64_t saves =
        0;  // checkpoints of the run so far: after the first one, step 0 is the previous generation
};

enum class Generation { Newest, Previous };

/// A checkpoint as its header tells it; the tensors are not read.
struct CheckpointInfo {
    Generation generation = Generation::Newest;
    std::int64_t step = 0;
    std::vector<RunId> cohort;  // in stacking order
    RunProgress progress;
    bool withMoments = true;  // false: the slim copy that a finished run keeps
};

struct Checkpoint {
    CheckpointInfo info;
    training::RunState state;
};

/// What a run folder says. Never fails: what cannot be read makes the run Damaged, with a sentence.
struct RunFolderState {
    RunStatus status = RunStatus::Empty;
    std::int64_t step = 0;
    std::optional<RunResult> result;
    std::optional<RunFailure> failure;
    std::string message;
    int attempt = 0;
    std::int64_t cohortSize = 0;  // of the newest checkpoint; 0: there is none
};
RunFolderState readRunFolder(const std::filesystem::path& folder);

/// Readable checkpoints, newest first; damaged ones are left out and named in `complaints`.
std::vector<CheckpointInfo> readCheckpoints(const std::filesystem::path& folder,
                                            std::vector<std::string>& complaints);
/// Verified whole. Errors: Io, Data (damaged).
engine::Result<Checkpoint> loadCheckpoint(const std::filesystem::path& folder,
                                          Generation generation);

/// Renames a damaged checkpoint so that it is no longer used.
void discardCheckpoint(const std::filesystem::path& folder, Generation generation);
/// Back to step 0. For the holder of the run's attempt.
void removeCheckpoints(const std::filesystem::path& folder);
/// Makes the previous checkpoint the newest. For the holder of the run's attempt.
void adoptPreviousCheckpoint(const std::filesystem::path& folder);

struct RunMetrics {
    std::vector<MetricPoint> points;  // merged, by step
    std::int64_t damagedLines = 0;
    int attempts = 0;
};
/// Error Io if a metrics file cannot be read at all; a missing folder has no metrics.
engine::Result<RunMetrics> readRunMetrics(const std::filesystem::path& folder);
/// The newest line of the newest attempt, read from the end of its file; nullopt if there is none.
std::optional<MetricPoint> readLatestMetric(const std::filesystem::path& folder);
engine::Result<RunDescription> readDescription(const std::filesystem::path& folder);

/// Makes a failed, diverged or damaged run trainable again; its records stay beside under other
/// names. Errors: Io; Superseded if the run is being trained.
engine::Result<void> resetRunFolder(const std::filesystem::path& folder);

/// The one writer of a run folder. Every save checks first that the attempt is still the newest.
class RunWriter {
public:
    /// Makes the folder and claims an attempt. Errors: Io; Superseded if it is trained elsewhere or
    /// finished.
    static engine::Result<RunWriter> open(const std::filesystem::path& folder);

    int attempt() const { return m_attempt.number(); }
    engine::Result<void> saveDescription(const RunDescription& description);
    engine::Result<void> beginMetrics(std::int64_t step);
    /// beginMetrics() comes first. Error Io.
    engine::Result<void> append(const MetricPoint& point);
    /// The older newest checkpoint becomes the previous one.
    engine::Result<void> saveCheckpoint(const training::RunState& state,
                                        const std::vector<RunId>& cohort,
                                        const RunProgress& progress);
    /// At most one result is ever written: Superseded if there is one.
    engine::Result<void> saveResult(const RunResult& result);
    engine::Result<void> saveFailure(const RunFailure& failure);
    /// After the result: keeps one checkpoint, without optimiser moments.
    engine::Result<void> slimCheckpoint(training::RunState state, const std::vector<RunId>& cohort,
                                        const RunProgress& progress);
    void beat() const { m_attempt.beat(); }
    void release() { m_attempt.release(); }

private:
    RunWriter(std::filesystem::path folder, Attempt attempt)
        : m_folder(std::move(folder)), m_attempt(std::move(attempt)) {}

    std::filesystem::path m_folder;
    Attempt m_attempt;
    std::optional<MetricsWriter> m_metrics;
};

}  // namespace runs
