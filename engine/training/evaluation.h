// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Tensor.h>

#include <span>

#include "engine/model/transformer.h"
#include "engine/training/cohort_trainer.h"

namespace training {

/// Windows of `length` tokens at these window numbers: inputs and targets (one to the right), [E,
/// B, length] int64; windows [E][B].
void gatherWindows(std::span<const std::uint8_t> region, std::int64_t length,
                   const std::vector<std::vector<std::int64_t>>& windows, const at::Device& device,
                   at::Tensor& inputs, at::Tensor& targets);

/// Mean nats per token and accuracy over the first `windows` windows of the region, in batches of
/// `batch` sequences; diagnostics over at most `diagnosticTokens` of them. Sums in double.
std::vector<Evaluation> evaluateModel(const model::Transformer& transformer,
                                      std::span<const std::uint8_t> region, std::int64_t windows,
                                      std::int64_t batch, std::int64_t diagnosticTokens);

}  // namespace training
