// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/experiment/batch_command.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string_view>

#include "engine/experiment/added_runs.h"
#include "engine/experiment/presets.h"
#include "engine/experiment/range_text.h"
#include "engine/experiment/settings_json.h"

namespace experiment {
namespace {

using Json = nlohmann::ordered_json;

std::string text(std::int64_t value) {
    return std::to_string(value);
}
std::string text(double value) {
    return shortest(value);
}
std::string text(const std::string& value) {
    return value;
}

/// Adds "--flag 64,128" and takes the list over where it is not what the preset has.
template <class Value>
void addList(std::vector<std::string>& arguments, const char* flag, std::vector<Value>& said,
             const std::vector<Value>& wanted) {
    if (said == wanted) return;
    std::string joined;
    for (const Value& value : wanted) joined += (joined.empty() ? "" : ",") + text(value);
    arguments.insert(arguments.end(), {flag, joined});
    said = wanted;
}

/// Members of `wanted` that differ from `said`, section by section.
Json difference(const Json& said, const Json& wanted) {
    Json differing = Json::object();
    for (const auto& [key, value] : wanted.items()) {
        if (said.contains(key) && said.at(key) == value) continue;
        differing[key] = value.is_object() ? difference(said.at(key), value) : value;
    }
    return differing;
}

bool isPlain(std::string_view argument) {
    constexpr std::string_view kPlain = "%+,-./:=@_";
    return !argument.empty() && std::all_of(argument.begin(), argument.end(), [&](char c) {
        const bool alphanumeric =
            (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return alphanumeric || kPlain.find(c) != std::string_view::npos;
    });
}

}  // namespace

std::vector<std::string> batchArguments(const BatchPlace& place, const ExperimentSettings& settings,
                                        std::span<const RunSpec> added) {
    std::vector<std::string> arguments = {place.program, "--batch", "--experiment", place.folder};
    const auto named = preset(settings.preset);
    ExperimentSettings said = named ? *named : ExperimentSettings{};
    arguments.insert(arguments.end(), {"--preset", said.preset});
    if (settings.data.kind == CorpusKind::File) {
        arguments.insert(arguments.end(), {"--data", settings.data.path});
        said.data.kind = CorpusKind::File;
        said.data.path = settings.data.path;
        said.model.vocabulary = 256;
    }
    addList(arguments, "--lengths", said.grid.lengths, settings.grid.lengths);
    addList(arguments, "--ratios", said.grid.keepRatios, settings.grid.keepRatios);
    addList(arguments, "--seeds", said.grid.seeds, settings.grid.seeds);
    if (said.grid.selector != settings.grid.selector) {
        arguments.insert(arguments.end(), {"--selector", name(settings.grid.selector)});
        said.grid.selector = settings.grid.selector;
    }
    if (settings.grid.denseReference && !said.grid.denseReference) {
        arguments.emplace_back("--dense-reference");
        said.grid.denseReference = true;
    }
    if (said.training.precision != settings.training.precision) {
        arguments.insert(arguments.end(), {"--precision", name(settings.training.precision)});
        said.training.precision = settings.training.precision;
    }
    std::vector<std::string> none;
    addList(arguments, "--add-runs", none, addedRunNames(added, settings.grid));
    const Json rest = difference(Json::parse(toJson(said)), Json::parse(toJson(settings)));
    if (!rest.empty()) arguments.insert(arguments.end(), {"--settings", rest.dump()});
    if (!place.device.empty()) arguments.insert(arguments.end(), {"--device", place.device});
    if (place.lanes > 0)
        arguments.insert(arguments.end(), {"--lanes", std::to_string(place.lanes)});
    return arguments;
}

ExperimentSettings settingsOfRun(const ExperimentSettings& settings, const RunSpec& run) {
    ExperimentSettings alone = settings;
    alone.grid.lengths = {run.length};
    alone.grid.seeds = {run.seed};
    alone.grid.denseReference = run.attention == AttentionKind::Dense;
    if (run.attention == AttentionKind::Sparse) {
        alone.grid.keepRatios = {run.keepRatio};
        alone.grid.selector = run.selector;
    } else {
        alone.grid.keepRatios.resize(std::min<std::size_t>(1, alone.grid.keepRatios.size()));
    }
    alone.training.learningRate *= run.learningRateFactor;
    return alone;
}

std::string shellLine(const std::vector<std::string>& arguments) {
    std::string line;
    for (const std::string& argument : arguments) {
        if (!line.empty()) line += ' ';
        if (isPlain(argument)) {
            line += argument;
            continue;
        }
        line += '\'';
        for (const char c : argument) line += c == '\'' ? std::string("'\\''") : std::string(1, c);
        line += '\'';
    }
    return line;
}

}  // namespace experiment
