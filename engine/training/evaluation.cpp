// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/training/evaluation.h"

#include <ATen/ATen.h>

#include "engine/kernels/layers.h"

namespace training {
namespace {

/// The random selector draws the same numbers in every evaluation, and none that training draws.
constexpr std::uint64_t kEvaluationStream = 0xe7a1000000000000ULL;

struct Totals {
    std::vector<double> loss;
    std::vector<std::int64_t> hits;
    std::int64_t tokens = 0;
    std::vector<std::vector<kernels::cpu::DiagnosticSums>> layers;
};

void addBatch(const model::Transformer& transformer, const at::Tensor& inputs,
              const at::Tensor& targets, const model::ForwardOptions& options, Totals& totals) {
    const auto e = inputs.size(0), tokens = inputs.size(1) * inputs.size(2);
    const auto out = transformer.forward(inputs, options);
    auto hits = at::zeros({e}, targets.options());
    const auto loss = kernels::crossEntropy(out.logits, targets.view({e, tokens}),
                                            transformer.options().path, &hits)
                          .to(at::kDouble)
                          .cpu();
    const auto counted = hits.cpu();
    for (std::int64_t run = 0; run < e; ++run) {
        const auto i = static_cast<std::size_t>(run);
        totals.loss[i] += loss.const_data_ptr<double>()[run] * static_cast<double>(tokens);
        totals.hits[i] += counted.const_data_ptr<std::int64_t>()[run];
    }
    totals.tokens += tokens;
}

std::vector<LayerDiagnostics> layersOf(const Totals& totals, std::size_t run) {
    std::vector<LayerDiagnostics> layers;
    for (const auto& sums : totals.layers) {
        if (sums.empty() || sums[run].queries == 0) continue;
        const auto& s = sums[run];
        layers.push_back({s.recall / s.queries, s.divergence / s.queries, s.distance / s.queries,
                          s.overlap / s.queries});
    }
    return layers;
}

}  // namespace

void gatherWindows(std::span<const std::uint8_t> region, std::int64_t length,
                   const std::vector<std::vector<std::int64_t>>& windows, const at::Device& device,
                   at::Tensor& inputs, at::Tensor& targets) {
    const auto e = static_cast<std::int64_t>(windows.size()),
               b = static_cast<std::int64_t>(windows.front().size());
    inputs = at::empty({e, b, length}, at::kLong);
    targets = at::empty({e, b, length}, at::kLong);
    auto* in = inputs.mutable_data_ptr<std::int64_t>();
    auto* out = targets.mutable_data_ptr<std::int64_t>();
    for (const auto& batch : windows)
        for (const auto window : batch) {
            const auto part = region.subspan(static_cast<std::size_t>(window * length),
                                             static_cast<std::size_t>(length + 1));
            for (std::size_t i = 0; i + 1 < part.size(); ++i) {
                *in++ = part[i];
                *out++ = part[i + 1];
            }
        }
    inputs = inputs.to(device);
    targets = targets.to(device);
}

std::vector<Evaluation> evaluateModel(const model::Transformer& transformer,
                                      std::span<const std::uint8_t> region, std::int64_t windows,
                                      std::int64_t batch, std::int64_t diagnosticTokens) {
    const at::NoGradGuard guard;
    const auto runs = transformer.options().runs.size();
    const auto length = transformer.options().length;
    Totals totals;
    totals.loss.resize(runs);
    totals.hits.resize(runs);
    totals.layers.resize(static_cast<std::size_t>(transformer.options().settings.layers));
    for (std::int64_t first = 0; first < windows; first += batch) {
        std::vector<std::int64_t> numbers;
        for (std::int64_t w = first; w < std::min(windows, first + batch); ++w)
            numbers.push_back(w);
        at::Tensor inputs, targets;
        gatherWindows(region, length, std::vector<std::vector<std::int64_t>>(runs, numbers),
                      transformer.options().tensorOptions.device(), inputs, targets);
        model::ForwardOptions options;
        options.randomStream = kEvaluationStream + static_cast<std::uint64_t>(first);
        if (totals.tokens < diagnosticTokens) options.diagnostics = &totals.layers;
        addBatch(transformer, inputs, targets, options, totals);
    }
    std::vector<Evaluation> result(runs);
    for (std::size_t e = 0; e < runs; ++e) {
        result[e].loss = totals.loss[e] / static_cast<double>(totals.tokens);
        result[e].accuracy =
            static_cast<double>(totals.hits[e]) / static_cast<double>(totals.tokens);
        result[e].tokens = totals.tokens;
        result[e].layers = layersOf(totals, e);
    }
    return result;
}

}  // namespace training
