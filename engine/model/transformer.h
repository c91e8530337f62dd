// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <string>
#include <vector>

#include "engine/experiment/settings.h"
#include "engine/kernels/attention.h"

namespace model {

enum class ParameterGroup { Backbone, Indexer };

/// One weight of all E runs: values [E, ...]. Matrices are stored [E, in, out]; `transposed` says
/// that the ordinary (per run, as PyTorch writes it) form is [out, in].
struct Parameter {
    std::string name;
    at::Tensor values;
    ParameterGroup group = ParameterGroup::Backbone;
    bool isMatrix = false;  // takes weight decay
    bool transposed = false;
};

/// The stage of training decides what every run attends to (the warm-up applies to every selector
/// alike).
enum class Stage { DenseWarmup, Sparse };

struct ForwardOptions {
    Stage stage = Stage::Sparse;
    enum class IndexLoss { Off, On } indexLoss = IndexLoss::Off;
    std::uint64_t randomStream = 0;  // step number of the random selector's scores
    std::vector<std::vector<kernels::cpu::DiagnosticSums>>* diagnostics = nullptr;  // [layer][run]
};

struct Output {
    at::Tensor logits;     // [E, B*L, V]
    at::Tensor indexLoss;  // [E], summed over the layers
};

struct TransformerOptions {
    experiment::ModelSettings settings;
    std::int64_t length = 0;                // L
    std::vector<experiment::RunSpec> runs;  // E
    experiment::Precision precision = experiment::Precision::Fp32;
    kernels::Path path = kernels::Path::Fused;
    at::TensorOptions tensorOptions;  // device and type of the weights
};

/// E transformers of one architecture in one set of tensors: pre-norm RMSNorm, RoPE, DeepSeek
/// sparse attention, GELU feed-forward of two matrices, tied head. Run e's numbers depend on its
/// own seed, data and k only.
class Transformer {
public:
    explicit Transformer(TransformerOptions options);

    /// tokens [E, B, L] int64.
    Output forward(const at::Tensor& tokens, const ForwardOptions& options) const;

    const std::vector<Parameter>& parameters() const { return m_parameters; }
    std::vector<Parameter>& parameters() { return m_parameters; }
    const TransformerOptions& options() const { return m_options; }
    bool trainsIndexer() const;  // of any run
    bool hasIndexer() const { return m_hasIndexer; }
    static bool trainsIndexer(const experiment::RunSpec& run);
    static bool hasIndexer(const experiment::RunSpec& run);

    /// Keeps the rows of these runs only, in this order.
    void keepRuns(const std::vector<std::int64_t>& runs);

private:
    struct Layer {
        std::size_t attentionNorm, qkv, out, ffnNorm, up, down;
        std::size_t indexQuery = 0, indexKey = 0, indexWeight = 0, keyNormWeight = 0,
                    keyNormBias = 0;
    };
    std::size_t add(std::string name, std::vector<std::int64_t> shape, ParameterGroup group);
    void build();
    void initialise();
    const at::Tensor& value(std::size_t parameter) const { return m_parameters[parameter].values; }
    kernels::AttentionCall attentionCall(std::size_t layer, const ForwardOptions& options) const;
    kernels::AttentionResult attend(std::size_t layer, const at::Tensor& normal, std::int64_t batch,
                                    const ForwardOptions& options) const;

    TransformerOptions m_options;
    bool m_hasIndexer = false;
    std::vector<Parameter> m_parameters;
    std::vector<Layer> m_layers;
    std::size_t m_embedding = 0, m_finalNorm = 0;
    kernels::Rope m_rope;
};

}  // namespace model
