// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/batch_report.h"

#include <spdlog/fmt/fmt.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "app/cell_summary.h"
#include "app/text.h"
#include "app/version.h"

namespace app {
namespace {

using Json = nlohmann::ordered_json;

std::string percentText(const std::optional<double>& share) {
    return share ? fmt::format("{:+.2f} %", 100.0 * *share) : std::string("-");
}

std::string flagsText(const CellSummary& cell, const LengthSummary& row) {
    std::string flags;
    const auto add = [&](const char* flag) {
        flags += (flags.empty() ? "" : ", ") + std::string(flag);
    };
    if (&cell == row.best) {
        add(row.interim ? "best so far" : "best");
        if (row.bestOnEdge) add("at the edge of the grid");
    }
    if (cell.fallingSteeply) add("still falling");
    if (cell.roseAfterMinimum) add("rose after its minimum");
    if (cell.failed > 0) add(fmt::format("{} failed", cell.failed).c_str());
    if (cell.diverged > 0) add(fmt::format("{} diverged", cell.diverged).c_str());
    return flags;
}

std::string cellRow(const CellSummary& cell, const LengthSummary& row) {
    const bool isDense = cell.cell->attention == experiment::AttentionKind::Dense;
    const std::string ratio = isDense ? "dense" : fmt::format("{}", cell.cell->keepRatio);
    const std::string loss = cell.loss ? fixedText(cell.loss->mean, 4) : "-";
    const std::string sd = cell.loss && cell.loss->sd ? fixedText(*cell.loss->sd, 4) : "-";
    const std::string accuracy = cell.accuracy ? fixedText(100.0 * cell.accuracy->mean, 2) : "-";
    std::string text = fmt::format(
        "{:>6} {:>6} {:>6} {:>9} {:>8} {:>8} {:>6} {:>12} {:>10}", row.length, ratio,
        cell.cell->keep, loss, sd, accuracy, fmt::format("{}/{}", cell.done, cell.planned),
        percentText(cell.improvementVsBaseline), percentText(cell.improvementVsDense));
    const std::string flags = flagsText(cell, row);
    return flags.empty() ? text : text + "  " + flags;
}

/// Null for what is missing, text for what is not finite: neither exists in JSON.
Json number(const std::optional<double>& value) {
    if (!value) return Json();
    return std::isfinite(*value) ? Json(*value) : Json(fmt::format("{}", *value));
}

Json cellJson(const CellSummary& cell) {
    const bool isDense = cell.cell->attention == experiment::AttentionKind::Dense;
    return {{"length", cell.cell->length},
            {"keep_ratio", cell.cell->keepRatio},
            {"keep", cell.cell->keep},
            {"attention", experiment::name(cell.cell->attention)},
            {"selector", isDense ? Json() : Json(experiment::name(cell.cell->selector))},
            {"planned", cell.planned},
            {"done", cell.done},
            {"failed", cell.failed},
            {"diverged", cell.diverged},
            {"final_val_loss_mean", cell.loss ? number(cell.loss->mean) : Json()},
            {"final_val_loss_std", cell.loss ? number(cell.loss->sd) : Json()},
            {"final_val_accuracy_mean", cell.accuracy ? number(cell.accuracy->mean) : Json()},
            {"improvement_vs_baseline", number(cell.improvementVsBaseline)},
            {"improvement_vs_dense", number(cell.improvementVsDense)},
            {"falling_steeply", cell.fallingSteeply},
            {"rose_after_minimum", cell.roseAfterMinimum}};
}

Json runJson(const runs::RunView& run) {
    Json json = {{"run", run.id},
                 {"length", run.spec.length},
                 {"keep_ratio", run.spec.keepRatio},
                 {"keep", run.spec.keep},
                 {"attention", experiment::name(run.spec.attention)},
                 {"seed", run.spec.seed},
                 {"status", runs::name(run.status)},
                 {"step", run.step},
                 {"total_steps", run.totalSteps}};
    if (run.result) json["final_val_loss"] = number(run.result->finalLoss);
    if (!run.message.empty()) json["message"] = run.message;
    return json;
}

std::string dumped(const Json& json) {
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace

std::string resultsText(const runs::Study& study) {
    const runs::ResultsTable table = study.results();
    const StudySummary summary = summarise(table);
    std::string text = fmt::format(
        "final validation loss in nats per token, {}\n{:>6} {:>6} {:>6} {:>9} {:>8} {:>8} {:>6} "
        "{:>12} "
        "{:>10}\n",
        study.corpus().description, "L", "k/L", "k", "loss", "sd", "acc. %", "runs", "vs k/L=0.5",
        "vs dense");
    for (const LengthSummary& row : summary.lengths) {
        for (const CellSummary& cell : summary.cells) {
            if (cell.cell->length == row.length) text += cellRow(cell, row) + "\n";
        }
    }
    return text;
}

std::string resultsJson(const runs::Study& study, int exitCode) {
    const runs::ResultsTable table = study.results();
    const StudySummary summary = summarise(table);
    Json root = {
        {"experiment", study.folder().string()},
        {"program_version", version()},
        {"exit_code", exitCode},
        {"planned", table.planned()},
        {"done", table.count(runs::RunStatus::Done)},
        {"failed", table.count(runs::RunStatus::Failed) + table.count(runs::RunStatus::Damaged)},
        {"diverged", table.count(runs::RunStatus::Diverged)},
        {"complete", table.complete()},
        {"cells", Json::array()},
        {"best", Json::array()},
        {"runs", Json::array()}};
    for (const CellSummary& cell : summary.cells) root["cells"].push_back(cellJson(cell));
    for (const LengthSummary& row : summary.lengths) {
        if (row.best == nullptr) continue;
        root["best"].push_back({{"length", row.length},
                                {"keep_ratio", row.best->cell->keepRatio},
                                {"keep", row.best->cell->keep},
                                {"final_val_loss_mean", number(row.best->loss->mean)},
                                {"at_edge_of_grid", row.bestOnEdge},
                                {"interim", row.interim}});
    }
    for (const runs::RunView& run : study.runs()) root["runs"].push_back(runJson(run));
    return dumped(root);
}

std::string planText(const PlanView& plan, const runs::PlanEstimate& estimate,
                     const runs::SchedulerSettings& lanes) {
    const auto& settings = plan.settings;
    std::string text = fmt::format(
        "experiment  {} (preset {})\ncorpus      {}\nmodel       {} wide, {} heads, {} layers, {} "
        "parameters\nselector    {}\ndevice      {}, {} side by side, {} stacked\n\n",
        plan.folder, settings.preset, plan.corpus, settings.model.dModel, settings.model.heads,
        settings.model.layers, groupedText(estimate.parameters),
        experiment::name(settings.grid.selector), lanes.lanes.front().device, lanes.lanes.size(),
        lanes.runsPerCohort);
    text += fmt::format("{:>6} {:>6} {:>8} {:>9} {:>8} {:>14} {:>8} {:>10}\n", "L", "runs",
                        "to train", "sequences", "steps", "tokens per run", "epochs", "ms a step");
    std::int64_t planned = 0;
    std::int64_t unfinished = 0;
    for (const runs::LengthEstimate& each : estimate.lengths) {
        planned += each.runs;
        unfinished += each.unfinished;
        text += fmt::format("{:>6} {:>6} {:>8} {:>9} {:>8} {:>14} {:>8.2f} {:>10}\n", each.length,
                            each.runs, each.unfinished, each.sequences, each.steps,
                            groupedText(each.tokensPerRun), each.epochs,
                            each.unfinished > 0 ? fixedText(each.stepMs, 1) : "-");
    }
    text += fmt::format(
        "\nruns        {} planned, {} to train\nexpected    {} (measured steps), {} on disk\n",
        planned, unfinished, durationText(estimate.secondsLeft), sizeText(estimate.diskBytes));
    return text;
}

std::string planJson(const PlanView& plan, const runs::PlanEstimate& estimate,
                     const runs::SchedulerSettings& lanes) {
    Json root = {{"experiment", plan.folder},
                 {"preset", plan.settings.preset},
                 {"corpus", plan.corpus},
                 {"parameters", estimate.parameters},
                 {"device", lanes.lanes.front().device},
                 {"lanes", lanes.lanes.size()},
                 {"runs_per_cohort", lanes.runsPerCohort},
                 {"expected_seconds", number(estimate.secondsLeft)},
                 {"expected_bytes", number(estimate.diskBytes)},
                 {"lengths", Json::array()},
                 {"runs", Json::array()}};
    for (const runs::LengthEstimate& each : estimate.lengths) {
        root["lengths"].push_back({{"length", each.length},
                                   {"runs", each.runs},
                                   {"to_train", each.unfinished},
                                   {"sequences", each.sequences},
                                   {"steps", each.steps},
                                   {"tokens_per_run", each.tokensPerRun},
                                   {"epochs", number(each.epochs)},
                                   {"step_ms", number(each.stepMs)}});
    }
    for (const runs::RunView& run : plan.runs) root["runs"].push_back(runJson(run));
    return dumped(root);
}

}  // namespace app
