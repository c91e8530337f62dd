// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

#include "engine/kernels/cpu/sequence_attention.h"

namespace kernels {

using cpu::Alignment;
using cpu::Support;

/// Fused: the CPU kernels where the tensors are float32 on a CPU. Operators: LibTorch operators,
/// any device and type.
enum class Path { Fused, Operators };

/// cos and sin of RoPE in the type and on the device of the model: [L, D/2] and [L, d_I/4].
struct Rope {
    at::Tensor cosine, sine, indexCosine, indexSine;
};

/// What each of the E runs attends to.
struct AttentionRun {
    Support support = Support::Causal;
    std::int64_t keep = 0;        // k
    std::uint64_t randomKey = 0;  // of this run, step and layer; each sequence adds its number
    Alignment alignment =
        Alignment::Off;  // whether L_I is wanted (with its gradient when gradients are on)
};

struct AttentionCall {
    std::int64_t heads = 0, indexHeads = 0, indexDim = 0;
    std::vector<AttentionRun> runs;  // E
    Rope rope;
    Path path = Path::Fused;
    std::vector<cpu::DiagnosticSums>* diagnostics = nullptr;  // E; filled when given
};

struct AttentionResult {
    at::Tensor mixed;      // [E, B, L, H D]
    at::Tensor indexLoss;  // [E]: L_I, the mean over queries of KL(p_t || softmax(I_t)); 0 where
                           // alignment is off
};

/// DeepSeek sparse attention of one layer (DeepSeek-V3.2-Exp).
/// qkv [E,B,L,3HD] before RoPE; index [E,B,L,H_I d_I + d_I + H_I] (queries, key, weights; undefined
/// where no run scores); keyNormWeight, keyNormBias [E,d_I]. Gradients reach qkv from `mixed` only,
/// the rest from indexLoss only.
AttentionResult attention(const at::Tensor& qkv, const at::Tensor& index,
                          const at::Tensor& keyNormWeight, const at::Tensor& keyNormBias,
                          const AttentionCall& call);

/// Keeps the k best keys of each query among those not in its future; ties: the most recent wins.
/// scores [E,B,T,S], keep [E] -> mask [E,B,T,S] bool with min(k, t+1) ones per row. Throws
/// std::logic_error if T != S.
at::Tensor topKeysMask(const at::Tensor& scores, const std::vector<std::int64_t>& keep);

/// Angles for positions 0..length-1: [L, half] cos and sin of base^(-i/half). Source: Su et al.
/// 2021, eq. 15.
void ropeTable(std::int64_t length, std::int64_t half, double base,
               const at::TensorOptions& options, at::Tensor& cosine, at::Tensor& sine);

}  // namespace kernels
