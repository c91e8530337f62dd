// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Tensor.h>

#include <span>
#include <vector>

#include "engine/model/transformer.h"

namespace training {

/// Gradient norms of one run before clipping.
struct GradientNorms {
    double backbone = 0.0;
    double indexer = 0.0;
};

/// AdamW over E stacked runs, each with its own learning rate and its own clip factors; backbone
/// and indexer are clipped apart, weight decay takes matrices only, and an indexer that does not
/// train is not touched. Source: Loshchilov & Hutter 2019.
class Optimizer {
public:
    Optimizer(const model::Transformer& transformer, const experiment::TrainingSettings& settings);

    /// One step from the gradients now in the parameters, which are taken away. learningRates: E.
    std::vector<GradientNorms> step(model::Transformer& transformer,
                                    std::span<const double> learningRates);

    std::int64_t steps() const { return m_steps; }
    void setSteps(std::int64_t steps) { m_steps = steps; }
    std::vector<at::Tensor>& first() { return m_first; }
    std::vector<at::Tensor>& second() { return m_second; }
    const std::vector<at::Tensor>& first() const { return m_first; }
    const std::vector<at::Tensor>& second() const { return m_second; }
    void keepRuns(const std::vector<std::int64_t>& runs);

private:
    std::vector<GradientNorms> norms(const model::Transformer& transformer) const;
    void updateRun(model::Parameter& parameter, std::size_t index, const at::Tensor& gradient,
                   std::int64_t run, double learningRate, double factor);

    experiment::TrainingSettings m_settings;
    std::int64_t m_steps = 0;
    std::vector<at::Tensor> m_first, m_second;  // as the parameters, [E, ...]
};

}  // namespace training
