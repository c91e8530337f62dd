// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "engine/model/transformer.h"
#include "engine/training/cohort_trainer.h"
#include "engine/training/optimizer.h"

namespace training {

/// The options of a Transformer that trains this plan: float32 weights on the plan's device.
model::TransformerOptions transformerOptions(const CohortPlan& plan);

/// Batch, loss and gradients of one step into the parameters' .grad: [E] language-modelling and
/// index losses.
struct StepLosses {
    at::Tensor language, index;
};
StepLosses accumulateGradients(const model::Transformer& transformer, const at::Tensor& inputs,
                               const at::Tensor& targets, const model::ForwardOptions& options);

/// CohortTrainer on the stacked Transformer.
class StackedTrainer : public CohortTrainer {
public:
    StackedTrainer(CohortPlan plan, std::shared_ptr<const data::Corpus> corpus);

    const CohortPlan& plan() const override { return m_plan; }
    std::int64_t step() const override { return m_optimizer.steps(); }
    std::int64_t totalSteps() const override { return m_totalSteps; }
    std::int64_t tokensPerStep() const override { return m_sequences * m_length; }
    engine::Result<std::vector<StepReport>> trainStep() override;
    engine::Result<std::vector<Evaluation>> evaluate(std::int64_t tokens) override;
    engine::Result<std::vector<Evaluation>> evaluateFully() override;
    RunState saveState(std::size_t run) const override;
    engine::Result<void> loadState(std::span<const RunState> states) override;
    void removeRuns(std::span<const std::size_t> runs) override;
    std::int64_t peakBytes() const override;

private:
    std::vector<StepReport> takeStep();
    std::vector<Evaluation> evaluateWindows(std::int64_t windows,
                                            std::int64_t diagnosticTokens) const;
    std::string describe(const char* doing) const;

    CohortPlan m_plan;
    std::shared_ptr<const data::Corpus> m_corpus;
    std::int64_t m_length, m_sequences, m_totalSteps;
    model::Transformer m_transformer;
    Optimizer m_optimizer;
    std::vector<data::BatchOrder> m_orders;  // one per run: its seed alone decides
};

}  // namespace training
