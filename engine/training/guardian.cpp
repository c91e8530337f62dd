// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/training/guardian.h"

#include <algorithm>
#include <cmath>

namespace training {
namespace {

constexpr double kExplosion = 3.0;
constexpr int kPatience = 5;

}  // namespace

Guardian::Guardian(double firstLoss, double uniformLoss)
    : m_firstLoss(firstLoss), m_uniformLoss(uniformLoss) {}

std::optional<std::string> Guardian::verdict(const StepReport& report) {
    const char* const remedy = " Lower learningRate or clipNorm and train it again.";
    if (!std::isfinite(report.trainLoss))
        return std::string("The training loss is not finite.") + remedy;
    if (!std::isfinite(report.gradientNorm) || !std::isfinite(report.indexGradientNorm) ||
        !std::isfinite(report.indexLoss)) {
        return std::string("A gradient or the indexer's loss is not finite.") + remedy;
    }
    if (m_firstLoss == 0.0) m_firstLoss = report.trainLoss;
    const double bound = kExplosion * std::max(m_firstLoss, m_uniformLoss);
    m_exploded = report.trainLoss > bound ? m_exploded + 1 : 0;
    if (m_exploded < kPatience) return std::nullopt;
    return "The training loss stayed above " + std::to_string(bound) + " nats for " +
           std::to_string(kPatience) + " steps." + remedy;
}

}  // namespace training
