// SPDX-License-Identifier: GPL-3.0-or-later
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <stdexcept>
#include <system_error>

#include "engine/runs/file_commit.h"
#include "engine/runs/run_files.h"
#include "engine/runs/run_folder.h"
#include "engine/runs/run_json.h"
#include "engine/runs/safetensors.h"

namespace runs {
namespace {

namespace fs = std::filesystem;

bool isThere(const fs::path& path) {
    return ::access(path.c_str(), F_OK) == 0;
}

template <class Number>
Number numberAt(const TensorMetadata& metadata, const char* key) {
    const auto found = metadata.find(key);
    Number value{};
    if (found == metadata.end())
        throw std::invalid_argument(std::string("its header lacks ") + key);
    const std::string& text = found->second;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) {
        throw std::invalid_argument(std::string("its header has no number at ") + key);
    }
    return value;
}

engine::Result<CheckpointInfo> infoOf(const fs::path& path, const TensorMetadata& metadata,
                                      Generation generation) {
    CheckpointInfo info;
    info.generation = generation;
    try {
        info.step = numberAt<std::int64_t>(metadata, files::kStep);
        info.progress.elapsedSeconds = numberAt<double>(metadata, files::kElapsed);
        info.progress.trainSeconds = numberAt<double>(metadata, files::kTrainSeconds);
        info.progress.firstLoss = numberAt<double>(metadata, files::kFirstLoss);
        info.progress.lastTrainLoss = numberAt<double>(metadata, files::kLastTrainLoss);
        info.progress.peakBytes = numberAt<std::int64_t>(metadata, files::kPeakBytes);
        info.progress.saves = numberAt<std::int64_t>(metadata, files::kSaves);
        engine::Result<std::vector<RunId>> cohort = parseIds(metadata.at(files::kCohort));
        engine::Result<std::vector<CurvePoint>> curve = parseCurve(metadata.at(files::kCurve));
        if (!cohort) return cohort.error();
        if (!curve) return curve.error();
        info.cohort = std::move(*cohort);
        info.progress.curve = std::move(*curve);
        info.withMoments = metadata.at(files::kMoments) == "yes";
    } catch (const std::exception& error) {
        return engine::Error{engine::ErrorKind::Data,
                             path.string() + " is damaged: " + error.what() + "."};
    }
    return info;
}

fs::path checkpointPath(const fs::path& folder, Generation generation) {
    return folder /
           (generation == Generation::Newest ? files::kCheckpoint : files::kPreviousCheckpoint);
}

/// Attempts that left metrics, oldest first.
std::vector<int> metricAttempts(const fs::path& folder) {
    std::vector<int> attempts;
    std::error_code error;
    for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
        const std::string name = it->path().filename().string();
        constexpr std::string_view kPrefix = "metrics-";
        if (!name.starts_with(kPrefix) || !name.ends_with(".jsonl")) continue;
        int number = 0;
        const auto [last, bad] =
            std::from_chars(name.data() + kPrefix.size(), name.data() + name.size(), number);
        if (bad == std::errc() && std::string_view(last) == ".jsonl") attempts.push_back(number);
    }
    std::sort(attempts.begin(), attempts.end());
    return attempts;
}

RunFolderState damagedState(const std::string& reason) {
    RunFolderState state;
    state.status = RunStatus::Damaged;
    state.message = reason +
                    " To train it anew, retry it in the window (its records are kept under another "
                    "name) or delete its folder.";
    return state;
}

RunFolderState finishedState(const fs::path& folder) {
    const engine::Result<std::string> text =
        readFile(folder / files::kResult, files::kLargestRecord);
    if (!text) return damagedState(text.error().message);
    engine::Result<RunResult> result = parseResult(*text);
    if (!result)
        return damagedState((folder / files::kResult).string() + ": " + result.error().message +
                            ".");
    RunFolderState state;
    state.status = RunStatus::Done;
    state.step = result->steps;
    state.result = std::move(*result);
    return state;
}

RunFolderState failedState(const fs::path& folder) {
    const engine::Result<std::string> text =
        readFile(folder / files::kFailure, files::kLargestRecord);
    if (!text) return damagedState(text.error().message);
    engine::Result<RunFailure> failure = parseFailure(*text);
    if (!failure)
        return damagedState((folder / files::kFailure).string() + ": " + failure.error().message +
                            ".");
    RunFolderState state;
    state.status = failure->status;
    state.step = failure->step;
    state.message = failure->message;
    state.failure = std::move(*failure);
    return state;
}

}  // namespace

RunFolderState readRunFolder(const fs::path& folder) {
    struct stat status {};
    if (::stat(folder.c_str(), &status) != 0) {
        return errno == ENOENT ? RunFolderState{}
                               : damagedState(ioError("Could not read", folder, errno).message);
    }
    if (!S_ISDIR(status.st_mode)) return damagedState(folder.string() + " is no folder.");
    if (isThere(folder / files::kResult)) return finishedState(folder);
    const AttemptState attempt = newestAttempt(folder);
    RunFolderState state;
    if (!attempt.alive && isThere(folder / files::kFailure)) {
        state = failedState(folder);
    } else {
        std::vector<std::string> complaints;
        const std::vector<CheckpointInfo> checkpoints = readCheckpoints(folder, complaints);
        if (!checkpoints.empty()) {
            state.status = RunStatus::Paused;
            state.step = checkpoints.front().step;
            state.cohortSize = static_cast<std::int64_t>(checkpoints.front().cohort.size());
        }
        for (const std::string& complaint : complaints) state.message += complaint + " ";
        if (attempt.alive) {
            state.status = RunStatus::RunningElsewhere;
            state.message = "Trained by " + attempt.where + ".";
        }
    }
    state.attempt = attempt.number;
    return state;
}

std::vector<CheckpointInfo> readCheckpoints(const fs::path& folder,
                                            std::vector<std::string>& complaints) {
    std::vector<CheckpointInfo> found;
    for (const Generation generation : {Generation::Newest, Generation::Previous}) {
        const fs::path path = checkpointPath(folder, generation);
        if (!isThere(path)) continue;
        const engine::Result<TensorMetadata> metadata = readTensorMetadata(path);
        if (!metadata) {
            complaints.push_back(metadata.error().message);
            continue;
        }
        engine::Result<CheckpointInfo> info = infoOf(path, *metadata, generation);
        if (info) {
            found.push_back(std::move(*info));
        } else {
            complaints.push_back(info.error().message);
        }
    }
    return found;
}

engine::Result<Checkpoint> loadCheckpoint(const fs::path& folder, Generation generation) {
    const fs::path path = checkpointPath(folder, generation);
    engine::Result<TensorFile> file = readTensorFile(path);
    if (!file) return file.error();
    engine::Result<CheckpointInfo> info = infoOf(path, file->metadata, generation);
    if (!info) return info.error();
    Checkpoint checkpoint;
    checkpoint.state.step = info->step;
    checkpoint.state.tensors = std::move(file->tensors);
    checkpoint.info = std::move(*info);
    return checkpoint;
}

engine::Result<RunMetrics> readRunMetrics(const fs::path& folder) {
    RunMetrics metrics;
    std::vector<MetricsFile> attempts;
    for (const int number : metricAttempts(folder)) {
        engine::Result<MetricsFile> file = readMetricsFile(files::metrics(folder, number));
        if (!file) return file.error();
        metrics.damagedLines += file->damagedLines;
        attempts.push_back(std::move(*file));
    }
    metrics.attempts = static_cast<int>(attempts.size());
    metrics.points = mergeAttempts(attempts);
    return metrics;
}

std::optional<MetricPoint> readLatestMetric(const fs::path& folder) {
    constexpr off_t kTailBytes = 4096;
    const std::vector<int> attempts = metricAttempts(folder);
    if (attempts.empty()) return std::nullopt;
    const fs::path path = files::metrics(folder, attempts.back());
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return std::nullopt;
    struct stat status {};
    std::string tail(kTailBytes, '\0');
    const off_t begin =
        ::fstat(descriptor, &status) == 0 ? std::max<off_t>(0, status.st_size - kTailBytes) : 0;
    const ssize_t got = ::pread(descriptor, tail.data(), tail.size(), begin);
    ::close(descriptor);
    tail.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    const MetricsFile file = parseMetrics(tail);  // a line cut at the front only counts as damaged
    if (file.points.empty()) return std::nullopt;
    return file.points.back();
}

engine::Result<RunDescription> readDescription(const fs::path& folder) {
    const engine::Result<std::string> text =
        readFile(folder / files::kDescription, files::kLargestRecord);
    if (!text) return text.error();
    return parseDescription(*text);
}

}  // namespace runs
