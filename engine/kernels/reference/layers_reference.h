// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

namespace kernels::reference {

using Values = std::vector<double>;

/// x [N, in] times weight [in, out] -> [N, out].
Values linear(const Values& x, const Values& weight, std::int64_t in, std::int64_t out);
/// x / sqrt(mean(x^2) + 1e-6) * weight, row by row; weight [width].
Values rmsNorm(const Values& x, const Values& weight);
/// x Phi(x), the exact form with erf.
Values gelu(Values x);
/// Mean over rows of -ln softmax(logits)[target].
double crossEntropy(const Values& logits, const std::vector<std::int64_t>& targets);
/// One AdamW step number `step` (from 1) on one weight. Source: Loshchilov & Hutter 2019,
/// algorithm 2.
void adamW(double gradient, double learningRate, double beta1, double beta2, double epsilon,
           double decay, std::int64_t step, double& weight, double& first, double& second);

}  // namespace kernels::reference
