// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "engine/experiment/settings.h"
#include "engine/runs/run_record.h"

namespace runs {

/// Part of every run's hash: change it when the same settings no longer give the same numbers.
inline constexpr const char* kEngineVersion = "0.1.0";

/// First 12 hex digits of the SHA-256 of experiment::identityJson(), corpus and engine version.
/// Names, folders, presets and the rest of the grid are not in it, so that a run serves every plan
/// that contains it.
std::string runHash(const experiment::ExperimentSettings& settings, const experiment::RunSpec& spec,
                    const std::string& corpusSha256);

/// "L0256-k064"; "L0256-dense" for the dense reference.
std::string cellName(const experiment::RunSpec& spec);

/// cellName()/<seed>-runHash(): the run's folder below EXPERIMENT/runs.
RunId runId(const experiment::ExperimentSettings& settings, const experiment::RunSpec& spec,
            const std::string& corpusSha256);

/// "dense", or "sparse, aligned": what shares its preflight results.
std::string modelKind(const experiment::RunSpec& spec);

}  // namespace runs
