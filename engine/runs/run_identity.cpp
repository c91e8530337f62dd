// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/runs/run_identity.h"

#include <cstdint>

#include "engine/data/sha256.h"
#include "engine/experiment/settings_json.h"

namespace runs {
namespace {

constexpr std::size_t kHashDigits = 12;  // 48 bits: no collision to fear among 10^5 runs

std::string padded(std::int64_t number, std::size_t digits) {
    const std::string text = std::to_string(number);
    return std::string(text.size() < digits ? digits - text.size() : 0, '0') + text;
}

}  // namespace

std::string runHash(const experiment::ExperimentSettings& settings, const experiment::RunSpec& spec,
                    const std::string& corpusSha256) {
    const std::string identity = experiment::identityJson(settings, spec) + "\ncorpus " +
                                 corpusSha256 + "\nengine " + kEngineVersion;
    return data::sha256Hex(identity).substr(0, kHashDigits);
}

std::string cellName(const experiment::RunSpec& spec) {
    const std::string length = "L" + padded(spec.length, 4);
    if (spec.attention == experiment::AttentionKind::Dense) return length + "-dense";
    return length + "-k" + padded(spec.keep, 3);
}

RunId runId(const experiment::ExperimentSettings& settings, const experiment::RunSpec& spec,
            const std::string& corpusSha256) {
    return cellName(spec) + "/" + std::to_string(spec.seed) + "-" +
           runHash(settings, spec, corpusSha256);
}

std::string modelKind(const experiment::RunSpec& spec) {
    const std::string kind = experiment::name(spec.attention);
    return spec.attention == experiment::AttentionKind::Dense
               ? kind
               : kind + ", " + experiment::name(spec.selector);
}

}  // namespace runs
