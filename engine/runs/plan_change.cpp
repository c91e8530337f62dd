// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/runs/plan_change.h"

#include <algorithm>
#include <system_error>
#include <unordered_set>

#include "engine/data/corpus.h"
#include "engine/experiment/settings_json.h"
#include "engine/runs/forecast.h"
#include "engine/runs/run_folder.h"
#include "engine/runs/run_identity.h"

namespace runs {
namespace {

bool isIn(const experiment::GridSettings& grid, const experiment::RunSpec& spec) {
    const auto& lengths = grid.lengths;
    const auto& ratios = grid.keepRatios;
    if (std::find(lengths.begin(), lengths.end(), spec.length) == lengths.end()) return false;
    if (spec.attention == experiment::AttentionKind::Dense) return grid.denseReference;
    return std::find(ratios.begin(), ratios.end(), spec.keepRatio) != ratios.end();
}

/// Whether a run was finished before it left an earlier plan.
bool hasResult(const Study& study, const RunId& id) {
    std::error_code ignored;
    const std::filesystem::path folder = study.runFolder(id);
    return std::filesystem::exists(folder, ignored) &&
           readRunFolder(folder).status == RunStatus::Done;
}

}  // namespace

StudyPlan planOf(const Study& study) {
    return {study.settings().grid, study.addedRuns()};
}

StudyPlan withGrid(const StudyPlan& plan, experiment::GridSettings grid) {
    StudyPlan wanted{std::move(grid), plan.added};
    std::erase_if(wanted.added,
                  [&wanted](const experiment::RunSpec& spec) { return !isIn(wanted.grid, spec); });
    return wanted;
}

engine::Result<PlanChange> compare(const Study& study, const StudyPlan& wanted) {
    experiment::ExperimentSettings settings = study.settings();
    settings.grid = wanted.grid;
    if (const engine::Result<void> valid = experiment::validate(settings); !valid)
        return valid.error();
    std::vector<experiment::RunSpec> specs = experiment::plannedRuns(settings);
    specs.insert(specs.end(), wanted.added.begin(), wanted.added.end());
    const LaneCost cost(study.runs());
    PlanChange change;
    change.laneSeconds = 0.0;
    std::unordered_set<RunId> planned;
    for (const experiment::RunSpec& spec : specs) {
        RunView run;
        run.id = runId(settings, spec, study.corpus().sha256);
        if (!planned.insert(run.id).second || study.find(run.id)) continue;
        run.spec = spec;
        run.totalSteps =
            data::totalSteps(settings.training, spec.length, study.corpus().trainingTokens);
        const auto perToken = cost.secondsPerToken(spec.length);
        if (hasResult(study, run.id)) {
            ++change.addedDone;
        } else if (perToken && change.laneSeconds) {
            const auto perStep =
                experiment::batchSequences(settings.training, spec.length) * spec.length;
            *change.laneSeconds += *perToken * static_cast<double>(run.totalSteps * perStep);
        } else {
            change.laneSeconds.reset();
        }
        change.added.push_back(std::move(run));
    }
    for (const RunView& run : study.runs()) {
        if (planned.contains(run.id)) continue;
        change.removed.push_back(run.id);
        if (run.status == RunStatus::Done) ++change.removedDone;
        if (run.status == RunStatus::Running) ++change.removedTraining;
    }
    return change;
}

}  // namespace runs
