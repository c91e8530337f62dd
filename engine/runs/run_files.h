// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace runs::files {

// Names and limits inside a run folder; used by the run_folder sources only.

inline constexpr const char* kDescription = "run.json";
inline constexpr const char* kResult = "result.json";
inline constexpr const char* kFailure = "failure.json";
inline constexpr const char* kCheckpoint = "checkpoint.safetensors";
inline constexpr const char* kPreviousCheckpoint = "checkpoint.previous.safetensors";
inline constexpr std::uint64_t kLargestRecord = std::uint64_t{4} << 20;

inline std::filesystem::path metrics(const std::filesystem::path& folder, int attempt) {
    return folder / ("metrics-" + std::to_string(attempt) + ".jsonl");
}

inline constexpr const char* kStep = "step";
inline constexpr const char* kCohort = "cohort";
inline constexpr const char* kCurve = "curve";
inline constexpr const char* kElapsed = "elapsedSeconds";
inline constexpr const char* kTrainSeconds = "trainSeconds";
inline constexpr const char* kFirstLoss = "firstLoss";
inline constexpr const char* kLastTrainLoss = "lastTrainLoss";
inline constexpr const char* kPeakBytes = "peakBytes";
inline constexpr const char* kSaves = "saves";
inline constexpr const char* kMoments = "moments";

}  // namespace runs::files
