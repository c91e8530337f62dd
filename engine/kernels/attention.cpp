// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/kernels/attention.h"

#include <ATen/ATen.h>

#include "engine/kernels/attention_operators.h"

namespace kernels {

AttentionResult attention(const at::Tensor& qkv, const at::Tensor& index,
                          const at::Tensor& keyNormWeight, const at::Tensor& keyNormBias,
                          const AttentionCall& call) {
    const bool fused = call.path == Path::Fused && qkv.is_cpu() && qkv.scalar_type() == at::kFloat;
    return fused ? attentionByCpuKernels(qkv, index, keyNormWeight, keyNormBias, call)
                 : attentionByOperators(qkv, index, keyNormWeight, keyNormBias, call);
}

void ropeTable(std::int64_t length, std::int64_t half, double base,
               const at::TensorOptions& options, at::Tensor& cosine, at::Tensor& sine) {
    const auto wide = at::TensorOptions().dtype(at::kDouble);
    const auto exponent = at::arange(half, wide) * (-1.0 / static_cast<double>(half));
    const auto angle = at::outer(at::arange(length, wide), at::pow(base, exponent));
    cosine = angle.cos().to(options).contiguous();
    sine = angle.sin().to(options).contiguous();
}

}  // namespace kernels
