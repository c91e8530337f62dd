// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/data/corpus.h"
#include "engine/experiment/settings.h"
#include "engine/result.h"
#include "engine/runs/events.h"
#include "engine/runs/queue.h"
#include "engine/runs/results_table.h"
#include "engine/runs/run_record.h"

namespace runs {

/// What a run's identity and step count need to know of the corpus; kept in experiment.json.
struct CorpusIdentity {
    std::string sha256;
    std::string description;
    std::int64_t vocabulary = 0;
    std::int64_t trainingTokens = 0;
    std::int64_t validationTokens = 0;
    std::optional<double>
        unigramEntropy;  // of the validation split, nats; not known to old folders
    bool operator==(const CorpusIdentity&) const = default;
};
CorpusIdentity identityOf(const data::Corpus& corpus);

enum class Access { ReadWrite, ReadOnly };

/// What is to be trained: the grid and the runs planned besides it.
struct StudyPlan {
    experiment::GridSettings grid;
    std::vector<experiment::RunSpec> added;
    bool operator==(const StudyPlan&) const = default;
};

/// Everything that a scan needs, by value.
struct ScanRequest {
    std::filesystem::path folder;
    std::vector<RunView> planned;        // id, spec, totalSteps
    std::optional<StudyPlan> plan = {};  // as it is known; nullopt: not to be looked at
};

/// What a scan found, one entry per planned run; made on any thread, merged by the study's owner.
struct StudyScan {
    std::vector<RunView> runs;
    std::vector<CellTiming> timing;
    std::int64_t strangers = 0;  // run folders of other settings, corpora or versions
    std::string message;         // why the timing file could not be read; empty if all is well
    struct Replanned {
        StudyPlan asked;  // of the request
        StudyPlan found;
    };
    std::optional<Replanned> plan;  // where experiment.json has another one by now
};
StudyScan scanRuns(const ScanRequest& request);

/// What the inspector shows of one run besides its RunView.
struct RunInspection {
    std::filesystem::path folder;
    std::optional<RunDescription> description;
    std::optional<RunFailure> failure;
    std::vector<MetricPoint> metrics;  // merged over attempts, by step
    std::int64_t damagedLines = 0;
    int attempts = 0;
    std::string message;  // why something could not be read
};

struct StudyProgress {
    std::int64_t planned = 0, done = 0, failed = 0, running = 0;
    std::int64_t stepsLeft = 0;         // of all runs that are not finished
    std::optional<double> secondsLeft;  // from measured step times; nullopt before the first
};

/// One experiment: its folder, its plan and the state of every planned run. Not thread-safe: one
/// thread owns it, applies the drained events to it and merges scans made elsewhere.
class Study {
public:
    /// Makes EXPERIMENT/experiment.json. Errors: Io; Usage if the folder already holds an
    /// experiment.
    static engine::Result<Study> create(std::filesystem::path folder,
                                        experiment::ExperimentSettings settings,
                                        CorpusIdentity corpus);
    /// Reads experiment.json only: call rescan() (or merge a scan made on another thread) for the
    /// runs.
    static engine::Result<Study> open(std::filesystem::path folder,
                                      Access access = Access::ReadWrite);
    static bool isExperiment(const std::filesystem::path& folder);
    /// What experiment.json plans now; nullopt where it cannot be read.
    static std::optional<StudyPlan> planOnDisk(const std::filesystem::path& folder);

    const std::filesystem::path& folder() const { return m_folder; }
    const experiment::ExperimentSettings& settings() const { return m_settings; }
    const CorpusIdentity& corpus() const { return m_corpus; }
    Access access() const { return m_access; }
    /// UTC time stamp of create(); empty where an older version made the experiment.
    const std::string& created() const { return m_created; }

    /// Planned runs: the grid in plannedRuns() order, then added ones.
    std::span<const RunView> runs() const { return m_runs; }
    const RunView* find(const RunId& id) const;
    /// Runs that are neither done, failed, diverged nor trained elsewhere: what resume has to
    /// train.
    std::vector<RunId> unfinished() const;
    std::vector<RunId> withStatus(RunStatus status) const;
    /// Queue items for these runs, in the given order.
    std::vector<QueueItem> queueItems(std::span<const RunId> ids) const;

    /// Changes name, lengths, ratios, seeds, selector, dense reference; run folders stay. Saves
    /// experiment.json.
    engine::Result<void> changePlan(const std::string& name, experiment::GridSettings grid);
    /// Plans runs outside the grid's product (more seeds in one cell). Saves experiment.json.
    engine::Result<void> addRuns(std::vector<experiment::RunSpec> specs);
    const std::vector<experiment::RunSpec>& addedRuns() const { return m_added; }
    /// Grid and added runs at once; on error nothing has changed.
    engine::Result<void> setPlan(const std::string& name, experiment::GridSettings grid,
                                 std::vector<experiment::RunSpec> added);
    /// Makes failed, diverged or damaged runs trainable again. Their records are kept beside the
    /// new ones.
    engine::Result<void> resetRuns(std::span<const RunId> ids);

    ScanRequest scanRequest() const {
        return {m_folder, m_runs, StudyPlan{m_settings.grid, m_added}};
    }
    /// Takes over what a scan found, except for runs that this process trains; true if anything
    /// changed.
    bool merge(StudyScan scan);
    bool rescan() { return merge(scanRuns(scanRequest())); }
    /// Takes over the plan that another process has saved; false if there is none, or if the plan
    /// was changed here since the scan was asked for. The next scan finds the runs that are new.
    bool adoptPlan(const StudyScan& scan);
    /// Follows one drained event; returns the run it concerns, empty if none.
    RunId apply(const Event& event);
    /// Shows these runs, and no others, as queued.
    void markQueued(const Queue& queue);

    engine::Result<std::vector<MetricPoint>> metrics(const RunId& id) const;
    RunInspection inspect(const RunId& id) const;
    std::filesystem::path runFolder(const RunId& id) const;
    ResultsTable results() const;
    /// Measurements of the timing pass.
    std::span<const CellTiming> timing() const { return m_timing; }
    /// `lanes`: how many trainings go on side by side.
    StudyProgress progress(std::int64_t lanes) const;
    std::int64_t strangers() const { return m_strangers; }

private:
    Study() = default;
    void plan();
    engine::Result<void> readExperiment();
    engine::Result<void> save() const;

    std::filesystem::path m_folder;
    experiment::ExperimentSettings m_settings;
    CorpusIdentity m_corpus;
    std::string m_created;
    Access m_access = Access::ReadWrite;
    std::vector<experiment::RunSpec> m_added;
    std::vector<RunView> m_runs;
    std::unordered_map<RunId, std::size_t> m_index;
    std::vector<CellTiming> m_timing;
    std::int64_t m_strangers = 0;
};

}  // namespace runs
