// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Tensor.h>

#include "engine/experiment/settings.h"
#include "engine/kernels/attention.h"

namespace kernels {

/// x [E,N,in] times weight [E,in,out] -> [E,N,out]. Bf16 rounds both operands (and the gradient) to
/// bfloat16 for the product and keeps float32 outside; Fp32 multiplies in the tensors' own type.
at::Tensor linear(const at::Tensor& x, const at::Tensor& weight, experiment::Precision precision);

/// gelu(x up) down: x [E,N,d], up [E,d,f], down [E,f,d] -> [E,N,d]. Bf16 keeps what lies between
/// the two products in bfloat16, which is what their operands are rounded to anyway.
at::Tensor feedForward(const at::Tensor& x, const at::Tensor& up, const at::Tensor& down,
                       experiment::Precision precision);

/// x / sqrt(mean(x^2) + 1e-6) * weight over the last dimension: x [E,N,d], weight [E,d]. Source:
/// Zhang & Sennrich 2019.
at::Tensor rmsNorm(const at::Tensor& x, const at::Tensor& weight, Path path);

/// Mean over N of -ln softmax(logits)[target] -> [E]. logits [E,N,V], targets [E,N] int64. With
/// `hits` [E] int64, adds the number of rows whose largest logit is the target's.
at::Tensor crossEntropy(const at::Tensor& logits, const at::Tensor& targets, Path path,
                        at::Tensor* hits = nullptr);

/// Rows of the tied embedding: tokens [E,N] int64, weight [E,V,d] -> [E,N,d].
at::Tensor embed(const at::Tensor& tokens, const at::Tensor& weight);

}  // namespace kernels
