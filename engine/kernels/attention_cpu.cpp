// SPDX-License-Identifier: GPL-3.0-or-later
// Joins the plain-pointer CPU kernels to autograd: one node for the whole attention of a layer.
#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <torch/csrc/autograd/custom_function.h>

#include "engine/kernels/attention_operators.h"

namespace kernels {
namespace {

cpu::SequenceShape shapeOf(const at::Tensor& qkv, const AttentionCall& call, bool scored) {
    cpu::SequenceShape shape;
    shape.length = qkv.size(2);
    shape.heads = call.heads;
    shape.headDim = qkv.size(3) / 3 / call.heads;
    shape.indexHeads = scored ? call.indexHeads : 0;
    shape.indexDim = scored ? call.indexDim : 0;
    return shape;
}

cpu::RopeTable tableOf(const at::Tensor& cosine, const at::Tensor& sine) {
    return {cosine.const_data_ptr<float>(), sine.const_data_ptr<float>()};
}

bool needsScores(const AttentionCall& call, std::size_t run) {
    const auto& r = call.runs[run];
    return r.support == Support::IndexTop || r.alignment == Alignment::On;
}

/// Everything the forward pass makes; rows of the leading dimension are sequences (e, b).
struct Made {
    at::Tensor mixed, logSumExp, selected, divergence, gradIndex, gradNormWeight, gradNormBias;
};

struct Inputs {
    at::Tensor qkv, index, keyNormWeight, keyNormBias;
};

void runSequence(const Inputs& in, const AttentionCall& call, Made& made, std::int64_t e,
                 std::int64_t b, cpu::DiagnosticSums* diagnostics) {
    const auto run = static_cast<std::size_t>(e);
    const auto batch = in.qkv.size(1), at = e * batch + b;
    const bool scored = needsScores(call, run);
    cpu::ForwardArguments a;
    a.shape = shapeOf(in.qkv, call, scored);
    const auto& s = a.shape;
    const bool aligned = call.runs[run].alignment == Alignment::On && made.gradIndex.defined();
    a.qkv = in.qkv.const_data_ptr<float>() + at * s.length * 3 * s.modelWidth();
    if (scored) {
        a.index = in.index.const_data_ptr<float>() + at * s.length * s.indexWidth();
        a.keyNormWeight = in.keyNormWeight.const_data_ptr<float>() + e * s.indexDim;
        a.keyNormBias = in.keyNormBias.const_data_ptr<float>() + e * s.indexDim;
        a.indexRope = tableOf(call.rope.indexCosine, call.rope.indexSine);
    }
    a.rope = tableOf(call.rope.cosine, call.rope.sine);
    a.support = call.runs[run].support;
    a.keep = call.runs[run].keep;
    a.randomKey = call.runs[run].randomKey + static_cast<std::uint64_t>(b);
    a.lossScale = 1.0f / static_cast<float>(batch * s.length);
    a.mixed = made.mixed.mutable_data_ptr<float>() + at * s.length * s.modelWidth();
    if (made.logSumExp.defined())
        a.logSumExp = made.logSumExp.mutable_data_ptr<float>() + at * s.heads * s.length;
    a.selected = reinterpret_cast<std::uint64_t*>(made.selected.mutable_data_ptr<std::int64_t>()) +
                 at * s.length * s.maskWords();
    a.diagnostics = diagnostics;
    if (aligned) {
        a.alignment = Alignment::On;
        a.gradIndex = made.gradIndex.mutable_data_ptr<float>() + at * s.length * s.indexWidth();
        a.gradKeyNormWeight = made.gradNormWeight.mutable_data_ptr<float>() + at * s.indexDim;
        a.gradKeyNormBias = made.gradNormBias.mutable_data_ptr<float>() + at * s.indexDim;
    }
    cpu::forwardSequence(a);
    made.divergence.mutable_data_ptr<double>()[at] = a.divergence;
}

enum class Wants { Values, Gradients };

Made forwardAll(const Inputs& in, const AttentionCall& call, Wants wants) {
    const auto e = in.qkv.size(0), b = in.qkv.size(1), l = in.qkv.size(2),
               width = in.qkv.size(3) / 3;
    const auto options = in.qkv.options();
    Made made;
    made.mixed = at::empty({e, b, l, width}, options);
    made.selected = at::empty({e, b, l, (l + 63) / 64}, options.dtype(at::kLong));
    made.divergence = at::zeros({e, b}, options.dtype(at::kDouble));
    if (wants == Wants::Gradients) made.logSumExp = at::empty({e, b, call.heads, l}, options);
    const bool aligns = std::any_of(call.runs.begin(), call.runs.end(), [](const AttentionRun& r) {
        return r.alignment == Alignment::On;
    });
    if (aligns) {
        made.gradIndex = at::zeros_like(in.index);
        made.gradNormWeight = at::zeros({e, b, call.indexDim}, options);
        made.gradNormBias = at::zeros({e, b, call.indexDim}, options);
    }
    std::vector<cpu::DiagnosticSums> sums(call.diagnostics ? static_cast<std::size_t>(e * b) : 0);
    at::parallel_for(0, e * b, 1, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t at = begin; at < end; ++at)
            runSequence(in, call, made, at / b, at % b,
                        call.diagnostics ? &sums[static_cast<std::size_t>(at)] : nullptr);
    });
    for (std::size_t at = 0; at < sums.size(); ++at) {
        auto& total = (*call.diagnostics)[at / static_cast<std::size_t>(b)];
        total.recall += sums[at].recall;
        total.divergence += sums[at].divergence;
        total.distance += sums[at].distance;
        total.overlap += sums[at].overlap;
        total.queries += sums[at].queries;
    }
    return made;
}

at::Tensor backwardAll(const at::Tensor& qkv, const at::Tensor& mixed, const at::Tensor& logSumExp,
                       const at::Tensor& selected, const AttentionCall& call,
                       const at::Tensor& gradMixed) {
    const auto sequences = qkv.size(0) * qkv.size(1);
    auto gradQkv = at::empty_like(qkv);
    const auto shape = shapeOf(qkv, call, false);
    at::parallel_for(0, sequences, 1, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t at = begin; at < end; ++at) {
            cpu::BackwardArguments a;
            const auto rows = at * shape.length, width = shape.modelWidth();
            a.shape = shape;
            a.qkv = qkv.const_data_ptr<float>() + rows * 3 * width;
            a.rope = tableOf(call.rope.cosine, call.rope.sine);
            a.mixed = mixed.const_data_ptr<float>() + rows * width;
            a.logSumExp = logSumExp.const_data_ptr<float>() + rows * shape.heads;
            a.selected =
                reinterpret_cast<const std::uint64_t*>(selected.const_data_ptr<std::int64_t>()) +
                rows * shape.maskWords();
            a.gradMixed = gradMixed.const_data_ptr<float>() + rows * width;
            a.gradQkv = gradQkv.mutable_data_ptr<float>() + rows * 3 * width;
            cpu::backwardSequence(a);
        }
    });
    return gradQkv;
}

struct CallHolder : torch::CustomClassHolder {
    AttentionCall call;
};

class FusedAttention : public torch::autograd::Function<FusedAttention> {
public:
    using Variables = torch::autograd::variable_list;

    static Variables forward(torch::autograd::AutogradContext* context, const at::Tensor& qkv,
                             const at::Tensor& index, const at::Tensor& keyNormWeight,
                             const at::Tensor& keyNormBias, const AttentionCall* call) {
        const Inputs in{qkv, index, keyNormWeight, keyNormBias};
        Made made = forwardAll(in, *call, Wants::Gradients);
        auto loss = made.divergence.sum(1).to(qkv.scalar_type());
        context->save_for_backward({qkv, made.mixed, made.logSumExp, made.selected, made.gradIndex,
                                    made.gradNormWeight, made.gradNormBias});
        auto holder = c10::make_intrusive<CallHolder>();
        holder->call = *call;
        holder->call.diagnostics = nullptr;
        context->saved_data["call"] = at::IValue::make_capsule(std::move(holder));
        return {made.mixed, loss};
    }

    static Variables backward(torch::autograd::AutogradContext* context, Variables grads) {
        const auto saved = context->get_saved_variables();
        const auto holder =
            c10::static_intrusive_pointer_cast<CallHolder>(context->saved_data["call"].toCapsule());
        Variables out(5);
        if (grads[0].defined() && context->needs_input_grad(0))
            out[0] = backwardAll(saved[0], saved[1], saved[2], saved[3], holder->call,
                                 grads[0].contiguous());
        if (grads[1].defined() && saved[4].defined()) {
            const auto e = grads[1].size(0);
            out[1] = saved[4] * grads[1].view({e, 1, 1, 1});
            out[2] = saved[5].sum(1) * grads[1].view({e, 1});
            out[3] = saved[6].sum(1) * grads[1].view({e, 1});
        }
        return out;
    }
};

}  // namespace

AttentionResult attentionByCpuKernels(const at::Tensor& qkv, const at::Tensor& index,
                                      const at::Tensor& keyNormWeight,
                                      const at::Tensor& keyNormBias, const AttentionCall& call) {
    // Autograd takes no undefined tensor: where no run is scored, empty ones stand in.
    const auto given = [&](const at::Tensor& x) {
        return x.defined() ? x.contiguous() : at::empty({0}, qkv.options());
    };
    const Inputs in{qkv.contiguous(), given(index), given(keyNormWeight), given(keyNormBias)};
    if (at::GradMode::is_enabled() && qkv.requires_grad()) {
        const auto out =
            FusedAttention::apply(in.qkv, in.index, in.keyNormWeight, in.keyNormBias, &call);
        return {out[0], out[1]};
    }
    const at::NoGradGuard guard;
    const Made made = forwardAll(in, call, Wants::Values);
    return {made.mixed, made.divergence.sum(1).to(qkv.scalar_type())};
}

}  // namespace kernels
