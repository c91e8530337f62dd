// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/transformer.h"

#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>

#include <cmath>

#include "engine/kernels/layers.h"

namespace model {
namespace {

using experiment::AttentionKind;
using experiment::RunSpec;
using experiment::Selector;
using kernels::Support;

Support supportOf(const RunSpec& run) {
    switch (run.selector) {
        case Selector::Aligned:
        case Selector::Frozen:
            return Support::IndexTop;
        case Selector::Oracle:
            return Support::OracleTop;
        case Selector::Local:
            return Support::Window;
        case Selector::Random:
            return Support::RandomTop;
    }
    return Support::Causal;
}

std::uint64_t mixed(std::uint64_t a, std::uint64_t b) {
    std::uint64_t z = a * 0x9e3779b97f4a7c15ULL + b + 0x632be59bd9b4e019ULL;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    return z ^ (z >> 31);
}

}  // namespace

bool Transformer::trainsIndexer(const RunSpec& run) {
    return run.attention == AttentionKind::Sparse && run.selector == Selector::Aligned;
}
bool Transformer::hasIndexer(const RunSpec& run) {
    return trainsIndexer(run) ||
           (run.attention == AttentionKind::Sparse && run.selector == Selector::Frozen);
}
bool Transformer::trainsIndexer() const {
    for (const auto& run : m_options.runs)
        if (trainsIndexer(run)) return true;
    return false;
}

Transformer::Transformer(TransformerOptions options) : m_options(std::move(options)) {
    for (const auto& run : m_options.runs) m_hasIndexer = m_hasIndexer || hasIndexer(run);
    build();
    initialise();
    const auto& s = m_options.settings;
    kernels::ropeTable(m_options.length, s.dModel / s.heads / 2, s.ropeBase,
                       m_options.tensorOptions, m_rope.cosine, m_rope.sine);
    kernels::ropeTable(m_options.length, s.indexDim / 4, s.ropeBase, m_options.tensorOptions,
                       m_rope.indexCosine, m_rope.indexSine);
}

std::size_t Transformer::add(std::string name, std::vector<std::int64_t> shape,
                             ParameterGroup group) {
    Parameter p;
    p.isMatrix = shape.size() == 2;
    p.transposed = p.isMatrix && name != "embedding.weight";
    p.group = group;
    p.name = std::move(name);
    shape.insert(shape.begin(), static_cast<std::int64_t>(m_options.runs.size()));
    p.values = at::ones(shape, m_options.tensorOptions);
    m_parameters.push_back(std::move(p));
    return m_parameters.size() - 1;
}

void Transformer::build() {
    const auto& s = m_options.settings;
    constexpr auto kBackbone = ParameterGroup::Backbone;
    constexpr auto kIndexer = ParameterGroup::Indexer;
    m_embedding = add("embedding.weight", {s.vocabulary, s.dModel}, kBackbone);
    for (std::int64_t i = 0; i < s.layers; ++i) {
        const std::string block = "blocks." + std::to_string(i) + ".";
        Layer layer{};
        layer.attentionNorm = add(block + "norm_attention.weight", {s.dModel}, kBackbone);
        layer.qkv = add(block + "attention.qkv.weight", {s.dModel, 3 * s.dModel}, kBackbone);
        layer.out = add(block + "attention.out.weight", {s.dModel, s.dModel}, kBackbone);
        if (m_hasIndexer) {
            const std::string indexer = block + "attention.indexer.";
            layer.indexQuery =
                add(indexer + "q.weight", {s.dModel, s.indexHeads * s.indexDim}, kIndexer);
            layer.indexKey = add(indexer + "k.weight", {s.dModel, s.indexDim}, kIndexer);
            layer.indexWeight = add(indexer + "w.weight", {s.dModel, s.indexHeads}, kIndexer);
            layer.keyNormWeight = add(indexer + "k_norm.weight", {s.indexDim}, kIndexer);
            layer.keyNormBias = add(indexer + "k_norm.bias", {s.indexDim}, kIndexer);
        }
        layer.ffnNorm = add(block + "norm_ffn.weight", {s.dModel}, kBackbone);
        layer.up = add(block + "up.weight", {s.dModel, s.dFf}, kBackbone);
        layer.down = add(block + "down.weight", {s.dFf, s.dModel}, kBackbone);
        m_layers.push_back(layer);
    }
    m_finalNorm = add("norm.weight", {s.dModel}, kBackbone);
}

/// Each run draws from two generators made from its seed alone: the backbone starts alike in every
/// cell.
void Transformer::initialise() {
    const at::NoGradGuard guard;
    const auto& s = m_options.settings;
    const double residual = s.initialStd / std::sqrt(2.0 * static_cast<double>(s.layers));
    for (std::size_t e = 0; e < m_options.runs.size(); ++e) {
        const auto seed = static_cast<std::uint64_t>(m_options.runs[e].seed);
        at::Generator backbone = at::detail::createCPUGenerator(seed * 2);
        at::Generator indexer = at::detail::createCPUGenerator(seed * 2 + 1);
        for (auto& p : m_parameters) {
            auto slice = p.values[static_cast<std::int64_t>(e)];
            if (!p.isMatrix) {
                if (p.name.ends_with("bias")) slice.zero_();
                continue;
            }
            const bool small =
                p.name.ends_with("attention.out.weight") || p.name.ends_with("down.weight");
            const auto ordinary = p.transposed ? slice.t() : slice;
            auto drawn = at::empty(ordinary.sizes(), at::kFloat);
            drawn.normal_(0.0, small ? residual : s.initialStd,
                          p.group == ParameterGroup::Backbone ? backbone : indexer);
            ordinary.copy_(drawn);
        }
    }
    for (auto& p : m_parameters) p.values.set_requires_grad(true);
}

kernels::AttentionCall Transformer::attentionCall(std::size_t layer,
                                                  const ForwardOptions& options) const {
    kernels::AttentionCall call;
    call.heads = m_options.settings.heads;
    call.indexHeads = m_options.settings.indexHeads;
    call.indexDim = m_options.settings.indexDim;
    call.rope = m_rope;
    call.path = m_options.path;
    for (const auto& run : m_options.runs) {
        kernels::AttentionRun r;
        const bool everything = run.attention == AttentionKind::Dense ||
                                run.keep >= m_options.length || options.stage == Stage::DenseWarmup;
        r.keep = everything ? m_options.length : run.keep;
        r.support = everything ? Support::Causal : supportOf(run);
        r.randomKey =
            mixed(mixed(static_cast<std::uint64_t>(run.seed), options.randomStream), layer);
        const bool aligns =
            options.indexLoss == ForwardOptions::IndexLoss::On && trainsIndexer(run);
        r.alignment = aligns ? kernels::Alignment::On : kernels::Alignment::Off;
        call.runs.push_back(r);
    }
    if (options.diagnostics) {
        auto& sums = (*options.diagnostics)[layer];
        sums.resize(m_options.runs.size());
        call.diagnostics = &sums;
    }
    return call;
}

kernels::AttentionResult Transformer::attend(std::size_t layer, const at::Tensor& normal,
                                             std::int64_t batch,
                                             const ForwardOptions& options) const {
    const Layer& l = m_layers[layer];
    const auto e = normal.size(0), length = m_options.length;
    const auto split = [&](const at::Tensor& x) { return x.view({e, batch, length, -1}); };
    const auto call = attentionCall(layer, options);
    at::Tensor index;
    bool scores = false;
    for (const auto& run : call.runs)
        scores =
            scores || run.support == Support::IndexTop || run.alignment == kernels::Alignment::On;
    if (scores) {
        // Detached: the language-modelling loss never reaches the indexer, nor L_I the backbone.
        const auto input = normal.detach();
        const auto weight =
            at::cat({value(l.indexQuery), value(l.indexKey), value(l.indexWeight)}, -1);
        index = split(kernels::linear(input, weight, m_options.precision));
    }
    const auto qkv = split(kernels::linear(normal, value(l.qkv), m_options.precision));
    return kernels::attention(qkv, index, scores ? value(l.keyNormWeight) : at::Tensor(),
                              scores ? value(l.keyNormBias) : at::Tensor(), call);
}

Output Transformer::forward(const at::Tensor& tokens, const ForwardOptions& options) const {
    const auto e = tokens.size(0), batch = tokens.size(1), length = tokens.size(2),
               width = m_options.settings.dModel;
    const auto precision = m_options.precision;
    at::Tensor x =
        kernels::embed(tokens.view({e, batch * length}), value(m_embedding));  // [E, N, d]
    Output out;
    for (std::size_t i = 0; i < m_layers.size(); ++i) {
        const Layer& l = m_layers[i];
        const auto attended =
            attend(i, kernels::rmsNorm(x, value(l.attentionNorm), m_options.path), batch, options);
        out.indexLoss = i == 0 ? attended.indexLoss : out.indexLoss + attended.indexLoss;
        x = x + kernels::linear(attended.mixed.view({e, batch * length, width}), value(l.out),
                                precision);
        const auto normal = kernels::rmsNorm(x, value(l.ffnNorm), m_options.path);
        x = x + kernels::feedForward(normal, value(l.up), value(l.down), precision);
    }
    const auto normal = kernels::rmsNorm(x, value(m_finalNorm), m_options.path);
    out.logits = kernels::linear(normal, value(m_embedding).transpose(1, 2), precision);
    return out;
}

void Transformer::keepRuns(const std::vector<std::int64_t>& runs) {
    const at::NoGradGuard guard;
    const auto rows = at::tensor(
        runs, at::TensorOptions().dtype(at::kLong).device(m_options.tensorOptions.device()));
    for (auto& p : m_parameters) {
        p.values = p.values.index_select(0, rows);
        p.values.set_requires_grad(true);
    }
    std::vector<RunSpec> kept;
    for (const auto run : runs) kept.push_back(m_options.runs[static_cast<std::size_t>(run)]);
    m_options.runs = std::move(kept);
}

}  // namespace model
