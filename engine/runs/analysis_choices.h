// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "engine/result.h"

namespace runs {

/// How an experiment is judged: chosen once, best before the first run, and kept beside it in
/// EXPERIMENT/analysis.json. Training does not depend on it.
struct AnalysisChoices {
    double alpha = 0.05;
    double confidence = 0.95;              // of means, single pairs and effect sizes
    double baselineRatio = 0.5;            // keep ratio k/L that improvements refer to
    std::optional<double> smallestEffect;  // nats per token; nullopt: none stated
    std::string statedAt;  // UTC, "2025-01-31T14:32:00Z"; empty: as the program has them
    bool operator==(const AnalysisChoices&) const = default;
};

/// As the options of an analysis; Options is stats::GridAnalysisOptions, which engine does not
/// know.
template <class Options>
Options optionsOf(const AnalysisChoices& choices) {
    Options options;
    options.alpha = choices.alpha;
    options.confidence = choices.confidence;
    options.baselineRatio = choices.baselineRatio;
    options.smallestEffect = choices.smallestEffect;
    return options;
}

/// Error (Usage) names the value and the allowed range.
engine::Result<void> validate(const AnalysisChoices& choices);

/// The program's choices where the experiment has no such file. Errors: Io, Data.
engine::Result<AnalysisChoices> readAnalysisChoices(const std::filesystem::path& experiment);
/// Errors: Usage, Io.
engine::Result<void> saveAnalysisChoices(const std::filesystem::path& experiment,
                                         const AnalysisChoices& choices);

/// Now, in UTC to the second.
std::string timeStamp();

}  // namespace runs
