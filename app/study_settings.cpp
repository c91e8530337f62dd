// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/study_settings.h"

#include <algorithm>
#include <filesystem>
#include <vector>

#include "engine/experiment/presets.h"
#include "engine/experiment/settings_difference.h"
#include "engine/experiment/settings_json.h"
#include "engine/runs/file_commit.h"

namespace app {
namespace {

using experiment::ExperimentSettings;
using experiment::GridSettings;

engine::Error usageError(std::string message) {
    return {engine::ErrorKind::Usage, std::move(message)};
}

/// The first `count` of `known`; after the last of them their largest plus 1, plus 2, ...
std::vector<std::int64_t> seedsFor(std::int64_t count, std::vector<std::int64_t> known) {
    const auto wanted = static_cast<std::size_t>(count);
    if (known.size() > wanted) known.resize(wanted);
    while (known.size() < wanted) {
        known.push_back(known.empty() ? 42 : *std::max_element(known.begin(), known.end()) + 1);
    }
    return known;
}

/// --settings: a file, or the JSON text itself, as in --settings '{"training": {"budget": 50}}'.
engine::Result<ExperimentSettings> readSettings(const CommandLine& line,
                                                const ExperimentSettings& base) {
    constexpr std::uint64_t kLargest = 1024 * 1024;
    const bool isText = line.settingsFile.starts_with("{");
    const auto text = isText ? engine::Result<std::string>(line.settingsFile)
                             : runs::readFile(line.settingsFile, kLargest);
    if (!text) return usageError("--settings: " + text.error().message);
    auto settings = !line.preset.empty() ? experiment::parseSettings(*text, base)
                                         : experiment::parseSettings(*text);
    if (!settings)
        return usageError((isText ? "--settings" : line.settingsFile) + ": " +
                          settings.error().message);
    return settings;
}

void applyGridFlags(const CommandLine& line, GridSettings& grid) {
    if (!line.lengths.empty()) grid.lengths = line.lengths;
    if (!line.keepRatios.empty()) grid.keepRatios = line.keepRatios;
    if (line.runs) grid.seeds = seedsFor(*line.runs, grid.seeds);
    if (!line.seeds.empty()) grid.seeds = line.seeds;
    if (line.selector) grid.selector = *line.selector;
    if (line.denseReference) grid.denseReference = true;
}

/// What preset, settings file and flags say, starting from `base` where they say nothing.
engine::Result<ExperimentSettings> requested(const CommandLine& line, ExperimentSettings base) {
    if (!line.preset.empty()) {
        auto named = experiment::preset(line.preset);
        if (!named) return usageError("--" + named.error().message);
        base = std::move(*named);
    }
    if (!line.settingsFile.empty()) {
        auto read = readSettings(line, base);
        if (!read) return read.error();
        base = std::move(*read);
    }
    applyGridFlags(line, base.grid);
    if (line.precision) base.training.precision = *line.precision;
    return base;
}

template <class Value>
bool includesAll(const std::vector<Value>& values, const std::vector<Value>& wanted) {
    return std::all_of(wanted.begin(), wanted.end(), [&](const Value& value) {
        return std::find(values.begin(), values.end(), value) != values.end();
    });
}

/// `kept`, then what `added` has besides; lists that are levels of the grid stay in rising order if
/// they were.
template <class Value>
std::vector<Value> joined(std::vector<Value> kept, const std::vector<Value>& added) {
    const bool rising = std::is_sorted(kept.begin(), kept.end());
    for (const Value& value : added) {
        if (std::find(kept.begin(), kept.end(), value) == kept.end()) kept.push_back(value);
    }
    if (rising) std::sort(kept.begin(), kept.end());
    return kept;
}

engine::Error leavesOut(const std::string& key, const std::string& flag) {
    return usageError("the experiment has more " + key + " than the command names; leave " + flag +
                      " out to keep them, or name them all, or use another folder");
}

}  // namespace

engine::Result<ExperimentSettings> newSettings(const CommandLine& line) {
    auto base = experiment::preset("quick");
    if (!base) return base.error();
    auto settings = requested(line, std::move(*base));
    if (!settings) return settings;
    if (!line.data.empty()) {
        settings->data.kind = experiment::CorpusKind::File;
        settings->data.path = std::filesystem::absolute(line.data).lexically_normal().string();
        settings->model.vocabulary = 256;
    }
    if (auto valid = experiment::validate(*settings); !valid) return valid.error();
    return settings;
}

engine::Result<GridSettings> widenedGrid(const CommandLine& line,
                                         const ExperimentSettings& stored) {
    auto wanted = requested(line, stored);
    if (!wanted) return wanted.error();
    if (line.runs) wanted->grid.seeds = seedsFor(*line.runs, stored.grid.seeds);

    const GridSettings& asked = wanted->grid;
    const GridSettings& has = stored.grid;
    if (!line.lengths.empty() && !includesAll(asked.lengths, has.lengths)) {
        return leavesOut("grid.lengths", "--lengths");
    }
    if (!line.keepRatios.empty() && !includesAll(asked.keepRatios, has.keepRatios)) {
        return leavesOut("grid.keepRatios", "--ratios");
    }
    if ((line.runs || !line.seeds.empty()) && !includesAll(asked.seeds, has.seeds)) {
        return leavesOut("grid.seeds", line.runs ? "--runs" : "--seeds");
    }
    GridSettings grid = has;
    grid.lengths = joined(has.lengths, asked.lengths);
    grid.keepRatios = joined(has.keepRatios, asked.keepRatios);
    grid.seeds = joined(has.seeds, asked.seeds);
    grid.denseReference = has.denseReference || asked.denseReference;

    ExperimentSettings compared = *wanted;
    compared.name = stored.name;
    compared.training.checkpointSeconds = stored.training.checkpointSeconds;
    const auto selector = compared.grid.selector;
    compared.grid = has;
    compared.grid.selector = selector;
    // A preset names the embedded text only because nothing else was asked for.
    if (!line.data.empty() || (!line.preset.empty() && line.settingsFile.empty()))
        compared.data = stored.data;
    if (const auto differing = experiment::differences(stored, compared); !differing.empty()) {
        const auto& first = differing.front();
        return usageError("the experiment has " + first.key + " = " + first.left +
                          ", the command asks for " + first.right +
                          "; use another folder, or leave the setting out to continue this one");
    }
    compared.grid = grid;
    if (auto valid = experiment::validate(compared); !valid) return valid.error();
    return grid;
}

}  // namespace app
