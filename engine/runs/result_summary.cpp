// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/runs/result_summary.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/runs/results_table.h"

namespace runs {
namespace {

constexpr double kConverged = 1.02;   // within 2 % of the curve's last loss
constexpr double kSteepShare = 0.01;  // relative loss over the last tenth of the curve
constexpr double kRiseShare = 0.01;   // relative rise above the minimum
constexpr double kLastStretch = 0.1;

/// Trapezoids of loss over tokens, divided by the tokens spanned: a mean loss.
double meanLoss(const std::vector<CurvePoint>& curve) {
    double area = 0.0;
    for (std::size_t i = 1; i < curve.size(); ++i) {
        area += 0.5 * (curve[i].validationLoss + curve[i - 1].validationLoss) *
                static_cast<double>(curve[i].tokens - curve[i - 1].tokens);
    }
    const auto span = static_cast<double>(curve.back().tokens - curve.front().tokens);
    return span > 0.0 ? area / span : curve.back().validationLoss;
}

/// Loss at this step, linear between the curve's points; the nearest end outside of them.
double lossAt(const std::vector<CurvePoint>& curve, double step) {
    for (std::size_t i = 1; i < curve.size(); ++i) {
        const auto left = static_cast<double>(curve[i - 1].step);
        const auto right = static_cast<double>(curve[i].step);
        if (step > right) continue;
        const double share = std::clamp((step - left) / (right - left), 0.0, 1.0);
        return std::lerp(curve[i - 1].validationLoss, curve[i].validationLoss, share);
    }
    return curve.back().validationLoss;
}

void addCurve(RunResult& result, const std::vector<CurvePoint>& curve) {
    result.curve = curve;
    if (curve.empty()) return;
    const double last = curve.back().validationLoss;
    const CurvePoint& lowest =
        *std::min_element(curve.begin(), curve.end(), [](const CurvePoint& a, const CurvePoint& b) {
            return a.validationLoss < b.validationLoss;
        });
    result.minCurveLoss = lowest.validationLoss;
    result.minCurveStep = lowest.step;
    if (const auto converged = firstAtOrBelow(curve, kConverged * last)) {
        result.convergenceStep = converged->step;
        result.convergenceTokens = converged->tokens;
    }
    result.areaUnderCurve = meanLoss(curve);
    const double before =
        lossAt(curve, (1.0 - kLastStretch) * static_cast<double>(curve.back().step));
    result.fallingSteeply = before - last > kSteepShare * last;
    result.roseAfterMinimum = last > (1.0 + kRiseShare) * lowest.validationLoss;
}

}  // namespace

RunResult summarise(const SummaryInput& input) {
    RunResult result;
    result.finalLoss = input.final.loss;
    result.finalAccuracy = input.final.accuracy;
    result.perplexity = std::exp(input.final.loss);
    result.bitsPerByte = input.final.loss / std::numbers::ln2;
    result.finalTrainLoss = input.progress.lastTrainLoss;
    result.validationTokens = input.final.tokens;
    result.curveTokens = input.curveTokens;
    addCurve(result, input.progress.curve);
    result.elapsedSeconds = input.progress.elapsedSeconds;
    result.steps = input.steps;
    result.tokensSeen = input.steps * input.tokensPerStep;
    if (input.progress.trainSeconds > 0.0) {
        result.tokensPerSecond =
            static_cast<double>(result.tokensSeen) / input.progress.trainSeconds;
    }
    result.cohortSize = input.cohortSize;
    result.lanes = input.lanes;
    result.peakBytes = input.progress.peakBytes;
    result.keep = input.spec.keep;
    result.pairsKept = experiment::pairsKept(input.spec.length, input.spec.keep);
    if (input.trainingTokens > 0) {
        result.epochs =
            static_cast<double>(result.tokensSeen) / static_cast<double>(input.trainingTokens);
    }
    result.layers = input.final.layers;
    return result;
}

}  // namespace runs
