// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/runs/timing_pass.h"

#include <algorithm>
#include <numeric>
#include <random>
#include <system_error>

#include "engine/runs/file_commit.h"
#include "engine/runs/run_identity.h"
#include "engine/runs/run_json.h"

namespace runs {
namespace {

namespace fs = std::filesystem;
using engine::Result;
using training::TimingReport;

constexpr const char* kTimingFile = "timing.json";
constexpr std::uint64_t kLargestTiming = std::uint64_t{16} << 20;
constexpr std::uint64_t kShuffleSeed = 20260101;  // any: only the order of measuring depends on it

double medianOf(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    const std::size_t middle = values.size() / 2;
    return values.size() % 2 == 1 ? values[middle] : 0.5 * (values[middle - 1] + values[middle]);
}

CellTiming combine(const TimingRequest& request, const experiment::RunSpec& spec,
                   const std::vector<TimingReport>& rounds) {
    CellTiming cell{.length = spec.length,
                    .keepRatio = spec.keepRatio,
                    .attention = spec.attention,
                    .device = request.device,
                    .roundMediansMs = {}};
    std::vector<double> lower, upper;
    for (const TimingReport& round : rounds) {
        cell.roundMediansMs.push_back(round.medianMs);
        lower.push_back(round.lowerQuartileMs);
        upper.push_back(round.upperQuartileMs);
        cell.peakBytes = std::max(cell.peakBytes, round.peakBytes);
    }
    cell.medianMs = medianOf(cell.roundMediansMs);
    cell.lowerQuartileMs = medianOf(lower);
    cell.upperQuartileMs = medianOf(upper);
    cell.stepsPerRound = rounds.front().steps;
    cell.tokensPerStep = rounds.front().tokensPerStep;
    if (cell.medianMs > 0.0)
        cell.tokensPerSecond = 1000.0 * static_cast<double>(cell.tokensPerStep) / cell.medianMs;
    return cell;
}

Result<TimingReport> measure(const TimingRequest& request, const TrainingPorts& ports,
                             const std::shared_ptr<const data::Corpus>& corpus,
                             const experiment::RunSpec& spec) {
    training::CohortPlan plan;
    plan.model = request.settings.model;
    plan.training = request.settings.training;
    plan.runs = {spec};
    plan.device = request.device;
    plan.threads = request.threads;
    Result<TimingReport> report = ports.timeSteps(plan, corpus, request.stepsPerRound);
    if (report) return report;
    return engine::Error{report.error().kind,
                         "Timing of " + cellName(spec) + " failed: " + report.error().message};
}

Result<void> save(const TimingRequest& request, std::vector<CellTiming> measured) {
    // An unreadable older file is replaced: its content cannot be kept.
    if (Result<std::vector<CellTiming>> older = readTiming(request.experimentFolder)) {
        for (CellTiming& cell : *older) {
            const auto same = [&cell](const CellTiming& other) {
                return other.device == cell.device && other.length == cell.length &&
                       other.keepRatio == cell.keepRatio && other.attention == cell.attention;
            };
            if (std::none_of(measured.begin(), measured.end(), same))
                measured.push_back(std::move(cell));
        }
    }
    return commitText(request.experimentFolder / kTimingFile, toJson(measured));
}

}  // namespace

Result<void> timeCells(const TimingRequest& request, const TrainingPorts& ports,
                       std::shared_ptr<const data::Corpus> corpus, std::stop_token stop,
                       const std::function<void(std::int64_t, std::int64_t)>& progress) {
    std::vector<std::vector<TimingReport>> reports(request.cells.size());
    std::vector<std::size_t> order(request.cells.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::mt19937_64 generator(kShuffleSeed);
    const auto planned = static_cast<std::int64_t>(order.size()) * request.rounds;
    std::int64_t done = 0;
    for (std::int64_t round = 0; round < request.rounds; ++round) {
        std::shuffle(order.begin(), order.end(), generator);
        for (const std::size_t cell : order) {
            if (stop.stop_requested()) {
                return engine::Error{
                    engine::ErrorKind::Stopped,
                    "The timing pass was stopped; request it again to measure anew."};
            }
            Result<TimingReport> report = measure(request, ports, corpus, request.cells[cell]);
            if (!report) return report.error();
            reports[cell].push_back(*report);
            progress(++done, planned);
        }
    }
    std::vector<CellTiming> measured;
    for (std::size_t cell = 0; cell < reports.size(); ++cell) {
        if (!reports[cell].empty())
            measured.push_back(combine(request, request.cells[cell], reports[cell]));
    }
    return save(request, std::move(measured));
}

Result<std::vector<CellTiming>> readTiming(const fs::path& experimentFolder) {
    const fs::path path = experimentFolder / kTimingFile;
    std::error_code ignored;
    if (!fs::exists(path, ignored)) return std::vector<CellTiming>{};
    const Result<std::string> text = readFile(path, kLargestTiming);
    if (!text) return text.error();
    return parseTiming(*text);
}

std::vector<experiment::RunSpec> distinctCells(const std::vector<experiment::RunSpec>& specs) {
    std::vector<experiment::RunSpec> cells;
    for (const experiment::RunSpec& spec : specs) {
        const auto same = [&spec](const experiment::RunSpec& cell) {
            return cell.length == spec.length && cell.keepRatio == spec.keepRatio &&
                   cell.attention == spec.attention;
        };
        if (std::none_of(cells.begin(), cells.end(), same)) cells.push_back(spec);
    }
    return cells;
}

}  // namespace runs
