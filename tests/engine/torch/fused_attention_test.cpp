// SPDX-License-Identifier: GPL-3.0-or-later
#include <torch/csrc/autograd/autograd.h>

#include "model_helpers.h"

using namespace testing_model;
using model::ForwardOptions;
using model::Stage;
using model::Transformer;

namespace {

struct Pass {
    at::Tensor logits, indexLoss;
    std::vector<std::pair<std::string, at::Tensor>> gradients;
};

Pass pass(const std::vector<RunSpec>& runs, Build build, Stage stage, std::int64_t batch) {
    Transformer transformer(options(runs, build));
    loosen(transformer);
    const auto e = static_cast<std::int64_t>(runs.size());
    const auto x = tokens(e, batch, build.length), y = tokens(e, batch, build.length, 2).flatten(1);
    ForwardOptions forward;
    forward.stage = stage;
    forward.indexLoss = ForwardOptions::IndexLoss::On;
    const auto out = transformer.forward(x, forward);
    const auto loss = kernels::crossEntropy(out.logits, y, build.path);
    auto total = loss.sum();
    if (out.indexLoss.requires_grad()) total = total + out.indexLoss.sum();
    torch::autograd::backward({total}, {});
    Pass result{out.logits.detach(), out.indexLoss.detach(), {}};
    for (const auto& p : transformer.parameters())
        if (p.values.grad().defined()) result.gradients.emplace_back(p.name, p.values.grad());
    return result;
}

class FusedAttention : public ::testing::TestWithParam<Selector> {};

}  // namespace

// float32 kernels against the same model by operators in double. Tolerance: a selection that flips on rounding
// moves single logits, so the bound is loose for those selectors' values and tight elsewhere; none flips here.
TEST_P(FusedAttention, AgreesWithTheOperatorsInDouble) {
    for (const auto stage : {Stage::Sparse, Stage::DenseWarmup})
        for (const std::int64_t length : {64, 50, 131}) {
            const std::vector<RunSpec> runs{run(GetParam(), 16), run(GetParam(), 40, 43)};
            const auto fast = pass(runs, {.length = length}, stage, 2);
            const auto exact = pass(runs, {kernels::Path::Operators, at::kDouble, experiment::Precision::Fp32, length}, stage, 2);
            EXPECT_LT(relativeDifference(fast.logits, exact.logits), 2e-4) << "L=" << length;
            EXPECT_LT(relativeDifference(fast.indexLoss, exact.indexLoss), 2e-4) << "L=" << length;
            ASSERT_EQ(fast.gradients.size(), exact.gradients.size());
            for (std::size_t i = 0; i < fast.gradients.size(); ++i) {
                ASSERT_EQ(fast.gradients[i].first, exact.gradients[i].first);
                EXPECT_LT(relativeDifference(fast.gradients[i].second, exact.gradients[i].second), 2e-3)
                    << fast.gradients[i].first << " L=" << length;
            }
        }
}

INSTANTIATE_TEST_SUITE_P(EverySelector, FusedAttention,
                         ::testing::Values(Selector::Aligned, Selector::Frozen, Selector::Oracle, Selector::Local,
                                           Selector::Random),
                         [](const auto& each) { return std::string(experiment::name(each.param)); });

TEST(FusedAttentionDiagnostics, AgreeWithTheOperators) {
    for (const auto selector : {Selector::Aligned, Selector::Oracle, Selector::Local}) {
        std::vector<std::vector<kernels::cpu::DiagnosticSums>> made[2];
        int which = 0;
        for (const auto path : {kernels::Path::Fused, kernels::Path::Operators}) {
            const at::NoGradGuard guard;
            Transformer transformer(options({run(selector, 16)}, {path}));
            loosen(transformer);
            made[which].resize(2);
            ForwardOptions forward;
            forward.diagnostics = &made[which++];
            transformer.forward(tokens(1, 2), forward);
        }
        for (std::size_t layer = 0; layer < 2; ++layer) {
            const auto& a = made[0][layer][0];
            const auto& b = made[1][layer][0];
            EXPECT_EQ(a.queries, b.queries);
            EXPECT_NEAR(a.recall / a.queries, b.recall / b.queries, 1e-4);
            EXPECT_NEAR(a.distance / a.queries, b.distance / b.queries, 1e-2);
            EXPECT_NEAR(a.overlap / a.queries, b.overlap / b.queries, 2e-3);
            EXPECT_NEAR(a.divergence / a.queries, b.divergence / b.queries, 1e-4);
        }
    }
}
