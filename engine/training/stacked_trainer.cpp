// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/training/stacked_trainer.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <torch/csrc/autograd/autograd.h>

#include <algorithm>

#include "engine/kernels/device_backend.h"
#include "engine/kernels/layers.h"
#include "engine/training/evaluation.h"
#include "engine/training/guard.h"
#include "engine/training/resident_memory.h"
#include "engine/training/schedule.h"

namespace training {
namespace {

constexpr std::int64_t kEvaluationBatchTokens = 2048;

int deviceIndex(const std::string& device) {
    return device.size() > 5 ? std::stoi(device.substr(5)) : 0;
}

}  // namespace

model::TransformerOptions transformerOptions(const CohortPlan& plan) {
    model::TransformerOptions options;
    options.settings = plan.model;
    options.length = plan.runs.front().length;
    options.runs = plan.runs;
    options.precision = plan.training.precision;
    options.tensorOptions = at::TensorOptions().dtype(at::kFloat).device(at::Device(plan.device));
    return options;
}

StepLosses accumulateGradients(const model::Transformer& transformer, const at::Tensor& inputs,
                               const at::Tensor& targets, const model::ForwardOptions& options) {
    const auto e = inputs.size(0), tokens = inputs.size(1) * inputs.size(2);
    const auto out = transformer.forward(inputs, options);
    StepLosses losses;
    losses.language =
        kernels::crossEntropy(out.logits, targets.view({e, tokens}), transformer.options().path);
    losses.index = out.indexLoss;
    // Runs share no weight, so the gradient of the sum is each run's own gradient.
    auto total = losses.language.sum();
    if (losses.index.requires_grad()) total = total + losses.index.sum();
    torch::autograd::backward({total}, {});
    losses.language = losses.language.detach();
    losses.index = losses.index.detach();
    return losses;
}

StackedTrainer::StackedTrainer(CohortPlan plan, std::shared_ptr<const data::Corpus> corpus)
    : m_plan(std::move(plan)),
      m_corpus(std::move(corpus)),
      m_length(m_plan.runs.front().length),
      m_sequences(experiment::batchSequences(m_plan.training, m_length)),
      m_totalSteps(data::totalSteps(m_plan.training, m_length,
                                    static_cast<std::int64_t>(m_corpus->training().size()))),
      m_transformer(transformerOptions(m_plan)),
      m_optimizer(m_transformer, m_plan.training) {
    const auto windows =
        data::windowCount(static_cast<std::int64_t>(m_corpus->training().size()), m_length);
    for (const auto& run : m_plan.runs) m_orders.emplace_back(windows, m_sequences, run.seed);
}

std::string StackedTrainer::describe(const char* doing) const {
    const auto& run = m_plan.runs.front();
    return std::string(doing) + " L=" + std::to_string(run.length) +
           " k=" + std::to_string(run.keep) + " seed " + std::to_string(run.seed) +
           (m_plan.runs.size() > 1 ? " and its cohort" : "") + " on " + m_plan.device;
}

std::vector<StepReport> StackedTrainer::takeStep() {
    const auto step = m_optimizer.steps();
    std::vector<std::vector<std::int64_t>> windows;
    for (const auto& order : m_orders) windows.push_back(order.batch(step));
    at::Tensor inputs, targets;
    gatherWindows(m_corpus->training(), m_length, windows,
                  m_transformer.options().tensorOptions.device(), inputs, targets);

    model::ForwardOptions options;
    options.stage = step < denseWarmupSteps(m_plan.training, m_totalSteps)
                        ? model::Stage::DenseWarmup
                        : model::Stage::Sparse;
    options.indexLoss = m_transformer.trainsIndexer() ? model::ForwardOptions::IndexLoss::On
                                                      : model::ForwardOptions::IndexLoss::Off;
    options.randomStream = static_cast<std::uint64_t>(step);
    const auto losses = accumulateGradients(m_transformer, inputs, targets, options);
    std::vector<double> rates;
    const double factor = learningRateFactor(m_plan.training, step, m_totalSteps);
    for (const auto& run : m_plan.runs)
        rates.push_back(m_plan.training.learningRate * run.learningRateFactor * factor);
    const auto norms = m_optimizer.step(m_transformer, rates);

    const auto language = losses.language.to(at::kDouble).cpu(),
               index = losses.index.to(at::kDouble).cpu();
    std::vector<StepReport> reports(m_plan.runs.size());
    for (std::size_t e = 0; e < reports.size(); ++e)
        reports[e] = {language.const_data_ptr<double>()[e], index.const_data_ptr<double>()[e],
                      norms[e].backbone, norms[e].indexer, rates[e]};
    return reports;
}

engine::Result<std::vector<StepReport>> StackedTrainer::trainStep() {
    return guarded(describe("Training"), [&] { return takeStep(); });
}

std::vector<Evaluation> StackedTrainer::evaluateWindows(std::int64_t windows,
                                                        std::int64_t diagnosticTokens) const {
    const auto batch = std::max<std::int64_t>(1, kEvaluationBatchTokens / m_length);
    return evaluateModel(m_transformer, m_corpus->validation(), windows, batch, diagnosticTokens);
}

engine::Result<std::vector<Evaluation>> StackedTrainer::evaluate(std::int64_t tokens) {
    return guarded(describe("Evaluating"), [&] {
        const auto all =
            data::windowCount(static_cast<std::int64_t>(m_corpus->validation().size()), m_length);
        // One batch is enough to follow the recall; it costs the dense attention of these tokens.
        return evaluateWindows(std::clamp<std::int64_t>(tokens / m_length, 1, all), 1);
    });
}

engine::Result<std::vector<Evaluation>> StackedTrainer::evaluateFully() {
    return guarded(describe("Evaluating"), [&] {
        const auto all =
            data::windowCount(static_cast<std::int64_t>(m_corpus->validation().size()), m_length);
        return evaluateWindows(all, m_plan.training.evaluationTokens);
    });
}

void StackedTrainer::removeRuns(std::span<const std::size_t> runs) {
    std::vector<std::int64_t> kept;
    std::vector<experiment::RunSpec> specs;
    std::vector<data::BatchOrder> orders;
    for (std::size_t e = 0; e < m_plan.runs.size(); ++e) {
        if (std::find(runs.begin(), runs.end(), e) != runs.end()) continue;
        kept.push_back(static_cast<std::int64_t>(e));
        specs.push_back(m_plan.runs[e]);
        orders.push_back(m_orders[e]);
    }
    m_transformer.keepRuns(kept);
    m_optimizer.keepRuns(kept);
    m_plan.runs = std::move(specs);
    m_orders = std::move(orders);
}

std::int64_t StackedTrainer::peakBytes() const {
    if (m_plan.device.starts_with("cuda"))
        if (auto* cuda = kernels::cudaBackend()) return cuda->peakBytes(deviceIndex(m_plan.device));
    return peakResidentBytes();
}

engine::Result<std::unique_ptr<CohortTrainer>> CohortTrainer::create(
    CohortPlan plan, std::shared_ptr<const data::Corpus> corpus) {
    using engine::Error;
    using engine::ErrorKind;
    if (plan.runs.empty())
        throw std::logic_error("CohortTrainer::create: a cohort needs at least one run");
    const auto devices = availableDevices();
    if (std::find(devices.begin(), devices.end(), plan.device) == devices.end())
        return Error{ErrorKind::Usage, "The device \"" + plan.device +
                                           "\" is not available here; choose one of: " +
                                           [&] {
                                               std::string all;
                                               for (const auto& d : devices)
                                                   all += (all.empty() ? "" : ", ") + d;
                                               return all;
                                           }() +
                                           "."};
    if (corpus->vocabulary() > plan.model.vocabulary)
        return Error{ErrorKind::Usage,
                     "model.vocabulary is " + std::to_string(plan.model.vocabulary) +
                         " but the corpus has " + std::to_string(corpus->vocabulary()) +
                         " different tokens; set model.vocabulary to at least that."};
    at::set_num_threads(plan.threads);
    const std::string what =
        "Building the model for L=" + std::to_string(plan.runs.front().length) + " on " +
        plan.device;
    return guarded(what, [&]() -> std::unique_ptr<CohortTrainer> {
        if (plan.device.starts_with("cuda"))
            if (auto* cuda = kernels::cudaBackend()) cuda->resetPeak(deviceIndex(plan.device));
        return std::make_unique<StackedTrainer>(std::move(plan), std::move(corpus));
    });
}

}  // namespace training
