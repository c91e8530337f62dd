// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/grid_metric.h"

#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include "stats/descriptives.h"
#include "ui/text.h"

namespace ui {
namespace {

constexpr std::array kMetrics = {Metric::FinalLoss,       Metric::Improvement, Metric::Accuracy,
                                 Metric::Perplexity,      Metric::ElapsedTime, Metric::StepTime,
                                 Metric::TokensPerSecond, Metric::PeakMemory,  Metric::Recall,
                                 Metric::ConvergenceSteps};

double meanRecall(const runs::RunResult& result) {
    std::vector<double> layers;
    for (const training::LayerDiagnostics& layer : result.layers)
        if (std::isfinite(layer.recall)) layers.push_back(layer.recall);
    return layers.empty() ? std::numeric_limits<double>::quiet_NaN() : stats::mean(layers);
}

}  // namespace

std::span<const Metric> allMetrics() {
    return kMetrics;
}

QString title(Metric metric) {
    switch (metric) {
        case Metric::FinalLoss:
            return QStringLiteral("final validation loss (nats/token)");
        case Metric::Improvement:
            return QStringLiteral("improvement vs the baseline (%)");
        case Metric::Accuracy:
            return QStringLiteral("validation accuracy (share of tokens)");
        case Metric::Perplexity:
            return QStringLiteral("perplexity");
        case Metric::ElapsedTime:
            return QStringLiteral("training time as it ran (s)");
        case Metric::StepTime:
            return QStringLiteral("time per step, measured alone (ms)");
        case Metric::TokensPerSecond:
            return QStringLiteral("speed as it ran (tokens/s)");
        case Metric::PeakMemory:
            return QStringLiteral("peak memory (MB)");
        case Metric::Recall:
            return QStringLiteral("attention mass kept (recall)");
        case Metric::ConvergenceSteps:
            return QStringLiteral("steps to within 2 % of the last loss");
    }
    return {};
}

QString title(Metric metric, double baselineRatio) {
    if (metric != Metric::Improvement) return title(metric);
    return QStringLiteral("improvement vs k/L %1 (%)").arg(ratioText(baselineRatio));
}

ColourScale::Kind scaleKind(Metric metric) {
    if (metric == Metric::Improvement) return ColourScale::Kind::Signed;
    const bool larger =
        metric == Metric::Accuracy || metric == Metric::TokensPerSecond || metric == Metric::Recall;
    return larger ? ColourScale::Kind::LargerIsBetter : ColourScale::Kind::SmallerIsBetter;
}

double valueOf(Metric metric, const runs::RunResult& result) {
    switch (metric) {
        case Metric::FinalLoss:
            return result.finalLoss;
        case Metric::Accuracy:
            return result.finalAccuracy;
        case Metric::Perplexity:
            return result.perplexity;
        case Metric::ElapsedTime:
            return result.elapsedSeconds;
        case Metric::TokensPerSecond:
            return result.tokensPerSecond;
        case Metric::PeakMemory:
            return static_cast<double>(result.peakBytes) / 1e6;
        case Metric::Recall:
            return meanRecall(result);
        case Metric::ConvergenceSteps:
            return static_cast<double>(result.convergenceStep);
        case Metric::Improvement:
        case Metric::StepTime:
            break;
    }
    return std::numeric_limits<double>::quiet_NaN();
}

}  // namespace ui
