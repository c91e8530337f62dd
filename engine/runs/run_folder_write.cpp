// SPDX-License-Identifier: GPL-3.0-or-later
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <system_error>

#include "engine/runs/file_commit.h"
#include "engine/runs/run_files.h"
#include "engine/runs/run_folder.h"
#include "engine/runs/run_json.h"
#include "engine/runs/safetensors.h"

namespace runs {
namespace {

namespace fs = std::filesystem;

constexpr const char* kMomentPrefix = "optimizer.";

std::string realText(double value) {
    char text[32];
    return {text, std::to_chars(text, text + sizeof text, value).ptr};
}

TensorMetadata metadataOf(std::int64_t step, const std::vector<RunId>& cohort,
                          const RunProgress& progress) {
    return {{files::kStep, std::to_string(step)},
            {files::kCohort, toJson(cohort)},
            {files::kCurve, toJson(progress.curve)},
            {files::kElapsed, realText(progress.elapsedSeconds)},
            {files::kTrainSeconds, realText(progress.trainSeconds)},
            {files::kFirstLoss, realText(progress.firstLoss)},
            {files::kLastTrainLoss, realText(progress.lastTrainLoss)},
            {files::kPeakBytes, std::to_string(progress.peakBytes)},
            {files::kSaves, std::to_string(progress.saves)},
            {files::kMoments, "yes"}};
}

engine::Result<void> renameIfThere(const fs::path& from, const fs::path& to) {
    if (::rename(from.c_str(), to.c_str()) == 0 || errno == ENOENT) return {};
    return ioError("Could not rename", from, errno);
}

/// A name beside `path` that is free: path.old-1, path.old-2, ...
fs::path freeNameBeside(const fs::path& path) {
    for (int number = 1;; ++number) {
        const fs::path candidate = path.string() + ".old-" + std::to_string(number);
        std::error_code ignored;
        if (!fs::exists(fs::symlink_status(candidate, ignored))) return candidate;
    }
}

engine::Result<void> setAside(const fs::path& path) {
    return renameIfThere(path, freeNameBeside(path));
}

}  // namespace

engine::Result<RunWriter> RunWriter::open(const fs::path& folder) {
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) {
        return engine::Error{
            engine::ErrorKind::Io,
            "Could not make the run folder " + folder.string() + ": " + error.message() + "."};
    }
    if (const engine::Result<void> synced = syncFolder(folder.parent_path()); !synced)
        return synced.error();
    engine::Result<Attempt> attempt = Attempt::claim(folder);
    if (!attempt) return attempt.error();
    if (fs::exists(folder / files::kResult, error)) {
        return engine::Error{engine::ErrorKind::Superseded,
                             folder.string() + " is already finished."};
    }
    return RunWriter(folder, std::move(*attempt));
}

engine::Result<void> RunWriter::saveDescription(const RunDescription& description) {
    return commitText(m_folder / files::kDescription, toJson(description), CommitMode::Replace,
                      [this] { return m_attempt.requireNewest(); });
}

engine::Result<void> RunWriter::beginMetrics(std::int64_t step) {
    engine::Result<MetricsWriter> metrics = MetricsWriter::create(
        files::metrics(m_folder, m_attempt.number()), m_attempt.number(), step);
    if (!metrics) return metrics.error();
    m_metrics.emplace(std::move(*metrics));
    return {};
}

engine::Result<void> RunWriter::append(const MetricPoint& point) {
    return m_metrics.value().append(point);
}

engine::Result<void> RunWriter::saveCheckpoint(const training::RunState& state,
                                               const std::vector<RunId>& cohort,
                                               const RunProgress& progress) {
    const fs::path path = m_folder / files::kCheckpoint;
    return writeTensorFile(path, state.tensors, metadataOf(state.step, cohort, progress),
                           [&]() -> engine::Result<void> {
                               if (const engine::Result<void> mine = m_attempt.requireNewest();
                                   !mine)
                                   return mine;
                               return renameIfThere(path, m_folder / files::kPreviousCheckpoint);
                           });
}

engine::Result<void> RunWriter::saveResult(const RunResult& result) {
    return commitText(m_folder / files::kResult, toJson(result), CommitMode::First,
                      [this] { return m_attempt.requireNewest(); });
}

engine::Result<void> RunWriter::saveFailure(const RunFailure& failure) {
    return commitText(m_folder / files::kFailure, toJson(failure), CommitMode::Replace,
                      [this] { return m_attempt.requireNewest(); });
}

engine::Result<void> RunWriter::slimCheckpoint(training::RunState state,
                                               const std::vector<RunId>& cohort,
                                               const RunProgress& progress) {
    std::erase_if(state.tensors, [](const training::StateTensor& tensor) {
        return tensor.name.starts_with(kMomentPrefix);
    });
    TensorMetadata metadata = metadataOf(state.step, cohort, progress);
    metadata[files::kMoments] = "no";
    const engine::Result<void> written =
        writeTensorFile(m_folder / files::kCheckpoint, state.tensors, std::move(metadata),
                        [this] { return m_attempt.requireNewest(); });
    if (!written) return written;
    ::unlink((m_folder / files::kPreviousCheckpoint).c_str());
    return {};
}

void discardCheckpoint(const fs::path& folder, Generation generation) {
    const char* const name =
        generation == Generation::Newest ? files::kCheckpoint : files::kPreviousCheckpoint;
    // If the renaming fails, removing is left: a checkpoint known as damaged must not be found
    // again.
    if (!setAside(folder / name)) ::unlink((folder / name).c_str());
}

void removeCheckpoints(const fs::path& folder) {
    ::unlink((folder / files::kCheckpoint).c_str());
    ::unlink((folder / files::kPreviousCheckpoint).c_str());
}

void adoptPreviousCheckpoint(const fs::path& folder) {
    // A failure leaves both generations as they are: the next resume looks at them again.
    if (renameIfThere(folder / files::kPreviousCheckpoint, folder / files::kCheckpoint)) {
        (void)syncFolder(folder).has_value();
    }
}

engine::Result<void> resetRunFolder(const fs::path& folder) {
    const RunFolderState state = readRunFolder(folder);
    if (state.status == RunStatus::RunningElsewhere) {
        return engine::Error{engine::ErrorKind::Superseded,
                             folder.string() + " cannot be reset: " + state.message};
    }
    // A damaged folder goes aside whole; a diverged run must not continue from weights that are
    // lost.
    if (state.status == RunStatus::Damaged) {
        std::error_code ignored;
        const fs::path cell = folder.parent_path();  // may be no folder: then it is in the way
        const fs::path& broken = fs::is_directory(cell, ignored) ? folder : cell;
        if (const engine::Result<void> moved = setAside(broken); !moved) return moved;
        return syncFolder(broken.parent_path());
    }
    std::vector<const char*> records;
    if (state.status == RunStatus::Failed) records = {files::kFailure};
    if (state.status == RunStatus::Diverged)
        records = {files::kCheckpoint, files::kPreviousCheckpoint, files::kFailure};
    for (const char* record : records) {
        if (const engine::Result<void> moved = setAside(folder / record); !moved) return moved;
    }
    if (records.empty()) return {};
    return syncFolder(folder);
}

}  // namespace runs
