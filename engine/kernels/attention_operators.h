// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/kernels/attention.h"

namespace kernels {

/// attention() by LibTorch operators: any device, any floating type, gradients by autograd.
AttentionResult attentionByOperators(const at::Tensor& qkv, const at::Tensor& index,
                                     const at::Tensor& keyNormWeight, const at::Tensor& keyNormBias,
                                     const AttentionCall& call);

/// attention() by the fused CPU kernels: float32 on a CPU.
AttentionResult attentionByCpuKernels(const at::Tensor& qkv, const at::Tensor& index,
                                      const at::Tensor& keyNormWeight,
                                      const at::Tensor& keyNormBias, const AttentionCall& call);

}  // namespace kernels
