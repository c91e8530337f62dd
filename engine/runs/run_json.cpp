// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/runs/run_json.h"

#include "engine/runs/json_fields.h"

namespace runs {
namespace {

using detail::guarded;
using detail::integerAt;
using detail::Json;
using detail::real;
using detail::realAt;
using detail::strictJson;
using detail::textAt;

template <class Enum, std::size_t N>
Enum named(const std::string& text, const Enum (&values)[N]) {
    for (const Enum value : values) {
        if (text == experiment::name(value)) return value;
    }
    throw std::invalid_argument("\"" + text + "\" is not a known name");
}

constexpr experiment::AttentionKind kAttentions[] = {experiment::AttentionKind::Dense,
                                                     experiment::AttentionKind::Sparse};
constexpr experiment::Selector kSelectors[] = {
    experiment::Selector::Aligned, experiment::Selector::Frozen, experiment::Selector::Oracle,
    experiment::Selector::Local, experiment::Selector::Random};

Json specJson(const experiment::RunSpec& spec) {
    return {{"length", spec.length},
            {"keepRatio", spec.keepRatio},
            {"keep", spec.keep},
            {"attention", experiment::name(spec.attention)},
            {"selector", experiment::name(spec.selector)},
            {"seed", spec.seed},
            {"learningRateFactor", spec.learningRateFactor}};
}

experiment::RunSpec specOf(const Json& json) {
    return {.length = integerAt(json, "length"),
            .keepRatio = realAt(json, "keepRatio"),
            .keep = integerAt(json, "keep"),
            .attention = named(textAt(json, "attention"), kAttentions),
            .selector = named(textAt(json, "selector"), kSelectors),
            .seed = integerAt(json, "seed"),
            .learningRateFactor = realAt(json, "learningRateFactor")};
}

Json gatesJson(const std::vector<training::GateResult>& gates) {
    Json list = Json::array();
    for (const auto& gate : gates) {
        list.push_back({{"gate", gate.gate}, {"passed", gate.passed}, {"detail", gate.detail}});
    }
    return list;
}

std::vector<training::GateResult> gatesOf(const Json& json) {
    std::vector<training::GateResult> gates;
    for (const Json& entry : json) {
        gates.push_back(
            {textAt(entry, "gate"), entry.at("passed").get<bool>(), textAt(entry, "detail")});
    }
    return gates;
}

Json curveJson(const std::vector<CurvePoint>& curve) {
    Json list = Json::array();
    for (const CurvePoint& point : curve) {
        list.push_back({{"step", point.step},
                        {"tokens", point.tokens},
                        {"trainLoss", real(point.trainLoss)},
                        {"validationLoss", real(point.validationLoss)},
                        {"validationAccuracy", real(point.validationAccuracy)},
                        {"elapsedSeconds", real(point.elapsedSeconds)}});
    }
    return list;
}

std::vector<CurvePoint> curveOf(const Json& json) {
    std::vector<CurvePoint> curve;
    for (const Json& entry : json) {
        curve.push_back({integerAt(entry, "step"), integerAt(entry, "tokens"),
                         realAt(entry, "trainLoss"), realAt(entry, "validationLoss"),
                         realAt(entry, "validationAccuracy"), realAt(entry, "elapsedSeconds")});
    }
    return curve;
}

Json layersJson(const std::vector<training::LayerDiagnostics>& layers) {
    Json list = Json::array();
    for (const auto& layer : layers) {
        list.push_back({{"recall", real(layer.recall)},
                        {"indexLoss", real(layer.indexLoss)},
                        {"meanDistance", real(layer.meanDistance)},
                        {"oracleOverlap", real(layer.oracleOverlap)}});
    }
    return list;
}

/// One list of the result's fields for both ways: visit(key, field).
template <class Result, class Visitor>
void visitResult(Result& result, Visitor&& visit) {
    visit("finalLoss", result.finalLoss);
    visit("finalAccuracy", result.finalAccuracy);
    visit("perplexity", result.perplexity);
    visit("bitsPerByte", result.bitsPerByte);
    visit("finalTrainLoss", result.finalTrainLoss);
    visit("validationTokens", result.validationTokens);
    visit("curveTokens", result.curveTokens);
    visit("minCurveLoss", result.minCurveLoss);
    visit("minCurveStep", result.minCurveStep);
    visit("convergenceStep", result.convergenceStep);
    visit("convergenceTokens", result.convergenceTokens);
    visit("areaUnderCurve", result.areaUnderCurve);
    visit("fallingSteeply", result.fallingSteeply);
    visit("roseAfterMinimum", result.roseAfterMinimum);
    visit("elapsedSeconds", result.elapsedSeconds);
    visit("tokensPerSecond", result.tokensPerSecond);
    visit("cohortSize", result.cohortSize);
    visit("lanes", result.lanes);
    visit("peakBytes", result.peakBytes);
    visit("pairsKept", result.pairsKept);
    visit("keep", result.keep);
    visit("steps", result.steps);
    visit("tokensSeen", result.tokensSeen);
    visit("epochs", result.epochs);
}

struct FieldWriter {
    Json& json;
    void operator()(const char* key, double value) const { json[key] = real(value); }
    void operator()(const char* key, std::int64_t value) const { json[key] = value; }
    void operator()(const char* key, bool value) const { json[key] = value; }
};

struct FieldReader {
    const Json& json;
    void operator()(const char* key, double& value) const { value = realAt(json, key); }
    void operator()(const char* key, std::int64_t& value) const { value = integerAt(json, key); }
    void operator()(const char* key, bool& value) const { value = json.at(key).get<bool>(); }
};

}  // namespace

std::string toJson(const RunDescription& description) {
    const Json settings = Json::parse(description.settingsJson, nullptr, false);
    const Json json = {
        {"spec", specJson(description.spec)},
        {"totalSteps", description.totalSteps},
        {"cohort", description.cohort},
        {"device", description.device},
        {"threads", description.threads},
        {"lanes", description.lanes},
        {"engineVersion", description.engineVersion},
        {"environment", description.environment},
        {"corpus", {{"description", description.corpus}, {"sha256", description.corpusSha256}}},
        {"preflight", gatesJson(description.gates)},
        {"settings", settings.is_discarded() ? Json(description.settingsJson) : settings}};
    return json.dump(2) + "\n";
}

engine::Result<RunDescription> parseDescription(std::string_view text) {
    return guarded<RunDescription>("The run's description", [text] {
        const Json json = strictJson(text);
        RunDescription description;
        description.spec = specOf(json.at("spec"));
        description.totalSteps = integerAt(json, "totalSteps");
        description.cohort = json.at("cohort").get<std::vector<RunId>>();
        description.device = textAt(json, "device");
        description.threads = static_cast<int>(integerAt(json, "threads"));
        description.lanes = integerAt(json, "lanes");
        description.engineVersion = textAt(json, "engineVersion");
        description.environment = textAt(json, "environment");
        description.corpus = textAt(json.at("corpus"), "description");
        description.corpusSha256 = textAt(json.at("corpus"), "sha256");
        description.gates = gatesOf(json.at("preflight"));
        description.settingsJson = json.at("settings").dump(2);
        return description;
    });
}

std::string toJson(const RunResult& result) {
    Json json;
    visitResult(result, FieldWriter{json});
    json["layers"] = layersJson(result.layers);
    json["curve"] = curveJson(result.curve);
    return json.dump(1) + "\n";
}

engine::Result<RunResult> parseResult(std::string_view text) {
    return guarded<RunResult>("The run's result", [text] {
        const Json json = strictJson(text);
        RunResult result;
        visitResult(result, FieldReader{json});
        for (const Json& layer : json.at("layers")) {
            result.layers.push_back({realAt(layer, "recall"), realAt(layer, "indexLoss"),
                                     realAt(layer, "meanDistance"),
                                     realAt(layer, "oracleOverlap")});
        }
        result.curve = curveOf(json.at("curve"));
        return result;
    });
}

std::string toJson(const RunFailure& failure) {
    const Json json = {{"status", name(failure.status)},
                       {"exitCode", failure.exitCode},
                       {"step", failure.step},
                       {"message", failure.message}};
    return json.dump(2) + "\n";
}

engine::Result<RunFailure> parseFailure(std::string_view text) {
    return guarded<RunFailure>("The record of the run's failure", [text] {
        const Json json = strictJson(text);
        const std::string status = textAt(json, "status");
        return RunFailure{
            status == name(RunStatus::Diverged) ? RunStatus::Diverged : RunStatus::Failed,
            static_cast<int>(integerAt(json, "exitCode")), integerAt(json, "step"),
            textAt(json, "message")};
    });
}

std::string toJson(const std::vector<CurvePoint>& curve) {
    return curveJson(curve).dump();
}

engine::Result<std::vector<CurvePoint>> parseCurve(std::string_view text) {
    return guarded<std::vector<CurvePoint>>("The validation curve",
                                            [text] { return curveOf(strictJson(text)); });
}

std::string toJson(const std::vector<RunId>& ids) {
    return Json(ids).dump();
}

engine::Result<std::vector<RunId>> parseIds(std::string_view text) {
    return guarded<std::vector<RunId>>(
        "The list of runs", [text] { return strictJson(text).get<std::vector<RunId>>(); });
}

std::string toJson(const std::vector<experiment::RunSpec>& specs) {
    Json list = Json::array();
    for (const auto& spec : specs) list.push_back(specJson(spec));
    return list.dump();
}

engine::Result<std::vector<experiment::RunSpec>> parseSpecs(std::string_view text) {
    return guarded<std::vector<experiment::RunSpec>>("The list of added runs", [text] {
        std::vector<experiment::RunSpec> specs;
        const Json json = strictJson(text);
        for (const Json& entry : json) specs.push_back(specOf(entry));
        return specs;
    });
}

std::string toJson(const std::vector<CellTiming>& timing) {
    Json list = Json::array();
    for (const CellTiming& cell : timing) {
        Json rounds = Json::array();
        for (const double median : cell.roundMediansMs) rounds.push_back(real(median));
        list.push_back({{"length", cell.length},
                        {"keepRatio", cell.keepRatio},
                        {"attention", experiment::name(cell.attention)},
                        {"device", cell.device},
                        {"medianMs", real(cell.medianMs)},
                        {"lowerQuartileMs", real(cell.lowerQuartileMs)},
                        {"upperQuartileMs", real(cell.upperQuartileMs)},
                        {"roundMediansMs", rounds},
                        {"stepsPerRound", cell.stepsPerRound},
                        {"tokensPerStep", cell.tokensPerStep},
                        {"tokensPerSecond", real(cell.tokensPerSecond)},
                        {"peakBytes", cell.peakBytes}});
    }
    return Json({{"method", "E = 1, nothing else running, shuffled cells, first steps left out"},
                 {"cells", list}})
               .dump(2) +
           "\n";
}

engine::Result<std::vector<CellTiming>> parseTiming(std::string_view text) {
    return guarded<std::vector<CellTiming>>("The timing pass", [text] {
        std::vector<CellTiming> timing;
        const Json json = strictJson(text);
        for (const Json& entry : json.at("cells")) {
            CellTiming cell{.length = integerAt(entry, "length"),
                            .keepRatio = realAt(entry, "keepRatio"),
                            .attention = named(textAt(entry, "attention"), kAttentions),
                            .device = textAt(entry, "device"),
                            .medianMs = realAt(entry, "medianMs"),
                            .lowerQuartileMs = realAt(entry, "lowerQuartileMs"),
                            .upperQuartileMs = realAt(entry, "upperQuartileMs"),
                            .roundMediansMs = {},
                            .stepsPerRound = integerAt(entry, "stepsPerRound"),
                            .tokensPerStep = integerAt(entry, "tokensPerStep"),
                            .tokensPerSecond = realAt(entry, "tokensPerSecond"),
                            .peakBytes = integerAt(entry, "peakBytes")};
            for (const Json& median : entry.at("roundMediansMs"))
                cell.roundMediansMs.push_back(detail::realOf(median));
            timing.push_back(std::move(cell));
        }
        return timing;
    });
}

}  // namespace runs
