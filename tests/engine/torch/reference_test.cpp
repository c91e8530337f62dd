// SPDX-License-Identifier: GPL-3.0-or-later
// The plain-loop reference in double against the operator path in double: values and gradients to 1e-10 relative.
#include <torch/csrc/autograd/autograd.h>

#include "engine/kernels/attention_operators.h"
#include "engine/kernels/reference/attention_reference.h"
#include "engine/kernels/reference/layers_reference.h"
#include "model_helpers.h"

using namespace testing_model;
using kernels::Support;
namespace reference = kernels::reference;

namespace {

constexpr std::int64_t kHeads = 2, kWidth = 16, kIndexHeads = 3, kIndexDim = 8, kTokens = 23;

std::vector<double> values(const at::Tensor& x) {
    const auto plain = x.detach().to(at::kDouble).contiguous();
    return {plain.const_data_ptr<double>(), plain.const_data_ptr<double>() + plain.numel()};
}

struct Case {
    at::Tensor qkv, index, normWeight, normBias;
    kernels::AttentionCall call;
    reference::AttentionInput input;
};

Case makeCase(Support support, std::int64_t keep, bool scored) {
    at::manual_seed(7);
    const auto wide = at::TensorOptions().dtype(at::kDouble);
    Case c;
    const auto leaf = [&](at::Tensor x) { return x.set_requires_grad(true); };
    c.qkv = leaf(at::randn({1, 1, kTokens, 3 * kWidth}, wide));
    c.input.shape = {.length = kTokens, .heads = kHeads, .headDim = kWidth / kHeads, .indexHeads = kIndexHeads, .indexDim = kIndexDim};
    if (scored) {
        c.index = leaf(at::randn({1, 1, kTokens, c.input.shape.indexWidth()}, wide));
        c.normWeight = leaf(at::rand({1, kIndexDim}, wide) + 0.5);
        c.normBias = leaf(at::randn({1, kIndexDim}, wide) * 0.1);
        c.input.index = values(c.index);
        c.input.keyNormWeight = values(c.normWeight);
        c.input.keyNormBias = values(c.normBias);
    }
    c.input.qkv = values(c.qkv);
    c.input.support = support;
    c.input.keep = keep;
    c.input.randomKey = 99;
    c.call.heads = kHeads;
    c.call.indexHeads = kIndexHeads;
    c.call.indexDim = kIndexDim;
    c.call.path = kernels::Path::Operators;
    c.call.runs = {{support, keep, 99, scored ? kernels::Alignment::On : kernels::Alignment::Off}};
    kernels::ropeTable(kTokens, kWidth / kHeads / 2, 10000.0, wide, c.call.rope.cosine, c.call.rope.sine);
    kernels::ropeTable(kTokens, kIndexDim / 4, 10000.0, wide, c.call.rope.indexCosine, c.call.rope.indexSine);
    return c;
}

void expectEqual(const at::Tensor& got, const std::vector<double>& expected, const char* what) {
    const auto wanted = at::tensor(expected, at::kDouble).view_as(got);
    EXPECT_LT(relativeDifference(got, wanted), 1e-10) << what;
}

void compare(Support support, std::int64_t keep, bool scored) {
    Case c = makeCase(support, keep, scored);
    const auto out = kernels::attention(c.qkv, c.index, c.normWeight, c.normBias, c.call);
    const auto expected = reference::attentionForward(c.input);
    expectEqual(out.mixed, expected.mixed, "mixed");
    const auto weight = at::randn(out.mixed.sizes(), at::kDouble);
    auto total = (out.mixed * weight).sum();
    if (scored) {
        EXPECT_NEAR(out.indexLoss.item<double>(), expected.indexLoss, 1e-10 * expected.indexLoss);
        total = total + 3.0 * out.indexLoss.sum();
    }
    torch::autograd::backward({total}, {});
    const auto grads = reference::attentionBackward(c.input, values(weight), 3.0);
    expectEqual(c.qkv.grad(), grads.qkv, "gradient of qkv");
    if (!scored) return;
    expectEqual(c.index.grad(), grads.index, "gradient of the index projections");
    expectEqual(c.normWeight.grad(), grads.keyNormWeight, "gradient of the key norm's weight");
    expectEqual(c.normBias.grad(), grads.keyNormBias, "gradient of the key norm's bias");
}

/// One run's weights by name, as the reference takes them: matrices [in, out].
std::vector<double> weightOf(const model::Transformer& transformer, const std::string& name) {
    for (const auto& p : transformer.parameters())
        if (p.name == name) return values(p.values[0]);
    ADD_FAILURE() << "no parameter " << name;
    return {};
}

std::vector<double> sum(std::vector<double> a, const std::vector<double>& b) {
    for (std::size_t i = 0; i < a.size(); ++i) a[i] += b[i];
    return a;
}

/// The whole model of one run over one sequence by plain loops.
struct ReferenceModel {
    double loss = 0, indexLoss = 0;
};

ReferenceModel referenceModel(const model::Transformer& t, const at::Tensor& tokens, const at::Tensor& targets, Support support) {
    const auto& s = t.options().settings;
    const auto w = [&](const std::string& name) { return weightOf(t, name); };
    const auto embedding = w("embedding.weight");
    std::vector<double> x;
    for (std::int64_t i = 0; i < tokens.numel(); ++i) {
        const auto row = embedding.begin() + tokens.flatten()[i].item<std::int64_t>() * s.dModel;
        x.insert(x.end(), row, row + s.dModel);
    }
    ReferenceModel out;
    for (std::int64_t l = 0; l < s.layers; ++l) {
        const std::string block = "blocks." + std::to_string(l) + ".", indexer = block + "attention.indexer.";
        const auto normal = reference::rmsNorm(x, w(block + "norm_attention.weight"));
        reference::AttentionInput in;
        in.shape = {.length = tokens.numel(), .heads = s.heads, .headDim = s.dModel / s.heads, .indexHeads = s.indexHeads, .indexDim = s.indexDim};
        in.support = support;
        in.keep = t.options().runs.front().keep;
        in.qkv = reference::linear(normal, w(block + "attention.qkv.weight"), s.dModel, 3 * s.dModel);
        const auto q = reference::linear(normal, w(indexer + "q.weight"), s.dModel, s.indexHeads * s.indexDim);
        const auto k = reference::linear(normal, w(indexer + "k.weight"), s.dModel, s.indexDim);
        const auto weight = reference::linear(normal, w(indexer + "w.weight"), s.dModel, s.indexHeads);
        for (std::int64_t n = 0; n < tokens.numel(); ++n) {
            in.index.insert(in.index.end(), q.begin() + n * s.indexHeads * s.indexDim, q.begin() + (n + 1) * s.indexHeads * s.indexDim);
            in.index.insert(in.index.end(), k.begin() + n * s.indexDim, k.begin() + (n + 1) * s.indexDim);
            in.index.insert(in.index.end(), weight.begin() + n * s.indexHeads, weight.begin() + (n + 1) * s.indexHeads);
        }
        in.keyNormWeight = w(indexer + "k_norm.weight");
        in.keyNormBias = w(indexer + "k_norm.bias");
        const auto attended = reference::attentionForward(in);
        out.indexLoss += attended.indexLoss;
        x = sum(x, reference::linear(attended.mixed, w(block + "attention.out.weight"), s.dModel, s.dModel));
        const auto up = reference::gelu(reference::linear(reference::rmsNorm(x, w(block + "norm_ffn.weight")), w(block + "up.weight"), s.dModel, s.dFf));
        x = sum(x, reference::linear(up, w(block + "down.weight"), s.dFf, s.dModel));
    }
    const auto tied = values(t.parameters().front().values[0].t());
    const auto logits = reference::linear(reference::rmsNorm(x, w("norm.weight")), tied, s.dModel, s.vocabulary);
    std::vector<std::int64_t> wanted;
    for (std::int64_t i = 0; i < targets.numel(); ++i) wanted.push_back(targets.flatten()[i].item<std::int64_t>());
    out.loss = reference::crossEntropy(logits, wanted);
    return out;
}

}  // namespace

TEST(Reference, TopKeysOfARowCheckedByHand) {
    EXPECT_EQ(reference::topKeys({0.5, 0.0, 0.5, 0.0, 0.0}, 3), (std::vector<std::int64_t>{0, 2, 4}));
    EXPECT_EQ(reference::topKeys({0.0, 0.0, 0.0}, 2), (std::vector<std::int64_t>{1, 2}));
    EXPECT_EQ(reference::topKeys({1.0, 2.0}, 5), (std::vector<std::int64_t>{0, 1}));
}

TEST(Reference, AttentionByOperatorsIsTheSameForEverySupport) {
    for (const auto keep : {1, 5, 11, 22, 23}) {
        compare(Support::Causal, keep, false);
        compare(Support::Causal, keep, true);  // the dense warm-up aligns over all visible keys
        compare(Support::IndexTop, keep, true);
        compare(Support::OracleTop, keep, false);
        compare(Support::Window, keep, false);
        compare(Support::RandomTop, keep, false);
    }
}

TEST(Reference, WholeModelByOperatorsIsTheSame) {
    for (const auto stage : {model::Stage::Sparse, model::Stage::DenseWarmup}) {
        model::Transformer transformer(options({run(Selector::Aligned, 9)}, {kernels::Path::Operators, at::kDouble, experiment::Precision::Fp32, 24}));
        loosen(transformer);
        const auto x = tokens(1, 1, 24), y = tokens(1, 1, 24, 2);
        const auto out = transformer.forward(x, {.stage = stage, .indexLoss = model::ForwardOptions::IndexLoss::On});
        const double loss = kernels::crossEntropy(out.logits, y.flatten(1), kernels::Path::Operators).item<double>();
        const auto expected = referenceModel(transformer, x, y, stage == model::Stage::Sparse ? Support::IndexTop : Support::Causal);
        EXPECT_NEAR(loss, expected.loss, 1e-10 * expected.loss);
        EXPECT_NEAR(out.indexLoss.item<double>(), expected.indexLoss, 1e-10 * expected.indexLoss);
    }
}

// Central differences in double through the operator path; the step is small enough that no selection flips.
TEST(Reference, GradientsOfTheWholeModelMatchFiniteDifferences) {
    model::Transformer transformer(options({run(Selector::Aligned, 9)}, {kernels::Path::Operators, at::kDouble, experiment::Precision::Fp32, 24}));
    loosen(transformer);
    const auto x = tokens(1, 1, 24), y = tokens(1, 1, 24, 2).flatten(1);
    const auto loss = [&] {
        const auto out = transformer.forward(x, {});
        return kernels::crossEntropy(out.logits, y, kernels::Path::Operators).sum();
    };
    torch::autograd::backward({loss()}, {});
    const at::NoGradGuard guard;
    for (auto& p : transformer.parameters()) {
        if (p.group == model::ParameterGroup::Indexer) continue;
        const auto flat = p.values.view({-1}), grad = p.values.grad().reshape({-1});
        const auto at = grad.abs().argmax().item<std::int64_t>();
        const double original = flat[at].item<double>(), h = 1e-6;
        flat[at].fill_(original + h);
        const double up = loss().item<double>();
        flat[at].fill_(original - h);
        const double down = loss().item<double>();
        flat[at].fill_(original);
        EXPECT_NEAR((up - down) / (2 * h), grad[at].item<double>(), 1e-6 * std::max(1.0, std::abs(grad[at].item<double>()))) << p.name;
    }
}
