// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/kernels/layers.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <torch/csrc/autograd/custom_function.h>

#include "engine/kernels/cpu/elementwise.h"

namespace kernels {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

constexpr double kEpsilon = 1e-6;
constexpr std::int64_t kRowsPerTask = 64;

at::Tensor product(const at::Tensor& a, const at::Tensor& b) {
    return a.size(0) == 1 ? at::mm(a.squeeze(0), b.squeeze(0)).unsqueeze(0) : at::bmm(a, b);
}

bool fused(const at::Tensor& x, Path path) {
    return path == Path::Fused && x.is_cpu() && x.scalar_type() == at::kFloat;
}

/// Products with both operands rounded to bfloat16 and a float32 result.
class RoundedLinear : public torch::autograd::Function<RoundedLinear> {
public:
    static variable_list forward(AutogradContext* context, const at::Tensor& x,
                                 const at::Tensor& weight) {
        const auto half = x.to(at::kBFloat16), halfWeight = weight.to(at::kBFloat16);
        context->save_for_backward({half, halfWeight});
        return {product(half, halfWeight).to(x.scalar_type())};
    }
    static variable_list backward(AutogradContext* context, variable_list grads) {
        const auto saved = context->get_saved_variables();
        const auto grad = grads[0].to(at::kBFloat16);
        at::Tensor gradX;
        if (context->needs_input_grad(0))
            gradX = product(grad, saved[1].transpose(1, 2)).to(at::kFloat);
        return {gradX, product(saved[0].transpose(1, 2), grad).to(at::kFloat)};
    }
};

/// Two rounded products with gelu between them: the widest activations of the model are read and
/// written in bfloat16 only.
class RoundedFeedForward : public torch::autograd::Function<RoundedFeedForward> {
public:
    static at::Tensor forward(AutogradContext* context, const at::Tensor& x, const at::Tensor& up,
                              const at::Tensor& down) {
        const auto input = x.to(at::kBFloat16), halfUp = up.to(at::kBFloat16),
                   halfDown = down.to(at::kBFloat16);
        const auto hidden = product(input, halfUp);
        const auto active = at::gelu(hidden);
        context->save_for_backward({input, halfUp, halfDown, hidden, active});
        return product(active, halfDown).to(x.scalar_type());
    }
    static variable_list backward(AutogradContext* context, variable_list grads) {
        const auto saved = context->get_saved_variables();
        const auto &input = saved[0], &up = saved[1], &down = saved[2], &hidden = saved[3],
                   &active = saved[4];
        const auto grad = grads[0].to(at::kBFloat16);
        const auto gradHidden =
            at::gelu_backward(product(grad, down.transpose(1, 2)), hidden, "none");
        return {product(gradHidden, up.transpose(1, 2)).to(at::kFloat),
                product(input.transpose(1, 2), gradHidden).to(at::kFloat),
                product(active.transpose(1, 2), grad).to(at::kFloat)};
    }
};

class FusedRmsNorm : public torch::autograd::Function<FusedRmsNorm> {
public:
    static at::Tensor run(const at::Tensor& x, const at::Tensor& weight, at::Tensor& inverse) {
        const auto n = x.size(1), width = x.size(2);
        auto out = at::empty_like(x);
        inverse = at::empty({x.size(0), n}, x.options());
        const auto* in = x.const_data_ptr<float>();
        const auto* scale = weight.const_data_ptr<float>();
        auto* to = out.mutable_data_ptr<float>();
        auto* kept = inverse.mutable_data_ptr<float>();
        for (std::int64_t e = 0; e < x.size(0); ++e)
            at::parallel_for(0, n, kRowsPerTask, [&](std::int64_t begin, std::int64_t end) {
                const auto row = e * n + begin;
                cpu::rmsNorm(end - begin, width, static_cast<float>(kEpsilon), in + row * width,
                             scale + e * width, to + row * width, kept + row);
            });
        return out;
    }
    static variable_list forward(AutogradContext* context, const at::Tensor& x,
                                 const at::Tensor& weight) {
        at::Tensor inverse;
        auto out = run(x, weight, inverse);
        context->save_for_backward({x, weight, inverse});
        return {out};
    }
    static variable_list backward(AutogradContext* context, variable_list grads) {
        const auto saved = context->get_saved_variables();
        const auto& x = saved[0];
        const auto grad = grads[0].contiguous();
        const auto n = x.size(1), width = x.size(2);
        const std::int64_t tasks = std::min<std::int64_t>(
            at::get_num_threads(), std::max<std::int64_t>(1, n / kRowsPerTask));
        auto gradX = at::empty_like(x);
        auto gradWeight = at::zeros({x.size(0), tasks, width}, x.options());
        for (std::int64_t e = 0; e < x.size(0); ++e)
            at::parallel_for(0, tasks, 1, [&](std::int64_t begin, std::int64_t end) {
                for (std::int64_t task = begin; task < end; ++task) {
                    const auto first = e * n + n * task / tasks,
                               rows = n * (task + 1) / tasks - n * task / tasks;
                    cpu::rmsNormBackward(
                        rows, width, x.const_data_ptr<float>() + first * width,
                        saved[1].const_data_ptr<float>() + e * width,
                        saved[2].const_data_ptr<float>() + first,
                        grad.const_data_ptr<float>() + first * width,
                        gradX.mutable_data_ptr<float>() + first * width,
                        gradWeight.mutable_data_ptr<float>() + (e * tasks + task) * width);
                }
            });
        return {gradX, gradWeight.sum(1)};
    }
};

/// Loss and gradient in one pass over the logits; the gradient waits in the graph for its factor.
class FusedCrossEntropy : public torch::autograd::Function<FusedCrossEntropy> {
public:
    static at::Tensor run(const at::Tensor& logits, const at::Tensor& targets, at::Tensor* gradient,
                          at::Tensor* hits) {
        const auto n = logits.size(1), width = logits.size(2);
        const std::int64_t tasks = (n + kRowsPerTask - 1) / kRowsPerTask;
        auto sums = at::zeros({logits.size(0), tasks}, logits.options().dtype(at::kDouble));
        auto counts = at::zeros({logits.size(0), tasks}, targets.options());
        const auto scale = 1.0f / static_cast<float>(n);
        at::parallel_for(0, logits.size(0) * tasks, 1, [&](std::int64_t begin, std::int64_t end) {
            for (std::int64_t task = begin; task < end; ++task) {
                const auto first = task % tasks * kRowsPerTask, row = task / tasks * n + first;
                sums.mutable_data_ptr<double>()[task] = cpu::crossEntropy(
                    std::min(kRowsPerTask, n - first), width,
                    logits.const_data_ptr<float>() + row * width,
                    targets.const_data_ptr<std::int64_t>() + row, scale,
                    gradient ? gradient->mutable_data_ptr<float>() + row * width : nullptr,
                    hits ? counts.mutable_data_ptr<std::int64_t>() + task : nullptr);
            }
        });
        if (hits) hits->add_(counts.sum(1));
        return (sums.sum(1) / static_cast<double>(n)).to(logits.scalar_type());
    }
    static variable_list forward(AutogradContext* context, const at::Tensor& logits,
                                 const at::Tensor& targets) {
        auto gradient = at::empty_like(logits);
        auto loss = run(logits, targets, &gradient, nullptr);
        context->save_for_backward({gradient});
        return {loss};
    }
    static variable_list backward(AutogradContext* context, variable_list grads) {
        const auto saved = context->get_saved_variables();
        return {saved[0] * grads[0].view({-1, 1, 1}), at::Tensor()};
    }
};

bool recording(const at::Tensor& x) {
    return at::GradMode::is_enabled() && x.requires_grad();
}

}  // namespace

at::Tensor linear(const at::Tensor& x, const at::Tensor& weight, experiment::Precision precision) {
    if (precision == experiment::Precision::Bf16) return RoundedLinear::apply(x, weight)[0];
    return product(x, weight);
}

at::Tensor feedForward(const at::Tensor& x, const at::Tensor& up, const at::Tensor& down,
                       experiment::Precision precision) {
    if (precision == experiment::Precision::Bf16) return RoundedFeedForward::apply(x, up, down);
    return linear(at::gelu(linear(x, up, precision)), down, precision);
}

at::Tensor rmsNorm(const at::Tensor& x, const at::Tensor& weight, Path path) {
    if (!fused(x, path)) {
        const auto inverse = at::rsqrt(x.square().mean(-1, true) + kEpsilon);
        return x * inverse * weight.unsqueeze(1);
    }
    if (recording(x)) return FusedRmsNorm::apply(x.contiguous(), weight)[0];
    at::Tensor inverse;
    return FusedRmsNorm::run(x.contiguous(), weight, inverse);
}

at::Tensor crossEntropy(const at::Tensor& logits, const at::Tensor& targets, Path path,
                        at::Tensor* hits) {
    if (!fused(logits, path)) {
        if (hits) hits->add_((logits.argmax(-1) == targets).sum(1));
        return -logits.log_softmax(-1).gather(-1, targets.unsqueeze(-1)).squeeze(-1).mean(1);
    }
    if (recording(logits)) return FusedCrossEntropy::apply(logits.contiguous(), targets)[0];
    return FusedCrossEntropy::run(logits.contiguous(), targets, nullptr, hits);
}

at::Tensor embed(const at::Tensor& tokens, const at::Tensor& weight) {
    const auto e = weight.size(0), rows = weight.size(1), width = weight.size(2);
    const auto shifted = tokens + at::arange(e, tokens.options()).unsqueeze(1) * rows;
    return at::embedding(weight.reshape({e * rows, width}), shifted);
}

}  // namespace kernels
