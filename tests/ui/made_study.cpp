// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/made_study.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>
#include <utility>

#include "engine/runs/run_folder.h"

namespace made {
namespace {

constexpr std::int64_t kTokensPerStep = 2048;
constexpr int kEvaluations = 10;

template <class Result>
void require(const Result& result) {
    if (!result) throw std::runtime_error(result.error().message);
}

/// A number in [0, 1) from two others.
double noise(std::int64_t a, std::int64_t b) {
    const double at = std::sin(static_cast<double>(a) * 12.9898 + static_cast<double>(b) * 78.233);
    return at * 43758.5453 - std::floor(at * 43758.5453);
}

runs::CurvePoint curvePoint(const runs::MetricPoint& point) {
    return {point.step,
            point.tokens,
            point.trainLoss,
            *point.validationLoss,
            *point.validationAccuracy,
            point.elapsedSeconds};
}

void writeRun(const runs::Study& study, const runs::RunView& run, std::int64_t points,
              const Tweak& tweak) {
    auto writer = runs::RunWriter::open(study.runFolder(run.id));
    require(writer);
    require(writer->beginMetrics(0));
    runs::RunResult result;
    const std::int64_t every = std::max<std::int64_t>(1, points / kEvaluations);
    for (std::int64_t step = 1; step <= points; ++step) {
        runs::MetricPoint point = pointOf(run.spec, step);
        if (step % every != 0) {
            point.validationLoss.reset();
            point.validationAccuracy.reset();
            point.recall.reset();
        }
        if (tweak) tweak(run.spec, point);
        require(writer->append(point));
        if (point.validationLoss) result.curve.push_back(curvePoint(point));
    }
    result.finalLoss = result.curve.back().validationLoss;
    result.finalAccuracy = result.curve.back().validationAccuracy;
    result.perplexity = std::exp(result.finalLoss);
    result.steps = points;
    result.tokensSeen = points * kTokensPerStep;
    result.elapsedSeconds = result.curve.back().elapsedSeconds;
    result.tokensPerSecond = 50000.0;
    result.keep = run.spec.keep;
    result.layers.resize(4);
    require(writer->saveResult(result));
    writer->release();
}

}  // namespace

runs::MetricPoint pointOf(const experiment::RunSpec& spec, std::int64_t step) {
    const double at = static_cast<double>(step);
    const double floor =
        2.0 + 0.3 * (spec.keepRatio - 0.5) * (spec.keepRatio - 0.5) + 0.02 * noise(spec.seed, 1);
    runs::MetricPoint point;
    point.step = step;
    point.tokens = step * kTokensPerStep;
    point.trainLoss =
        floor + 3.5 * std::exp(-0.002 * at) + 0.1 * noise(spec.seed + spec.keep, step);
    point.learningRate = 1e-3 * std::min(1.0, at / 100.0);
    point.gradientNorm = 0.5 + noise(spec.seed, step + 3);
    point.indexGradientNorm = 0.1 * point.gradientNorm;
    point.indexLoss = 0.2 * std::exp(-0.001 * at);
    point.tokensPerSecond = 50000.0 + 1000.0 * noise(spec.seed, step);
    point.elapsedSeconds = at * 0.04;
    point.validationLoss = floor + 3.4 * std::exp(-0.002 * at);
    point.validationAccuracy = 0.5 - 0.3 * std::exp(-0.002 * at);
    point.recall = 0.9 - 0.4 * std::exp(-0.002 * at);
    return point;
}

runs::Study finishedStudy(const std::filesystem::path& folder, experiment::GridSettings grid,
                          std::int64_t points, const Tweak& tweak) {
    experiment::ExperimentSettings settings;
    settings.name = "Made study";
    settings.grid = std::move(grid);
    settings.training.budgetUnit = experiment::BudgetUnit::Steps;
    settings.training.budget = static_cast<double>(points);
    const auto corpus = data::openCorpus(settings.data);
    require(corpus);
    auto study = runs::Study::create(folder, settings, runs::identityOf(**corpus));
    require(study);
    for (const runs::RunView& run : study->runs()) writeRun(*study, run, points, tweak);
    return std::move(*study);
}

}  // namespace made
