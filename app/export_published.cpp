// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/export_published.h"

#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>

#include "app/version.h"
#include "engine/experiment/settings_json.h"

namespace app {
namespace {

using Json = nlohmann::ordered_json;
using runs::CellOutcome;

/// JSON has no NaN and no infinity.
Json number(double value) {
    if (std::isfinite(value)) return value;
    return std::isnan(value) ? "NaN" : value > 0.0 ? "Infinity" : "-Infinity";
}

Json number(const std::optional<double>& value) {
    return value ? number(*value) : Json();
}

void addSpread(Json& object, const std::string& prefix, const std::optional<Spread>& spread) {
    object[prefix + "_mean"] = spread ? number(spread->mean) : Json();
    object[prefix + "_std"] = spread ? number(spread->sd) : Json();
}

Json curveColumn(const runs::RunResult& result, double runs::CurvePoint::*member) {
    Json column = Json::array();
    for (const runs::CurvePoint& point : result.curve) column.push_back(number(point.*member));
    return column;
}

Json layersJson(const runs::RunResult& result) {
    Json layers = Json::array();
    for (const auto& layer : result.layers) {
        layers.push_back({{"recall", number(layer.recall)},
                          {"index_loss", number(layer.indexLoss)},
                          {"mean_distance", number(layer.meanDistance)},
                          {"oracle_overlap", number(layer.oracleOverlap)}});
    }
    return layers;
}

Json runJson(const runs::RunOutcome& run) {
    Json json = {{"seed", run.seed}, {"status", runs::name(run.status)}};
    if (!run.message.empty()) json["message"] = run.message;
    if (!run.result) return json;
    const runs::RunResult& result = *run.result;
    json["train_loss"] = curveColumn(result, &runs::CurvePoint::trainLoss);
    json["val_loss"] = curveColumn(result, &runs::CurvePoint::validationLoss);
    json["val_accuracy"] = curveColumn(result, &runs::CurvePoint::validationAccuracy);
    json["steps"] = Json::array();
    for (const runs::CurvePoint& point : result.curve) json["steps"].push_back(point.step);
    json["final_val_loss"] = number(result.finalLoss);
    json["final_val_accuracy"] = number(result.finalAccuracy);
    json["final_train_loss"] = number(result.finalTrainLoss);
    json["perplexity"] = number(result.perplexity);
    json["bits_per_byte"] = number(result.bitsPerByte);
    json["min_curve_loss"] = number(result.minCurveLoss);
    json["min_curve_step"] = result.minCurveStep;
    json["falling_steeply"] = result.fallingSteeply;
    json["rose_after_minimum"] = result.roseAfterMinimum;
    json["convergence_step"] = result.convergenceStep;
    json["convergence_tokens"] = result.convergenceTokens;
    json["area_under_curve"] = number(result.areaUnderCurve);
    json["training_steps"] = result.steps;
    json["tokens_seen"] = result.tokensSeen;
    json["epochs"] = number(result.epochs);
    json["validation_tokens"] = result.validationTokens;
    json["curve_tokens"] = result.curveTokens;
    json["elapsed_seconds"] = number(result.elapsedSeconds);
    json["tokens_per_second"] = number(result.tokensPerSecond);
    json["cohort_size"] = result.cohortSize;
    json["lanes"] = result.lanes;
    json["peak_bytes"] = result.peakBytes;
    json["layers"] = layersJson(result);
    return json;
}

Json timingJson(const runs::CellTiming& timing) {
    Json rounds = Json::array();
    for (const double median : timing.roundMediansMs) rounds.push_back(number(median));
    return {{"device", timing.device},
            {"median_ms", number(timing.medianMs)},
            {"lower_quartile_ms", number(timing.lowerQuartileMs)},
            {"upper_quartile_ms", number(timing.upperQuartileMs)},
            {"round_medians_ms", rounds},
            {"steps_per_round", timing.stepsPerRound},
            {"tokens_per_second", number(timing.tokensPerSecond)},
            {"peak_bytes", timing.peakBytes}};
}

Json cellJson(const runs::ResultsTable& table, const CellSummary& summary) {
    const CellOutcome& cell = *summary.cell;
    const double kept = static_cast<double>(cell.keep) / static_cast<double>(cell.length);
    Json json = {{"seq_len", cell.length},
                 {"sparsity_ratio", cell.keepRatio},
                 {"top_k", cell.keep},
                 {"actual_sparsity", 1.0 - kept},
                 {"runs", Json::array()}};
    for (const runs::RunOutcome& run : cell.runs) json["runs"].push_back(runJson(run));
    addSpread(json, "final_val_loss", summary.loss);
    addSpread(json, "final_val_accuracy", summary.accuracy);
    addSpread(json, "avg_time", summary.secondsPerStep);
    const bool isDense = cell.attention == experiment::AttentionKind::Dense;
    json["attention"] = experiment::name(cell.attention);
    json["selector"] = isDense ? Json() : Json(experiment::name(cell.selector));
    json["keep_ratio"] = cell.keepRatio;
    json["pairs_kept"] = number(cell.pairsKept);
    json["runs_planned"] = summary.planned;
    json["runs_done"] = summary.done;
    json["runs_failed"] = summary.failed;
    json["runs_diverged"] = summary.diverged;
    json["final_val_loss_interval95"] =
        summary.loss && summary.loss->low
            ? Json::array({number(summary.loss->low), number(summary.loss->high)})
            : Json();
    addSpread(json, "min_curve_loss", summary.minCurveLoss);
    json["improvement_vs_baseline"] = number(summary.improvementVsBaseline);
    json["improvement_vs_dense"] = number(summary.improvementVsDense);
    json["falling_steeply"] = summary.fallingSteeply;
    json["rose_after_minimum"] = summary.roseAfterMinimum;
    const runs::CellTiming* const timing = table.cellTiming(cell);
    json["timing"] = timing == nullptr ? Json() : timingJson(*timing);
    return json;
}

Json optimumJson(const LengthSummary& row) {
    const CellSummary& best = *row.best;
    return {{"optimal_sparsity_ratio", best.cell->keepRatio},
            {"optimal_top_k", best.cell->keep},
            {"optimal_val_loss", number(best.loss->mean)},
            {"optimal_val_loss_std", number(best.loss->sd)},
            {"optimal_val_accuracy", number(best.accuracy->mean)},
            {"optimal_val_accuracy_std", number(best.accuracy->sd)},
            {"n", best.done},
            {"pairs_kept", number(best.cell->pairsKept)},
            {"improvement_vs_baseline", number(best.improvementVsBaseline)},
            {"improvement_vs_dense", number(best.improvementVsDense)},
            {"best_on_edge_of_grid", row.bestOnEdge},
            {"falling_steeply", best.fallingSteeply},
            {"rose_after_minimum", best.roseAfterMinimum},
            {"interim", row.interim}};
}

Json configJson(const experiment::ExperimentSettings& settings,
                const runs::CorpusIdentity& corpus) {
    const Json all = Json::parse(experiment::toJson(settings));
    Json base = {{"d_model", settings.model.dModel},
                 {"n_heads", settings.model.heads},
                 {"n_layers", settings.model.layers},
                 {"d_ff", settings.model.dFf},
                 {"indexer_heads", settings.model.indexHeads},
                 {"indexer_dim", settings.model.indexDim},
                 {"batch_size", settings.training.batch},
                 {"learning_rate", settings.training.learningRate}};
    return {{"sequence_lengths", settings.grid.lengths},
            {"sparsity_ratios", settings.grid.keepRatios},
            {"num_runs", settings.grid.seeds.size()},
            {"seeds", settings.grid.seeds},
            {"base_config", base},
            {"sparsity_ratio_means", "k/L, the share of the visible tokens that is kept"},
            {"std_means", "sample standard deviation, n - 1"},
            {"baseline_ratio", kBaselineRatio},
            {"settings", all},
            {"corpus",
             {{"description", corpus.description},
              {"sha256", corpus.sha256},
              {"vocabulary", corpus.vocabulary},
              {"training_tokens", corpus.trainingTokens},
              {"validation_tokens", corpus.validationTokens}}},
            {"program_version", version()}};
}

}  // namespace

std::string publishedJson(const experiment::ExperimentSettings& settings,
                          const runs::CorpusIdentity& corpus, const runs::ResultsTable& table,
                          const StudySummary& summary, const std::string& statistics) {
    Json root = {{"experiment_config", configJson(settings, corpus)},
                 {"all_results", Json::array()},
                 {"dense_reference", Json::array()},
                 {"optimal_sparsity_results", Json::object()}};
    for (const CellSummary& cell : summary.cells) {
        const bool isDense = cell.cell->attention == experiment::AttentionKind::Dense;
        root[isDense ? "dense_reference" : "all_results"].push_back(cellJson(table, cell));
    }
    for (const LengthSummary& row : summary.lengths) {
        if (row.best == nullptr) continue;
        root["optimal_sparsity_results"][std::to_string(row.length)] = optimumJson(row);
    }
    root["statistical_analysis"] = Json::parse(statistics);
    return root.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace app
