// SPDX-License-Identifier: GPL-3.0-or-later
// What every attention kind must hold, whichever path computes it.
#include <torch/csrc/autograd/autograd.h>

#include <algorithm>
#include <cmath>

#include "model_helpers.h"

using namespace testing_model;
using experiment::Precision;
using model::ForwardOptions;
using model::ParameterGroup;
using model::Stage;
using model::Transformer;

namespace {

const std::vector<Selector> kSelectors{Selector::Aligned, Selector::Frozen, Selector::Oracle, Selector::Local, Selector::Random};

std::vector<RunSpec> everyKind() {
    std::vector<RunSpec> runs{denseRun()};
    for (const auto selector : kSelectors)
        for (const std::int64_t keep : {1, 16, 57}) runs.push_back(run(selector, keep));
    return runs;
}

std::vector<Build> everyBuild() {
    return {{kernels::Path::Fused, at::kFloat, Precision::Fp32}, {kernels::Path::Operators, at::kFloat, Precision::Fp32},
            {kernels::Path::Fused, at::kFloat, Precision::Bf16}, {kernels::Path::Operators, at::kFloat, Precision::Bf16},
            {kernels::Path::Operators, at::kDouble, Precision::Fp32}};
}

double gradientSum(const Transformer& transformer, ParameterGroup group) {
    double total = 0;
    for (const auto& p : transformer.parameters())
        if (p.group == group && p.values.grad().defined()) total += p.values.grad().abs().sum().item<double>();
    return total;
}

}  // namespace

TEST(FutureLeak, ChangingLaterTokensMovesNoEarlierLogitByOneBit) {
    const at::NoGradGuard guard;
    const auto runs = everyKind();
    const auto e = static_cast<std::int64_t>(runs.size());
    for (const auto& build : everyBuild()) {
        Transformer transformer(options(runs, build));
        loosen(transformer);
        const auto x = tokens(e, 1), other = tokens(e, 1, kLength, 9);
        for (const auto stage : {Stage::Sparse, Stage::DenseWarmup}) {
            const ForwardOptions forward{.stage = stage};
            const auto before = transformer.forward(x, forward).logits;
            for (const std::int64_t t : {0, 15, 16, 62}) {
                auto changed = x.clone();
                changed.narrow(2, t + 1, kLength - t - 1).copy_(other.narrow(2, t + 1, kLength - t - 1));
                const auto after = transformer.forward(changed, forward).logits;
                EXPECT_TRUE(at::equal(before.narrow(1, 0, t + 1), after.narrow(1, 0, t + 1))) << "t=" << t;
                EXPECT_FALSE(at::equal(before, after)) << "the change must reach later logits";
            }
        }
    }
}

TEST(Gradients, LanguageLossNeverReachesTheIndexerNorIndexLossTheBackbone) {
    for (const auto& build : everyBuild())
        for (const auto stage : {Stage::Sparse, Stage::DenseWarmup}) {
            const ForwardOptions forward{.stage = stage, .indexLoss = ForwardOptions::IndexLoss::On};
            Transformer language(options({run(Selector::Aligned, 16)}, build));
            loosen(language);
            const auto x = tokens(1, 2), y = tokens(1, 2, kLength, 2).flatten(1);
            const auto out = language.forward(x, forward);
            torch::autograd::backward({kernels::crossEntropy(out.logits, y, build.path).sum()}, {});
            EXPECT_EQ(gradientSum(language, ParameterGroup::Indexer), 0.0);
            EXPECT_GT(gradientSum(language, ParameterGroup::Backbone), 0.0);

            Transformer indexer(options({run(Selector::Aligned, 16)}, build));
            loosen(indexer);
            torch::autograd::backward({indexer.forward(x, forward).indexLoss.sum()}, {});
            EXPECT_EQ(gradientSum(indexer, ParameterGroup::Backbone), 0.0);
            for (const auto& p : indexer.parameters())
                if (p.group == ParameterGroup::Indexer) {
                    ASSERT_TRUE(p.values.grad().defined()) << p.name;
                    EXPECT_TRUE(p.values.grad().isfinite().all().item<bool>()) << p.name;
                    EXPECT_GT(p.values.grad().abs().sum().item<double>(), 0.0) << p.name;
                }
        }
}

TEST(FeedForward, InBf16IsItsProductsOneByOneToTheLastBit) {
    at::manual_seed(7);
    const auto x = at::randn({2, 40, 32}).set_requires_grad(true), up = at::randn({2, 32, 48}).set_requires_grad(true), down = at::randn({2, 48, 32}).set_requires_grad(true);
    const auto weights = at::randn({2, 40, 32});
    const auto gradientsOf = [&](const at::Tensor& out) { return torch::autograd::grad({(out * weights).sum()}, {x, up, down}); };
    const auto whole = kernels::feedForward(x, up, down, Precision::Bf16);
    const auto parts = kernels::linear(at::gelu(kernels::linear(x, up, Precision::Bf16)), down, Precision::Bf16);
    EXPECT_TRUE(whole.equal(parts));
    const auto ofWhole = gradientsOf(whole), ofParts = gradientsOf(parts);
    for (std::size_t at = 0; at < ofParts.size(); ++at) {
        EXPECT_TRUE(ofWhole[at].equal(ofParts[at])) << at;
        EXPECT_GT(ofParts[at].abs().sum().item<double>(), 0.0);
    }
    EXPECT_FALSE(whole.equal(kernels::feedForward(x, up, down, Precision::Fp32)));
}

TEST(Gradients, OfTheIndexLossMatchFiniteDifferences) {
    at::manual_seed(3);
    const std::int64_t heads = 4, dim = 8, width = 2 * 16 + 16 + 2;
    kernels::AttentionCall call{.heads = heads, .indexHeads = 2, .indexDim = 16, .runs = {{kernels::Support::Causal, 12, 0, kernels::Alignment::On}}, .rope = {}, .path = kernels::Path::Operators};
    const auto wide = at::TensorOptions().dtype(at::kDouble);
    kernels::ropeTable(12, dim / 2, 1e4, wide, call.rope.cosine, call.rope.sine);
    kernels::ropeTable(12, 4, 1e4, wide, call.rope.indexCosine, call.rope.indexSine);
    auto index = at::randn({1, 1, 12, width}, wide).set_requires_grad(true);
    const auto qkv = at::randn({1, 1, 12, 3 * heads * dim}, wide);
    const auto loss = [&](const at::Tensor& projected) {
        return kernels::attention(qkv, projected, at::ones({1, 16}, wide), at::zeros({1, 16}, wide), call).indexLoss.sum();
    };
    torch::autograd::backward({loss(index)}, {});
    const at::NoGradGuard guard;
    for (const std::int64_t t : {1, 5, 11}) {
        auto up = index.detach().clone(), down = index.detach().clone();
        up[0][0][t][width - 1] += 1e-6;
        down[0][0][t][width - 1] -= 1e-6;
        const double slope = (loss(up).item<double>() - loss(down).item<double>()) / 2e-6;
        EXPECT_NEAR(slope, index.grad()[0][0][t][width - 1].item<double>(), 1e-7);
    }
}

TEST(KeepingEverything, EqualsDenseInValuesAndGradients) {
    for (const auto path : {kernels::Path::Fused, kernels::Path::Operators})
        for (const auto selector : kSelectors) {
            std::vector<at::Tensor> logits, gradients;
            for (const auto& spec : {run(selector, kLength), run(selector, kLength + 5), denseRun()}) {
                Transformer transformer(options({spec}, {path}));
                loosen(transformer, 4.0);
                const auto out = transformer.forward(tokens(1, 2), {});
                torch::autograd::backward({kernels::crossEntropy(out.logits, tokens(1, 2, kLength, 2).flatten(1), path).sum()}, {});
                logits.push_back(out.logits.detach());
                std::vector<at::Tensor> all;
                for (const auto& p : transformer.parameters())
                    if (p.group == ParameterGroup::Backbone) all.push_back(p.values.grad().flatten());
                gradients.push_back(at::cat(all));
            }
            for (std::size_t i = 0; i < 2; ++i) {
                EXPECT_LT(relativeDifference(logits[i], logits[2]), 1e-5) << experiment::name(selector);
                EXPECT_LT(relativeDifference(gradients[i], gradients[2]), 1e-5) << experiment::name(selector);
            }
        }
}

// The sparse machinery itself, with rows that see fewer keys than k: they must agree with dense.
TEST(KeepingEverything, RowsThatSeeAtMostKKeysEqualDense) {
    const at::NoGradGuard guard;
    for (const auto selector : kSelectors) {
        Transformer sparse(options({run(selector, kLength - 1)})), dense(options({denseRun()}));
        loosen(sparse);
        loosen(dense);
        const auto a = sparse.forward(tokens(1, 1), {}).logits, b = dense.forward(tokens(1, 1), {}).logits;
        EXPECT_LT(relativeDifference(a.narrow(1, 0, kLength - 1), b.narrow(1, 0, kLength - 1)), 1e-4) << experiment::name(selector);
    }
}

TEST(TieRule, TheMostRecentPositionWinsOnEveryPath) {
    at::manual_seed(5);
    const auto scores = at::randint(-2, 3, {2, 2, 37, 37}, at::kLong).to(at::kFloat);  // many ties, and -0 below
    auto signedZeros = at::where(scores == 0, at::where(at::rand_like(scores) < 0.5, at::full_like(scores, -0.0f), scores), scores);
    for (const std::int64_t keep : {1, 2, 9, 36, 37}) {
        const auto mask = kernels::topKeysMask(signedZeros, {keep, keep});
        for (std::int64_t e = 0; e < 2; ++e)
            for (std::int64_t b = 0; b < 2; ++b)
                for (std::int64_t t = 0; t < 37; ++t) {
                    std::vector<std::pair<float, std::int64_t>> order;
                    for (std::int64_t s = 0; s <= t; ++s) order.emplace_back(scores[e][b][t][s].item<float>(), s);
                    std::sort(order.rbegin(), order.rend());
                    order.resize(std::min<std::size_t>(order.size(), static_cast<std::size_t>(keep)));
                    auto expected = at::zeros({37}, at::kBool);
                    for (const auto& [score, s] : order) expected[s] = true;
                    ASSERT_TRUE(at::equal(mask[e][b][t], expected)) << "k=" << keep << " t=" << t;
                }
    }
}

// All scores equal (index weights 0): the fused kernel must keep the last k positions, as `local` does.
TEST(TieRule, EqualScoresMakeTheIndexerALocalWindow) {
    const at::NoGradGuard guard;
    for (const auto path : {kernels::Path::Fused, kernels::Path::Operators}) {
        Transformer tied(options({run(Selector::Frozen, 16)}, {path})), local(options({run(Selector::Local, 16)}, {path}));
        loosen(tied);
        loosen(local);
        for (auto& p : tied.parameters())
            if (p.name.ends_with("indexer.w.weight")) p.values.zero_();
        EXPECT_TRUE(at::equal(tied.forward(tokens(1, 2), {}).logits, local.forward(tokens(1, 2), {}).logits));
    }
}

TEST(Stacking, OneOfManyEqualsAlone) {
    std::vector<RunSpec> runs{run(Selector::Aligned, 16, 42), run(Selector::Aligned, 57, 43), run(Selector::Frozen, 16, 44),
                              run(Selector::Random, 30, 42), run(Selector::Oracle, 16, 45), denseRun(46)};
    Transformer together(options(runs));
    const auto all = together.forward(tokens(6, 2), {}).logits;
    for (std::size_t e = 0; e < runs.size(); ++e) {
        Transformer alone(options({runs[e]}));
        const auto one = alone.forward(tokens(1, 2), {}).logits;
        EXPECT_LT(relativeDifference(all[static_cast<std::int64_t>(e)], one[0]), 1e-4) << e;
    }
}

TEST(InitialWeights, DependOnTheSeedAloneAndStartNearLnV) {
    const Transformer reference(options({denseRun(43)}));
    for (const auto selector : kSelectors)
        for (const std::int64_t keep : {16, 57}) {
            const Transformer other(options({run(selector, keep, 43)}));
            for (const auto& p : reference.parameters())
                for (const auto& q : other.parameters())
                    if (p.name == q.name) {
                        EXPECT_TRUE(at::equal(p.values, q.values)) << p.name;
                    }
        }
    const at::NoGradGuard guard;
    const auto out = reference.forward(tokens(1, 8), {});
    const double loss = kernels::crossEntropy(out.logits, tokens(1, 8, kLength, 2).flatten(1), kernels::Path::Fused).item<double>();
    EXPECT_NEAR(loss / std::log(256.0), 1.0, 0.05);
}

TEST(Positions, ScoresDependOnDistanceOnly) {
    const auto wide = at::TensorOptions().dtype(at::kDouble);
    at::Tensor cosine, sine;
    kernels::ropeTable(40, 8, 1e4, wide, cosine, sine);
    at::manual_seed(2);
    const auto q = at::randn({16}, wide), k = at::randn({16}, wide);
    const auto turn = [&](const at::Tensor& x, std::int64_t t) {
        const auto a = x.narrow(0, 0, 8), b = x.narrow(0, 8, 8);
        return at::cat({a * cosine[t] - b * sine[t], b * cosine[t] + a * sine[t]});
    };
    for (const std::int64_t distance : {0, 3, 11}) {
        const double first = turn(q, distance).dot(turn(k, 0)).item<double>();
        for (const std::int64_t s : {1, 7, 20}) EXPECT_NEAR(turn(q, s + distance).dot(turn(k, s)).item<double>(), first, 1e-12);
    }
}
