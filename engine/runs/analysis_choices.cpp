// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/runs/analysis_choices.h"

#include <chrono>
#include <ctime>
#include <system_error>

#include "engine/runs/file_commit.h"
#include "engine/runs/json_fields.h"

namespace runs {
namespace {

namespace fs = std::filesystem;
using detail::Json;
using engine::Error;
using engine::ErrorKind;
using engine::Result;

constexpr const char* kFile = "analysis.json";
constexpr std::uint64_t kLargest = std::uint64_t{1} << 16;

Error outside(const std::string& what, double value, const std::string& range) {
    return {ErrorKind::Usage,
            what + " is " + detail::real(value).dump() + ", but must be " + range + "."};
}

}  // namespace

Result<void> validate(const AnalysisChoices& choices) {
    // Written so that NaN fails as well.
    if (!(choices.alpha > 0.0 && choices.alpha < 0.5))
        return outside("The significance level alpha", choices.alpha, "above 0 and below 0.5");
    if (!(choices.confidence > 0.0 && choices.confidence < 1.0))
        return outside("The confidence of intervals", choices.confidence, "between 0 and 1");
    if (!(choices.baselineRatio > 0.0 && choices.baselineRatio <= 1.0))
        return outside("The baseline keep ratio", choices.baselineRatio, "above 0 and at most 1");
    if (choices.smallestEffect && !(*choices.smallestEffect > 0.0 && *choices.smallestEffect < 1e6))
        return outside("The smallest effect of interest", *choices.smallestEffect,
                       "above 0 nats per token");
    return {};
}

Result<AnalysisChoices> readAnalysisChoices(const fs::path& experiment) {
    const fs::path path = experiment / kFile;
    std::error_code ignored;
    if (!fs::exists(path, ignored)) return AnalysisChoices{};
    const Result<std::string> text = readFile(path, kLargest);
    if (!text) return text.error();
    const auto parsed = detail::guarded<AnalysisChoices>(path.c_str(), [&] {
        const Json json = detail::strictJson(*text);
        AnalysisChoices choices;
        choices.alpha = detail::realAt(json, "alpha");
        choices.confidence = detail::realAt(json, "confidence");
        choices.baselineRatio = detail::realAt(json, "baselineRatio");
        if (const Json& effect = json.at("smallestEffect"); !effect.is_null())
            choices.smallestEffect = detail::realOf(effect);
        choices.statedAt = detail::textAt(json, "statedAt");
        return choices;
    });
    if (!parsed) return parsed.error();
    if (const Result<void> valid = validate(*parsed); !valid)
        return Error{ErrorKind::Data, path.string() + ": " + valid.error().message};
    return *parsed;
}

Result<void> saveAnalysisChoices(const fs::path& experiment, const AnalysisChoices& choices) {
    if (const Result<void> valid = validate(choices); !valid) return valid;
    const Json json = {
        {"alpha", choices.alpha},
        {"confidence", choices.confidence},
        {"baselineRatio", choices.baselineRatio},
        {"smallestEffect", choices.smallestEffect ? Json(*choices.smallestEffect) : Json()},
        {"statedAt", choices.statedAt}};
    return commitText(experiment / kFile, json.dump(2) + "\n");
}

std::string timeStamp() {
    const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    std::tm utc{};
    ::gmtime_r(&now, &utc);
    char text[sizeof "2025-01-31T14:32:00Z"];
    std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
    return text;
}

}  // namespace runs
