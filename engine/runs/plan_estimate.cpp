// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/runs/plan_estimate.h"

#include <algorithm>

namespace runs {
namespace {

// Bytes on disk; a line of metrics has about a dozen numbers.
constexpr double kMetricsLine = 320.0;
constexpr double kRunRecords = 24'000.0;  // run.json and result.json

/// A step of this length with at most about `most` tokens, to be scaled up.
experiment::TrainingSettings smallerBatch(experiment::TrainingSettings training,
                                          std::int64_t length, std::int64_t most) {
    const std::int64_t tokens = experiment::batchSequences(training, length) * length;
    training.batchUnit = experiment::BatchUnit::Sequences;
    training.batch = std::max<std::int64_t>(1, std::min(tokens, most) / length);
    return training;
}

engine::Result<double> measureStepMs(const experiment::ExperimentSettings& settings,
                                     std::int64_t length,
                                     const std::shared_ptr<const data::Corpus>& corpus,
                                     const LaneSettings& lane, const TrainingPorts& ports) {
    constexpr std::int64_t kMostTokens = 2048;
    constexpr std::int64_t kSteps = 4;
    const auto& ratios = settings.grid.keepRatios;
    const double ratio = ratios[ratios.size() / 2];
    training::CohortPlan plan;
    plan.model = settings.model;
    plan.training = smallerBatch(settings.training, length, kMostTokens);
    plan.runs = {{.length = length,
                  .keepRatio = ratio,
                  .keep = experiment::keepCount(length, ratio),
                  .selector = settings.grid.selector,
                  .seed = settings.grid.seeds.front()}};
    plan.device = lane.device;
    plan.threads = lane.threads;
    const auto timing = ports.timeSteps(plan, corpus, kSteps);
    if (!timing) return timing.error();
    const auto whole = static_cast<double>(experiment::batchSequences(settings.training, length));
    return timing->medianMs * whole / static_cast<double>(plan.training.batch);
}

/// Evaluated tokens cost a third of trained ones: forward without backward.
double evaluationShare(const experiment::ExperimentSettings& settings, const LengthEstimate& length,
                       std::size_t validationTokens) {
    const double points = static_cast<double>(settings.training.evaluations - 1) *
                          static_cast<double>(settings.training.evaluationTokens);
    const double evaluated = points + static_cast<double>(validationTokens);
    return evaluated / 3.0 / static_cast<double>(length.tokensPerRun);
}

}  // namespace

std::int64_t parameterCount(const experiment::ModelSettings& model) {
    const std::int64_t d = model.dModel;
    const std::int64_t attention = 4 * d * d;
    const std::int64_t feedForward = 2 * d * model.dFf;
    // W_q, W_k with its LayerNorm, W_w of the lightning indexer.
    const std::int64_t indexer = d * model.indexHeads * model.indexDim + d * model.indexDim +
                                 2 * model.indexDim + d * model.indexHeads;
    const std::int64_t norms = 2 * d;
    return model.vocabulary * d + model.layers * (attention + feedForward + indexer + norms) + d;
}

engine::Result<PlanEstimate> estimatePlan(const experiment::ExperimentSettings& settings,
                                          const std::vector<RunView>& planned,
                                          const std::shared_ptr<const data::Corpus>& corpus,
                                          const SchedulerSettings& lanes,
                                          const TrainingPorts& ports) {
    PlanEstimate estimate;
    estimate.parameters = parameterCount(settings.model);
    const auto trainingTokens = static_cast<std::int64_t>(corpus->training().size());
    // A finished run keeps its weights; one in training two checkpoints with both moments.
    const double weights = 4.0 * static_cast<double>(estimate.parameters);
    estimate.diskBytes = static_cast<double>(lanes.lanes.size()) *
                         static_cast<double>(lanes.runsPerCohort) * 6.0 * weights;
    for (const std::int64_t length : settings.grid.lengths) {
        LengthEstimate each;
        each.length = length;
        each.sequences = experiment::batchSequences(settings.training, length);
        each.steps = data::totalSteps(settings.training, length, trainingTokens);
        each.tokensPerRun = each.steps * each.sequences * length;
        each.epochs = static_cast<double>(each.steps * each.sequences) /
                      static_cast<double>(data::windowCount(trainingTokens, length));
        double stepsLeft = 0.0;
        for (const RunView& run : planned) {
            if (run.spec.length != length) continue;
            ++each.runs;
            const bool isOver = run.status == RunStatus::Done || run.status == RunStatus::Failed ||
                                run.status == RunStatus::Diverged;
            if (isOver) continue;
            ++each.unfinished;
            stepsLeft += static_cast<double>(each.steps - run.step);
        }
        if (each.unfinished > 0) {
            const auto stepMs = measureStepMs(settings, length, corpus, lanes.lanes.front(), ports);
            if (!stepMs) return stepMs.error();
            each.stepMs = *stepMs;
        }
        const double share = evaluationShare(settings, each, corpus->validation().size());
        estimate.secondsLeft += stepsLeft * each.stepMs / 1000.0 * (1.0 + share) /
                                static_cast<double>(lanes.lanes.size());
        estimate.diskBytes +=
            static_cast<double>(each.runs) *
            (weights + kRunRecords + kMetricsLine * static_cast<double>(each.steps));
        estimate.lengths.push_back(each);
    }
    return estimate;
}

}  // namespace runs
