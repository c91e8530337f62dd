// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/result.h"
#include "engine/runs/results_table.h"
#include "engine/runs/run_record.h"

namespace runs {

// The JSON forms of what a run folder holds. Numbers that are not finite are strings ("nan", "inf",
// "-inf"). Parsing errors are of kind Data and name what is wrong; duplicate keys are errors.

std::string toJson(const RunDescription& description);
engine::Result<RunDescription> parseDescription(std::string_view text);

std::string toJson(const RunResult& result);
engine::Result<RunResult> parseResult(std::string_view text);

std::string toJson(const RunFailure& failure);
engine::Result<RunFailure> parseFailure(std::string_view text);

std::string toJson(const std::vector<CurvePoint>& curve);
engine::Result<std::vector<CurvePoint>> parseCurve(std::string_view text);

std::string toJson(const std::vector<RunId>& ids);
engine::Result<std::vector<RunId>> parseIds(std::string_view text);

std::string toJson(const std::vector<experiment::RunSpec>& specs);
engine::Result<std::vector<experiment::RunSpec>> parseSpecs(std::string_view text);

std::string toJson(const std::vector<CellTiming>& timing);
engine::Result<std::vector<CellTiming>> parseTiming(std::string_view text);

}  // namespace runs
