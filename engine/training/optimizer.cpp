// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/training/optimizer.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <cmath>

#include "engine/kernels/cpu/elementwise.h"

namespace training {
namespace {

constexpr std::int64_t kElementsPerTask = 1 << 16;

bool fused(const at::Tensor& x) {
    return x.is_cpu() && x.scalar_type() == at::kFloat;
}

/// Sum of squares of each run, [E] on the CPU.
std::vector<double> squares(const at::Tensor& gradient) {
    const auto e = gradient.size(0);
    std::vector<double> sums(static_cast<std::size_t>(e));
    if (!fused(gradient)) {
        const auto all = gradient.flatten(1).square().sum(1, false, at::kDouble).cpu();
        for (std::int64_t i = 0; i < e; ++i)
            sums[static_cast<std::size_t>(i)] = all.const_data_ptr<double>()[i];
        return sums;
    }
    const auto n = gradient.numel() / e, tasks = (n + kElementsPerTask - 1) / kElementsPerTask;
    std::vector<double> parts(static_cast<std::size_t>(e * tasks));
    const auto* data = gradient.const_data_ptr<float>();
    at::parallel_for(0, e * tasks, 1, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t task = begin; task < end; ++task) {
            const auto first = task % tasks * kElementsPerTask;
            parts[static_cast<std::size_t>(task)] = kernels::cpu::sumOfSquares(
                std::min(kElementsPerTask, n - first), data + task / tasks * n + first);
        }
    });
    for (std::int64_t task = 0; task < e * tasks; ++task)
        sums[static_cast<std::size_t>(task / tasks)] += parts[static_cast<std::size_t>(task)];
    return sums;
}

}  // namespace

Optimizer::Optimizer(const model::Transformer& transformer,
                     const experiment::TrainingSettings& settings)
    : m_settings(settings) {
    for (const auto& p : transformer.parameters()) {
        m_first.push_back(at::zeros_like(p.values.detach()));
        m_second.push_back(at::zeros_like(p.values.detach()));
    }
}

std::vector<GradientNorms> Optimizer::norms(const model::Transformer& transformer) const {
    std::vector<GradientNorms> result(transformer.options().runs.size());
    for (const auto& p : transformer.parameters()) {
        if (!p.values.grad().defined()) continue;
        const auto sums = squares(p.values.grad().contiguous());
        for (std::size_t e = 0; e < result.size(); ++e)
            (p.group == model::ParameterGroup::Backbone ? result[e].backbone : result[e].indexer) +=
                sums[e];
    }
    for (auto& n : result) {
        n.backbone = std::sqrt(n.backbone);
        n.indexer = std::sqrt(n.indexer);
    }
    return result;
}

void Optimizer::updateRun(model::Parameter& parameter, std::size_t index,
                          const at::Tensor& gradient, std::int64_t run, double learningRate,
                          double factor) {
    const auto weight = parameter.values.detach()[run], first = m_first[index][run],
               second = m_second[index][run];
    const auto slice = gradient[run];
    const auto step = static_cast<double>(m_steps);
    const double decay = parameter.isMatrix ? m_settings.weightDecay : 0.0;
    const double correction1 = 1.0 - std::pow(m_settings.beta1, step),
                 correction2 = 1.0 - std::pow(m_settings.beta2, step);
    if (!fused(weight)) {
        const auto g = slice * factor;
        first.lerp_(g, 1.0 - m_settings.beta1);
        second.mul_(m_settings.beta2).addcmul_(g, g, 1.0 - m_settings.beta2);
        const auto denominator = (second / correction2).sqrt_().add_(m_settings.epsilon);
        weight.mul_(1.0 - learningRate * decay)
            .addcdiv_(first, denominator, -learningRate / correction1);
        return;
    }
    kernels::cpu::AdamWCoefficients c;
    c.learningRate = static_cast<float>(learningRate);
    c.beta1 = static_cast<float>(m_settings.beta1);
    c.beta2 = static_cast<float>(m_settings.beta2);
    c.epsilon = static_cast<float>(m_settings.epsilon);
    c.decay = static_cast<float>(decay);
    c.gradientFactor = static_cast<float>(factor);
    c.correction1 = static_cast<float>(correction1);
    c.correction2 = static_cast<float>(correction2);
    at::parallel_for(0, weight.numel(), kElementsPerTask,
                     [&](std::int64_t begin, std::int64_t end) {
                         kernels::cpu::adamW(end - begin, c, slice.const_data_ptr<float>() + begin,
                                             weight.mutable_data_ptr<float>() + begin,
                                             first.mutable_data_ptr<float>() + begin,
                                             second.mutable_data_ptr<float>() + begin);
                     });
}

std::vector<GradientNorms> Optimizer::step(model::Transformer& transformer,
                                           std::span<const double> learningRates) {
    const at::NoGradGuard guard;
    ++m_steps;
    const auto result = norms(transformer);
    const auto& runs = transformer.options().runs;
    const auto factorOf = [&](double norm) {
        return std::min(1.0, m_settings.clipNorm / (norm + 1e-6));
    };
    auto& parameters = transformer.parameters();
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        auto& p = parameters[i];
        if (!p.values.grad().defined()) continue;
        const auto gradient = p.values.grad().contiguous();
        const bool indexer = p.group == model::ParameterGroup::Indexer;
        for (std::size_t e = 0; e < runs.size(); ++e) {
            if (indexer && !model::Transformer::trainsIndexer(runs[e])) continue;
            const double factor = factorOf(indexer ? result[e].indexer : result[e].backbone);
            updateRun(p, i, gradient, static_cast<std::int64_t>(e), learningRates[e], factor);
        }
        p.values.mutable_grad().reset();
    }
    return result;
}

void Optimizer::keepRuns(const std::vector<std::int64_t>& runs) {
    const auto rows = at::tensor(runs, at::kLong);
    for (auto* moments : {&m_first, &m_second})
        for (auto& m : *moments) m = m.index_select(0, rows.to(m.device()));
}

}  // namespace training
