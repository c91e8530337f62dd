// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/runs/run_difference.h"

#include "engine/experiment/range_text.h"
#include "engine/experiment/settings_json.h"

namespace runs {
namespace {

using Entries = std::vector<std::pair<std::string, std::string>>;

Entries entriesOf(const RunDescription& run) {
    const experiment::RunSpec& spec = run.spec;
    return {{"run.length", std::to_string(spec.length)},
            {"run.attention", experiment::name(spec.attention)},
            {"run.keepRatio", experiment::shortest(spec.keepRatio)},
            {"run.keep", std::to_string(spec.keep)},
            {"run.selector", experiment::name(spec.selector)},
            {"run.seed", std::to_string(spec.seed)},
            {"run.learningRateFactor", experiment::shortest(spec.learningRateFactor)},
            {"run.totalSteps", std::to_string(run.totalSteps)},
            {"corpus.description", run.corpus},
            {"corpus.sha256", run.corpusSha256},
            {"engine.version", run.engineVersion},
            {"machine.device", run.device},
            {"machine.threads", std::to_string(run.threads)},
            {"machine.lanes", std::to_string(run.lanes)},
            {"machine.stacked", std::to_string(run.cohort.size())},
            {"machine.environment", run.environment}};
}

}  // namespace

engine::Result<std::vector<experiment::SettingDifference>> differences(
    const RunDescription& left, const RunDescription& right) {
    const Entries lefts = entriesOf(left);
    const Entries rights = entriesOf(right);
    std::vector<experiment::SettingDifference> found;
    for (std::size_t i = 0; i < lefts.size(); ++i)
        if (lefts[i].second != rights[i].second)
            found.push_back({lefts[i].first, lefts[i].second, rights[i].second});
    const auto leftSettings = experiment::parseSettings(left.settingsJson);
    if (!leftSettings) return leftSettings.error();
    const auto rightSettings = experiment::parseSettings(right.settingsJson);
    if (!rightSettings) return rightSettings.error();
    for (experiment::SettingDifference& each :
         experiment::differences(*leftSettings, *rightSettings))
        if (!each.key.starts_with("grid.")) found.push_back(std::move(each));
    return found;
}

}  // namespace runs
