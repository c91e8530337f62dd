// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/export_tables.h"

#include <functional>

#include "app/csv.h"

namespace app {
namespace {

using runs::CellOutcome;

CsvWriter& addCell(CsvWriter& csv, const CellOutcome& cell) {
    return csv.add(cell.length)
        .add(cell.keepRatio)
        .add(cell.keep)
        .add(experiment::name(cell.attention))
        .add(cell.attention == experiment::AttentionKind::Dense ? ""
                                                                : experiment::name(cell.selector));
}

/// Mean over the layers.
std::optional<double> layerMean(const runs::RunResult& result,
                                double training::LayerDiagnostics::*member) {
    if (result.layers.empty()) return std::nullopt;
    double sum = 0.0;
    for (const auto& layer : result.layers) sum += layer.*member;
    return sum / static_cast<double>(result.layers.size());
}

/// Final curve loss of the dense reference with this length and seed, times 1.02: the goal of
/// convergence.
std::optional<double> denseGoal(const runs::ResultsTable& table, std::int64_t length,
                                std::int64_t seed) {
    const CellOutcome* dense = table.denseCell(length);
    if (dense == nullptr) return std::nullopt;
    for (const runs::RunOutcome& run : dense->runs) {
        if (run.seed == seed && run.result && !run.result->curve.empty()) {
            return 1.02 * run.result->curve.back().validationLoss;
        }
    }
    return std::nullopt;
}

void addResult(CsvWriter& csv, const runs::ResultsTable& table, const CellOutcome& cell,
               const runs::RunOutcome& run) {
    const runs::RunResult& result = *run.result;
    const auto goal = denseGoal(table, cell.length, run.seed);
    const auto reached = goal ? runs::firstAtOrBelow(result.curve, *goal) : std::nullopt;
    csv.add(result.finalLoss)
        .add(result.finalAccuracy)
        .add(result.perplexity)
        .add(result.bitsPerByte)
        .add(result.finalTrainLoss)
        .add(result.minCurveLoss)
        .add(result.minCurveStep)
        .add(result.fallingSteeply)
        .add(result.roseAfterMinimum)
        .add(result.convergenceStep)
        .add(result.convergenceTokens)
        .add(reached ? std::optional(reached->step) : std::nullopt)
        .add(reached ? std::optional(reached->tokens) : std::nullopt)
        .add(result.areaUnderCurve)
        .add(result.steps)
        .add(result.tokensSeen)
        .add(result.epochs)
        .add(result.validationTokens)
        .add(result.elapsedSeconds)
        .add(result.tokensPerSecond)
        .add(result.cohortSize)
        .add(result.lanes)
        .add(result.peakBytes)
        .add(layerMean(result, &training::LayerDiagnostics::recall))
        .add(layerMean(result, &training::LayerDiagnostics::indexLoss))
        .add(layerMean(result, &training::LayerDiagnostics::meanDistance))
        .add(layerMean(result, &training::LayerDiagnostics::oracleOverlap));
}

constexpr int kResultColumns = 27;

CsvWriter& addSpread(CsvWriter& csv, const std::optional<Spread>& spread) {
    return csv.add(spread ? std::optional(spread->mean) : std::nullopt)
        .add(spread ? spread->sd : std::nullopt);
}

void addTiming(CsvWriter& csv, const runs::CellTiming* timing) {
    if (timing == nullptr) {
        for (int i = 0; i < 6; ++i) csv.add("");
        return;
    }
    csv.add(timing->medianMs)
        .add(timing->lowerQuartileMs)
        .add(timing->upperQuartileMs)
        .add(timing->tokensPerSecond)
        .add(timing->peakBytes)
        .add(timing->device);
}

/// The row whose best cell this is; nullptr if it is not the best.
const LengthSummary* rowOfBest(const StudySummary& summary, const CellSummary& cell) {
    for (const LengthSummary& row : summary.lengths) {
        if (row.best == &cell) return &row;
    }
    return nullptr;
}

/// Steps, tokens and epochs that every finished run of the cell has seen.
void addBudget(CsvWriter& csv, const CellOutcome& cell) {
    for (const runs::RunOutcome& run : cell.runs) {
        if (!run.result) continue;
        csv.add(run.result->steps).add(run.result->tokensSeen).add(run.result->epochs);
        return;
    }
    csv.add("").add("").add("");
}

}  // namespace

std::string runsCsv(const runs::ResultsTable& table) {
    CsvWriter csv(
        "length,keep_ratio,keep,attention,selector,pairs_kept,seed,status,final_val_loss,"
        "final_val_accuracy,perplexity,bits_per_byte,final_train_loss,min_curve_loss,"
        "min_curve_step,falling_steeply,rose_after_minimum,convergence_step,convergence_tokens,"
        "dense_loss_step,dense_loss_tokens,area_under_curve,steps,tokens_seen,epochs,"
        "validation_tokens,elapsed_s,tokens_per_s,cohort_size,lanes,peak_bytes,recall,index_loss,"
        "mean_distance,oracle_overlap,run,message");
    for (const CellOutcome& cell : table.cells) {
        for (const runs::RunOutcome& run : cell.runs) {
            addCell(csv, cell).add(cell.pairsKept).add(run.seed).add(runs::name(run.status));
            if (run.result) {
                addResult(csv, table, cell, run);
            } else {
                for (int i = 0; i < kResultColumns; ++i) csv.add("");
            }
            csv.add(run.id).add(run.message).endRow();
        }
    }
    return csv.take();
}

std::string cellsCsv(const runs::ResultsTable& table, const StudySummary& summary) {
    CsvWriter csv(
        "length,keep_ratio,keep,attention,selector,pairs_kept,planned,n,failed,diverged,"
        "final_val_loss_mean,final_val_loss_sd,final_val_loss_low95,final_val_loss_high95,"
        "final_val_accuracy_mean,final_val_accuracy_sd,min_curve_loss_mean,min_curve_loss_sd,"
        "improvement_vs_baseline,improvement_vs_dense,best_of_length,best_on_edge,falling_steeply,"
        "rose_after_minimum,steps,tokens_seen,epochs,timing_median_ms,timing_lower_quartile_ms,"
        "timing_upper_quartile_ms,timing_tokens_per_s,timing_peak_bytes,timing_device");
    for (const CellSummary& each : summary.cells) {
        const LengthSummary* const row = rowOfBest(summary, each);
        addCell(csv, *each.cell)
            .add(each.cell->pairsKept)
            .add(each.planned)
            .add(each.done)
            .add(each.failed)
            .add(each.diverged);
        addSpread(csv, each.loss)
            .add(each.loss ? each.loss->low : std::nullopt)
            .add(each.loss ? each.loss->high : std::nullopt);
        addSpread(csv, each.accuracy);
        addSpread(csv, each.minCurveLoss)
            .add(each.improvementVsBaseline)
            .add(each.improvementVsDense)
            .add(row != nullptr)
            .add(row != nullptr && row->bestOnEdge)
            .add(each.fallingSteeply)
            .add(each.roseAfterMinimum);
        addBudget(csv, *each.cell);
        addTiming(csv, table.cellTiming(*each.cell));
        csv.endRow();
    }
    return csv.take();
}

std::string curvesCsv(std::span<const RunCurve> curves) {
    CsvWriter csv(
        "length,keep_ratio,keep,attention,selector,seed,step,tokens,elapsed_s,train_loss,val_loss,"
        "val_accuracy,learning_rate,gradient_norm,index_gradient_norm,index_loss,tokens_per_s");
    for (const RunCurve& curve : curves) {
        for (const runs::MetricPoint& point : curve.points) {
            addCell(csv, *curve.cell)
                .add(curve.run->seed)
                .add(point.step)
                .add(point.tokens)
                .add(point.elapsedSeconds)
                .add(point.trainLoss)
                .add(point.validationLoss)
                .add(point.validationAccuracy)
                .add(point.learningRate)
                .add(point.gradientNorm)
                .add(point.indexGradientNorm)
                .add(point.indexLoss)
                .add(point.tokensPerSecond)
                .endRow();
        }
    }
    return csv.take();
}

}  // namespace app
