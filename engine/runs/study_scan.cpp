// SPDX-License-Identifier: GPL-3.0-or-later
// How a study follows its folder and its events.
#include <algorithm>
#include <system_error>
#include <type_traits>
#include <unordered_set>

#include "engine/runs/run_folder.h"
#include "engine/runs/study.h"
#include "engine/runs/timing_pass.h"

namespace runs {
namespace {

namespace fs = std::filesystem;

/// What EXPERIMENT/runs holds.
struct FoldersFound {
    std::unordered_set<RunId> runs;              // run folders, as run ids
    std::unordered_set<std::string> unreadable;  // <cell> folders that cannot be listed
};

FoldersFound foldersPresent(const fs::path& root) {
    FoldersFound present;
    std::error_code error;
    for (fs::directory_iterator cell(root, error), end; !error && cell != end;
         cell.increment(error)) {
        const std::string cellName = cell->path().filename().string();
        std::error_code inner;
        for (fs::directory_iterator run(cell->path(), inner); !inner && run != end;
             run.increment(inner)) {
            present.runs.insert(cellName + "/" + run->path().filename().string());
        }
        if (inner) present.unreadable.insert(cellName);
    }
    return present;
}

void read(const fs::path& folder, RunView& run) {
    RunFolderState state = readRunFolder(folder);
    run.status = state.status;
    run.step = state.step;
    run.cohortSize = state.cohortSize;
    run.message = std::move(state.message);
    run.result = std::move(state.result);
    if (run.result) {
        if (!run.result->curve.empty())
            run.validationLoss = run.result->curve.back().validationLoss;
        return;
    }
    run.latest = readLatestMetric(folder);
    if (run.latest && run.status == RunStatus::RunningElsewhere)
        run.step = std::max(run.step, run.latest->step);
    if (run.latest && run.latest->validationLoss) run.validationLoss = run.latest->validationLoss;
}

bool sameView(const RunView& a, const RunView& b) {
    return a.status == b.status && a.step == b.step && a.message == b.message &&
           a.latest == b.latest && a.result.has_value() == b.result.has_value() &&
           (!a.result || (a.result->finalLoss == b.result->finalLoss &&
                          a.result->elapsedSeconds == b.result->elapsedSeconds));
}

}  // namespace

StudyScan scanRuns(const ScanRequest& request) {
    const fs::path root = request.folder / "runs";
    FoldersFound present = foldersPresent(root);
    StudyScan scan;
    scan.runs.reserve(request.planned.size());
    for (const RunView& planned : request.planned) {
        RunView run;
        run.id = planned.id;
        run.spec = planned.spec;
        run.totalSteps = planned.totalSteps;
        const std::string cell = planned.id.substr(0, planned.id.find('/'));
        if (present.runs.erase(planned.id) > 0 || present.unreadable.contains(cell))
            read(root / planned.id, run);
        scan.runs.push_back(std::move(run));
    }
    scan.strangers = std::count_if(present.runs.begin(), present.runs.end(),
                                   [](const RunId& id) { return id.find(".old-") == RunId::npos; });
    engine::Result<std::vector<CellTiming>> timing = readTiming(request.folder);
    if (timing) {
        scan.timing = std::move(*timing);
    } else {
        scan.message = timing.error().message;
    }
    if (!request.plan) return scan;
    if (auto plan = Study::planOnDisk(request.folder); plan && *plan != *request.plan)
        scan.plan = {*request.plan, std::move(*plan)};
    return scan;
}

bool Study::merge(StudyScan scan) {
    bool changed = scan.strangers != m_strangers || scan.timing != m_timing;
    m_strangers = scan.strangers;
    m_timing = std::move(scan.timing);
    for (RunView& found : scan.runs) {
        const auto place = m_index.find(found.id);
        if (place == m_index.end()) continue;
        RunView& run = m_runs[place->second];
        if (run.status == RunStatus::Running) continue;
        // A result that an event brought may be newer than the scan.
        if (run.status == RunStatus::Done && found.status == RunStatus::RunningElsewhere) continue;
        const bool waits = run.status == RunStatus::Queued &&
                           (found.status == RunStatus::Empty || found.status == RunStatus::Paused);
        if (waits) found.status = RunStatus::Queued;
        if (!found.validationLoss && found.status != RunStatus::Empty)
            found.validationLoss = run.validationLoss;
        found.totalSteps = run.totalSteps;
        if (sameView(run, found)) continue;
        run = std::move(found);
        changed = true;
    }
    return changed;
}

RunId Study::apply(const Event& event) {
    RunId id;
    const auto with = [&](const RunId& concerned, auto&& change) {
        id = concerned;
        if (const auto place = m_index.find(concerned); place != m_index.end())
            change(m_runs[place->second]);
    };
    const auto take = [](RunView& run, const MetricPoint& point) {
        run.step = point.step;
        run.latest = point;
        if (point.validationLoss) run.validationLoss = point.validationLoss;
    };
    if (const auto* started = std::get_if<RunStarted>(&event)) {
        with(started->id, [&](RunView& run) {
            run.status = RunStatus::Running;
            run.step = started->step;
            run.totalSteps = started->totalSteps;
            run.cohortSize = started->cohortSize;
            run.lane = started->lane;
            run.message.clear();
        });
    } else if (const auto* progress = std::get_if<StepProgress>(&event)) {
        with(progress->id, [&](RunView& run) { take(run, progress->point); });
    } else if (const auto* evaluation = std::get_if<EvaluationDone>(&event)) {
        with(evaluation->id, [&](RunView& run) { take(run, evaluation->point); });
    } else if (const auto* paused = std::get_if<RunPaused>(&event)) {
        with(paused->id, [&](RunView& run) {
            run.status = paused->step > 0 ? RunStatus::Paused : RunStatus::Empty;
            run.step = paused->step;
            run.lane = -1;
        });
    } else if (const auto* finished = std::get_if<RunFinished>(&event)) {
        with(finished->id, [&](RunView& run) {
            run.status = RunStatus::Done;
            run.step = finished->result.steps;
            run.result = finished->result;
            run.lane = -1;
        });
    } else if (const auto* failed = std::get_if<RunFailed>(&event)) {
        with(failed->id, [&](RunView& run) {
            // Finished by another process: its result comes with the next scan.
            run.status =
                failed->status == RunStatus::Done ? RunStatus::RunningElsewhere : failed->status;
            // The other process may be further than its last checkpoint.
            const bool elsewhere = run.status == RunStatus::RunningElsewhere;
            run.step = elsewhere ? std::max(run.step, failed->step) : failed->step;
            run.message = failed->error.message;
            run.lane = -1;
        });
    } else if (const auto* message = std::get_if<Message>(&event)) {
        id = message->id;
    }
    return id;
}

}  // namespace runs
