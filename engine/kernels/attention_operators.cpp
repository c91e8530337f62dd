// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/kernels/attention_operators.h"

#include <ATen/ATen.h>

#include <cmath>
#include <limits>
#include <stdexcept>

namespace kernels {
namespace {

constexpr double kMinusInfinity = -std::numeric_limits<double>::infinity();

/// x [..., 2 half] with pairs (i, i + half); cos, sin broadcast over the leading dimensions.
at::Tensor rotated(const at::Tensor& x, const at::Tensor& cosine, const at::Tensor& sine) {
    const auto parts = x.chunk(2, -1);
    return at::cat({parts[0] * cosine - parts[1] * sine, parts[1] * cosine + parts[0] * sine}, -1);
}

at::Tensor causalMask(std::int64_t length, const at::Device& device) {
    return at::ones({length, length}, at::TensorOptions().dtype(at::kBool).device(device)).tril();
}

/// I [E,B,T,S].
at::Tensor indexScores(const at::Tensor& index, const at::Tensor& keyNormWeight,
                       const at::Tensor& keyNormBias, const AttentionCall& call) {
    const auto e = index.size(0), b = index.size(1), l = index.size(2);
    const auto heads = call.indexHeads, dim = call.indexDim;
    const auto parts = index.split_with_sizes({heads * dim, dim, heads}, -1);
    const auto turn = [&](const at::Tensor& x) {
        const auto halves = x.chunk(2, -1);
        return at::cat({rotated(halves[0], call.rope.indexCosine, call.rope.indexSine), halves[1]},
                       -1);
    };
    const auto query =
        turn(parts[0].reshape({e, b, l, heads, dim}).transpose(2, 3));  // [E,B,H_I,T,d_I]
    const auto centred = parts[1] - parts[1].mean(-1, true);
    const auto normal = centred * at::rsqrt(centred.square().mean(-1, true) + 1e-6);
    const auto key = turn(normal * keyNormWeight.view({e, 1, 1, dim}) +
                          keyNormBias.view({e, 1, 1, dim}));  // [E,B,S,d_I]
    const auto pairs =
        at::relu(at::matmul(query, key.unsqueeze(2).transpose(-1, -2)));  // [E,B,H_I,T,S]
    const auto weight = parts[2].transpose(2, 3).unsqueeze(-1) *
                        (1.0 / std::sqrt(static_cast<double>(heads * dim)));
    return (pairs * weight).sum(2);
}

at::Tensor randomScores(std::int64_t batch, std::int64_t length, std::uint64_t key,
                        const at::TensorOptions& options) {
    auto scores = at::zeros({batch, length, length}, at::kFloat);
    auto* out = scores.mutable_data_ptr<float>();
    for (std::int64_t b = 0; b < batch; ++b)
        for (std::int64_t t = 0; t < length; ++t)
            for (std::int64_t s = 0; s <= t; ++s)
                out[(b * length + t) * length + s] =
                    cpu::randomScore(key + static_cast<std::uint64_t>(b), t, s);
    return scores.to(options);
}

at::Tensor windowMask(std::int64_t keep, const at::Tensor& causal) {
    return causal & ~causal.tril(-keep);
}

struct Parts {
    at::Tensor logits;  // [E,B,H,T,S], scaled, float32 or better
    at::Tensor value;   // [E,B,H,S,D]
    at::Tensor causal;  // [T,S] bool
    at::Tensor scores;  // [E,B,T,S] or undefined
};

at::Tensor probabilities(const Parts& parts, const at::Tensor& support) {
    return parts.logits.masked_fill(support.logical_not(), kMinusInfinity).softmax(-1);
}

/// Head-mean of the layer's own dense attention, [E,B,T,S].
at::Tensor denseMean(const Parts& parts) {
    return probabilities(parts, parts.causal).mean(2);
}

/// Mask [E,B,T,S] of every run's support.
at::Tensor selectSupport(const Parts& parts, const AttentionCall& call) {
    const at::NoGradGuard guard;
    const auto batch = parts.logits.size(1), length = parts.logits.size(3);
    at::Tensor dense;
    std::vector<at::Tensor> masks;
    for (std::size_t run = 0; run < call.runs.size(); ++run) {
        const auto& r = call.runs[run];
        const auto e = static_cast<std::int64_t>(run);
        const auto pick = [&](const at::Tensor& scores) {
            return topKeysMask(scores.unsqueeze(0), {r.keep}).squeeze(0);
        };
        const auto whole = parts.causal.expand({batch, length, length});
        switch (r.support) {
            case Support::Causal:
                masks.push_back(whole);
                break;
            case Support::Window:
                masks.push_back(windowMask(r.keep, parts.causal).expand({batch, length, length}));
                break;
            case Support::RandomTop:
                masks.push_back(
                    pick(randomScores(batch, length, r.randomKey, parts.logits.options())));
                break;
            case Support::OracleTop:
                if (!dense.defined()) dense = denseMean(parts);
                masks.push_back(pick(dense[e]));
                break;
            case Support::IndexTop:
                masks.push_back(pick(parts.scores[e].detach()));
                break;
        }
    }
    return at::stack(masks);
}

/// KL(p_t || softmax(I_t)) for every query, [E,B,T]. target is a constant.
at::Tensor divergence(const at::Tensor& scores, const at::Tensor& target,
                      const at::Tensor& support) {
    const auto outside = support.logical_not();
    const auto logIndex =
        scores.masked_fill(outside, kMinusInfinity).log_softmax(-1).masked_fill(outside, 0.0);
    return at::xlogy(target, target).sum(-1) - (target * logIndex).sum(-1);
}

void diagnose(const Parts& parts, const at::Tensor& support, const at::Tensor& target,
              const AttentionCall& call) {
    const at::NoGradGuard guard;
    const auto length = support.size(-1);
    const auto dense = denseMean(parts);
    const auto position = at::arange(length, support.options().dtype(dense.scalar_type()));
    const auto distance = position.unsqueeze(1) - position;  // [T,S]: t - s
    for (std::size_t run = 0; run < call.runs.size(); ++run) {
        const auto e = static_cast<std::int64_t>(run);
        auto& sums = (*call.diagnostics)[run];
        const auto keep = std::min(call.runs[run].keep, length);
        const auto chosen = support[e];
        const auto kept = chosen.sum(-1);
        const auto oracle = topKeysMask(dense[e].unsqueeze(0), {keep}).squeeze(0);
        sums.recall += (dense[e] * chosen).sum().item<double>();
        sums.distance += ((distance * chosen).sum(-1) / kept).sum().item<double>();
        sums.overlap += ((oracle & chosen).sum(-1) / oracle.sum(-1).to(dense.scalar_type()))
                            .sum()
                            .item<double>();
        sums.queries += static_cast<double>(kept.numel());
        if (parts.scores.defined())
            sums.divergence += divergence(parts.scores[e], target[e], chosen).sum().item<double>();
    }
}

Parts makeParts(const at::Tensor& qkv, const AttentionCall& call) {
    const auto e = qkv.size(0), b = qkv.size(1), l = qkv.size(2),
               dim = qkv.size(3) / 3 / call.heads;
    const auto split =
        qkv.view({e, b, l, 3, call.heads, dim}).permute({3, 0, 1, 4, 2, 5});  // [3,E,B,H,L,D]
    const auto query = rotated(split[0], call.rope.cosine, call.rope.sine);
    const auto key = rotated(split[1], call.rope.cosine, call.rope.sine);
    Parts parts;
    parts.logits =
        at::matmul(query, key.transpose(-1, -2)) * (1.0 / std::sqrt(static_cast<double>(dim)));
    parts.value = split[2];
    parts.causal = causalMask(l, qkv.device());
    return parts;
}

}  // namespace

at::Tensor topKeysMask(const at::Tensor& scores, const std::vector<std::int64_t>& keep) {
    const auto length = scores.size(3);
    if (scores.size(2) != length)
        throw std::logic_error("topKeysMask: queries and keys must be equally many");
    const auto causal = causalMask(length, scores.device());
    const auto visible = scores.masked_fill(causal.logical_not(), kMinusInfinity);
    std::int64_t most = 1;
    for (const auto k : keep) most = std::max(most, std::min(k, length));
    const auto best = std::get<0>(visible.topk(most, -1));  // [E,B,T,most], descending
    std::vector<at::Tensor> masks;
    for (std::size_t run = 0; run < keep.size(); ++run) {
        const auto e = static_cast<std::int64_t>(run), k = std::min(keep[run], length);
        const auto threshold = best[e].narrow(-1, k - 1, 1);
        const auto above = visible[e] > threshold, equal = visible[e] == threshold;
        const auto places = k - above.sum(-1, true);
        const auto fromLeft = equal.cumsum(-1, at::kInt);
        const auto fromRight = fromLeft.narrow(-1, length - 1, 1) - fromLeft + 1;
        masks.push_back((above | (equal & (fromRight <= places))) & causal);
    }
    return at::stack(masks);
}

AttentionResult attentionByOperators(const at::Tensor& qkv, const at::Tensor& index,
                                     const at::Tensor& keyNormWeight, const at::Tensor& keyNormBias,
                                     const AttentionCall& call) {
    const auto e = qkv.size(0), b = qkv.size(1), l = qkv.size(2), width = qkv.size(3) / 3;
    Parts parts = makeParts(qkv, call);
    if (index.defined()) parts.scores = indexScores(index, keyNormWeight, keyNormBias, call);
    const auto support = selectSupport(parts, call);
    const auto probability = probabilities(parts, support.unsqueeze(2));
    AttentionResult result;
    result.mixed =
        at::matmul(probability, parts.value).permute({0, 1, 3, 2, 4}).reshape({e, b, l, width});
    const auto target = probability.detach().mean(2);
    result.indexLoss = at::zeros({e}, qkv.options());
    std::vector<double> wanted;
    for (const auto& run : call.runs) wanted.push_back(run.alignment == Alignment::On ? 1.0 : 0.0);
    if (std::find(wanted.begin(), wanted.end(), 1.0) != wanted.end()) {
        const auto each = divergence(parts.scores, target, support).mean({1, 2});
        result.indexLoss = each * at::tensor(wanted, qkv.options());
    }
    if (call.diagnostics) diagnose(parts, support, target, call);
    return result;
}

}  // namespace kernels
