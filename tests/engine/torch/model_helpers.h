// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <gtest/gtest.h>

#include "engine/kernels/layers.h"
#include "engine/model/transformer.h"

namespace testing_model {

using experiment::AttentionKind;
using experiment::RunSpec;
using experiment::Selector;

inline constexpr std::int64_t kLength = 64;

inline RunSpec run(Selector selector, std::int64_t keep, std::int64_t seed = 42) {
    RunSpec spec;
    spec.length = kLength;
    spec.keep = keep;
    spec.keepRatio = static_cast<double>(keep) / kLength;
    spec.selector = selector;
    spec.seed = seed;
    return spec;
}

inline RunSpec denseRun(std::int64_t seed = 42) {
    RunSpec spec = run(Selector::Aligned, kLength, seed);
    spec.attention = AttentionKind::Dense;
    return spec;
}

struct Build {
    kernels::Path path = kernels::Path::Fused;
    at::ScalarType type = at::kFloat;
    experiment::Precision precision = experiment::Precision::Fp32;
    std::int64_t length = kLength;
};

inline model::TransformerOptions options(std::vector<RunSpec> runs, Build build = {}) {
    model::TransformerOptions o;
    o.settings = {.dModel = 64, .heads = 4, .layers = 2, .dFf = 128, .indexHeads = 3, .indexDim = 16};
    o.length = build.length;
    o.runs = std::move(runs);
    for (auto& r : o.runs) r.length = build.length;
    o.precision = build.precision;
    o.path = build.path;
    o.tensorOptions = at::TensorOptions().dtype(build.type);
    return o;
}

/// Larger weights, so that scores and attention are far from uniform.
inline void loosen(model::Transformer& transformer, double factor = 7.0) {
    const at::NoGradGuard guard;
    for (auto& p : transformer.parameters())
        if (p.isMatrix) p.values.mul_(factor);
}

inline at::Tensor tokens(std::int64_t runs, std::int64_t batch, std::int64_t length = kLength, std::uint64_t seed = 1) {
    at::manual_seed(seed);
    return at::randint(0, 256, {1, batch, length}, at::kLong).expand({runs, batch, length}).contiguous();
}

inline double largestDifference(const at::Tensor& a, const at::Tensor& b) {
    return (a.to(at::kDouble) - b.to(at::kDouble)).abs().max().item<double>();
}

inline double relativeDifference(const at::Tensor& a, const at::Tensor& b) {
    const double scale = b.to(at::kDouble).abs().max().item<double>();
    return largestDifference(a, b) / (scale > 0 ? scale : 1.0);
}

}  // namespace testing_model
