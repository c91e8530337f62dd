// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace kernels::cpu {

/// Which keys a query attends to; always among s <= t.
enum class Support { Causal, IndexTop, OracleTop, Window, RandomTop };
enum class Alignment { Off, On };

struct SequenceShape {
    std::int64_t length = 0, heads = 0, headDim = 0;  // L, H, D
    std::int64_t indexHeads = 0, indexDim = 0;  // H_I, d_I; 0 where no indexer scores are needed
    std::int64_t modelWidth() const { return heads * headDim; }
    std::int64_t indexWidth() const { return indexHeads * indexDim + indexDim + indexHeads; }
    std::int64_t maskWords() const { return (length + 63) / 64; }
};

/// cos and sin, [L, half] each: half = D / 2 for the main heads, d_I / 4 for the indexer.
struct RopeTable {
    const float* cosine = nullptr;
    const float* sine = nullptr;
};

/// Sums over the queries of one sequence, for the diagnostics of a layer.
struct DiagnosticSums {
    double recall = 0, divergence = 0, distance = 0, overlap = 0, queries = 0;
};

/// One sequence of one run; all arrays row-major float32.
struct ForwardArguments {
    SequenceShape shape;
    const float* qkv = nullptr;            // [L, 3 H D], before RoPE
    const float* index = nullptr;          // [L, H_I d_I + d_I + H_I]: q, k (before LayerNorm), w
    const float* keyNormWeight = nullptr;  // [d_I]
    const float* keyNormBias = nullptr;    // [d_I]
    RopeTable rope, indexRope;
    Support support = Support::Causal;
    std::int64_t keep = 0;        // k
    std::uint64_t randomKey = 0;  // of the random selector, one per sequence
    Alignment alignment = Alignment::Off;
    float lossScale = 0;                // 1 / (B L): makes sums over queries the mean of L_I
    float* mixed = nullptr;             // [L, H D]
    float* logSumExp = nullptr;         // [H, L]; null when no backward follows
    std::uint64_t* selected = nullptr;  // [L, maskWords] bits
    double divergence = 0;              // out: lossScale * sum_t KL(p_t || softmax(I_t))
    float* gradIndex = nullptr;         // [L, indexWidth]: d divergence / d index, Alignment::On
    float *gradKeyNormWeight = nullptr, *gradKeyNormBias = nullptr;  // [d_I], Alignment::On
    DiagnosticSums* diagnostics = nullptr;
};

struct BackwardArguments {
    SequenceShape shape;
    const float* qkv = nullptr;  // as forward
    RopeTable rope;
    const float* mixed = nullptr;      // [L, H D] of the forward pass
    const float* logSumExp = nullptr;  // [H, L]
    const std::uint64_t* selected = nullptr;
    const float* gradMixed = nullptr;  // [L, H D]
    float* gradQkv = nullptr;          // [L, 3 H D], overwritten
};

/// Masked causal attention with the keys chosen by `support`, and the indexer's loss with its
/// gradient: the gradient of L_I needs nothing that comes later (softmax(I) - p), so it is made
/// while the scores are in the cache.
void forwardSequence(ForwardArguments& arguments);

/// Gradient of the attention, probabilities made again from logSumExp. Source: FlashAttention 2,
/// algorithm 2.
void backwardSequence(const BackwardArguments& arguments);

/// "avx512", "avx2" or "baseline": what the two functions above run on this processor.
const char* instructionSet();

/// Uniform score of the random selector for the pair (t, s): a counter-based hash, the same on
/// every backend.
inline float randomScore(std::uint64_t key, std::int64_t t, std::int64_t s) {
    std::uint64_t z =
        key + 0x9e3779b97f4a7c15ULL * (static_cast<std::uint64_t>(t) * 0x100000001ULL +
                                       static_cast<std::uint64_t>(s) + 1);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return static_cast<float>((z ^ (z >> 31)) >> 40) * 0x1p-24f;
}

}  // namespace kernels::cpu
