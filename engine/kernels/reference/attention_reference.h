// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "engine/kernels/cpu/sequence_attention.h"

namespace kernels::reference {

/// One sequence of one run in double, by plain loops from the definitions: the oracle of the tests.
struct AttentionInput {
    cpu::SequenceShape shape;
    double ropeBase = 10000.0;
    cpu::Support support = cpu::Support::Causal;
    std::int64_t keep = 0;  // k
    std::uint64_t randomKey = 0;
    std::vector<double> qkv;            // [L, 3 H D]
    std::vector<double> index;          // [L, H_I d_I + d_I + H_I]; empty where nothing is scored
    std::vector<double> keyNormWeight;  // [d_I]
    std::vector<double> keyNormBias;    // [d_I]
};

struct AttentionOutput {
    std::vector<double> mixed;                        // [L, H D]
    std::vector<std::vector<std::int64_t>> selected;  // keys of each query, ascending
    std::vector<std::vector<double>> target;          // p_t over selected[t]
    std::vector<double> scores;  // I [L, L], s <= t; empty where nothing is scored
    double indexLoss = 0;        // mean_t KL(p_t || softmax(I_t)); 0 where nothing is scored
};

struct AttentionGradients {
    std::vector<double> qkv, index, keyNormWeight, keyNormBias;
};

/// The min(k, t+1) best positions s <= t of one row of scores, ascending; among equals the most
/// recent wins.
std::vector<std::int64_t> topKeys(const std::vector<double>& row, std::int64_t keep);

AttentionOutput attentionForward(const AttentionInput& in);

/// Gradient of (gradMixed . mixed + gradIndexLoss * indexLoss). The selection and the target p are
/// constants.
AttentionGradients attentionBackward(const AttentionInput& in, const std::vector<double>& gradMixed,
                                     double gradIndexLoss);

}  // namespace kernels::reference
