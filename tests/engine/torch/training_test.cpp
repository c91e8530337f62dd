// SPDX-License-Identifier: GPL-3.0-or-later
#include <torch/csrc/autograd/autograd.h>

#include <cmath>
#include <cstring>

#include "engine/kernels/reference/layers_reference.h"
#include "engine/training/cohort_trainer.h"
#include "engine/training/optimizer.h"
#include "engine/training/schedule.h"
#include "model_helpers.h"

using namespace testing_model;
using training::CohortPlan;
using training::CohortTrainer;
using training::RunState;

namespace {

std::shared_ptr<const data::Corpus> text() {
    static const auto corpus = *data::openCorpus({});
    return corpus;
}

CohortPlan plan(std::vector<RunSpec> runs, double steps = 12) {
    CohortPlan p;
    p.model = {.dModel = 48, .heads = 3, .layers = 2, .dFf = 96, .indexHeads = 2, .indexDim = 16};
    p.training.batch = 4;
    p.training.budgetUnit = experiment::BudgetUnit::Steps;
    p.training.budget = steps;
    p.training.learningRate = 3e-3;
    p.training.denseWarmupShare = 0.25;
    p.runs = std::move(runs);
    return p;
}

std::unique_ptr<CohortTrainer> trainer(const CohortPlan& p, std::shared_ptr<const data::Corpus> corpus = text()) {
    auto made = CohortTrainer::create(p, std::move(corpus));
    if (!made) throw std::runtime_error(made.error().message);
    return std::move(*made);
}

void advance(CohortTrainer& t, std::int64_t steps) {
    for (std::int64_t i = 0; i < steps; ++i) ASSERT_TRUE(t.trainStep());
}

void expectSameBits(const RunState& a, const RunState& b) {
    EXPECT_EQ(a.step, b.step);
    ASSERT_EQ(a.tensors.size(), b.tensors.size());
    for (std::size_t i = 0; i < a.tensors.size(); ++i) {
        EXPECT_EQ(a.tensors[i].name, b.tensors[i].name);
        EXPECT_EQ(a.tensors[i].bytes, b.tensors[i].bytes) << a.tensors[i].name;
    }
}

double largestDifference(const RunState& a, const RunState& b) {
    double most = 0;
    for (std::size_t i = 0; i < a.tensors.size(); ++i) {
        if (a.tensors[i].name.starts_with("optimizer.")) continue;
        const auto n = static_cast<std::int64_t>(a.tensors[i].bytes.size() / 4);
        std::vector<float> x(static_cast<std::size_t>(n)), y(x.size());
        std::memcpy(x.data(), a.tensors[i].bytes.data(), a.tensors[i].bytes.size());
        std::memcpy(y.data(), b.tensors[i].bytes.data(), b.tensors[i].bytes.size());
        for (std::size_t j = 0; j < x.size(); ++j) most = std::max(most, static_cast<double>(std::abs(x[j] - y[j])));
    }
    return most;
}

std::vector<RunSpec> sixRuns() {
    return {run(Selector::Aligned, 16, 42), run(Selector::Aligned, 32, 42), run(Selector::Aligned, 57, 43),
            run(Selector::Frozen, 16, 43),  run(Selector::Local, 21, 44),   denseRun(44)};
}

}  // namespace

TEST(Training, TheSameSeedGivesTheSameBitsTwice) {
    for (const auto precision : {experiment::Precision::Fp32, experiment::Precision::Bf16}) {
        auto p = plan({run(Selector::Aligned, 16), run(Selector::Random, 16)});
        p.training.precision = precision;
        auto a = trainer(p), b = trainer(p);
        advance(*a, 6);
        advance(*b, 6);
        for (const std::size_t e : {0u, 1u}) expectSameBits(a->saveState(e), b->saveState(e));
    }
}

TEST(Training, ResumeGivesTheSameBitsAtEveryStopAndNotFromWeightsAlone) {
    const auto p = plan({run(Selector::Aligned, 16), run(Selector::Aligned, 57, 43)});
    auto straight = trainer(p);
    advance(*straight, 12);
    for (const std::int64_t stop : {1, 3, 6, 11}) {
        auto first = trainer(p);
        advance(*first, stop);
        (void)first->evaluate(512);
        std::vector<RunState> states{first->saveState(0), first->saveState(1)};
        auto second = trainer(p);
        ASSERT_TRUE(second->loadState(states));
        EXPECT_EQ(second->step(), stop);
        advance(*second, 12 - stop);
        for (const std::size_t e : {0u, 1u}) expectSameBits(second->saveState(e), straight->saveState(e));

        for (auto& state : states)
            for (auto& tensor : state.tensors)
                if (tensor.name.starts_with("optimizer.")) std::fill(tensor.bytes.begin(), tensor.bytes.end(), std::byte{0});
        auto weightsOnly = trainer(p);
        ASSERT_TRUE(weightsOnly->loadState(states));
        advance(*weightsOnly, 12 - stop);
        EXPECT_GT(largestDifference(weightsOnly->saveState(0), straight->saveState(0)), 0.0);
    }
}

TEST(Training, SixStackedRunsEqualSixSingleRunsToRounding) {
    const auto runs = sixRuns();
    auto together = trainer(plan(runs));
    advance(*together, 12);
    for (std::size_t e = 0; e < runs.size(); ++e) {
        auto alone = trainer(plan({runs[e]}));
        advance(*alone, 12);
        // 12 steps of 3e-3 move a weight by at most 0.036; rounding stays three orders below.
        EXPECT_LT(largestDifference(together->saveState(e), alone->saveState(0)), 5e-5) << "run " << e;
    }
}

TEST(Training, ARunThatLeavesDoesNotDisturbTheOthers) {
    const auto runs = sixRuns();
    auto whole = trainer(plan(runs)), shrunk = trainer(plan(runs));
    advance(*whole, 8);
    advance(*shrunk, 4);
    const std::vector<std::size_t> gone{1, 4};
    shrunk->removeRuns(gone);
    ASSERT_EQ(shrunk->plan().runs.size(), 4u);
    advance(*shrunk, 4);
    const std::size_t kept[] = {0, 2, 3, 5};
    for (std::size_t i = 0; i < 4; ++i)
        EXPECT_LT(largestDifference(whole->saveState(kept[i]), shrunk->saveState(i)), 5e-5);
}

TEST(Training, AFrozenIndexerNeverMovesAndAnAlignedOneDoes) {
    auto t = trainer(plan({run(Selector::Frozen, 16), run(Selector::Aligned, 16)}));
    const auto frozen = t->saveState(0), aligned = t->saveState(1);
    advance(*t, 5);
    const auto indexerMoved = [](const RunState& a, const RunState& b) {
        bool moved = false;
        for (std::size_t i = 0; i < a.tensors.size(); ++i)
            if (a.tensors[i].name.starts_with("blocks.") && a.tensors[i].name.find(".indexer.") != std::string::npos)
                moved = moved || a.tensors[i].bytes != b.tensors[i].bytes;
        return moved;
    };
    EXPECT_FALSE(indexerMoved(frozen, t->saveState(0)));
    EXPECT_TRUE(indexerMoved(aligned, t->saveState(1)));
}

TEST(Training, LossFallsOnText) {
    auto t = trainer(plan({run(Selector::Aligned, 16), denseRun()}, 150));
    const auto before = t->evaluate(4096);
    advance(*t, 150);
    const auto after = t->evaluateFully();
    ASSERT_TRUE(before && after);
    for (const std::size_t e : {0u, 1u}) {
        EXPECT_NEAR((*before)[e].loss, std::log(256.0), 0.2);
        EXPECT_LT((*after)[e].loss, 3.1);  // the unigram entropy is 3.3
        EXPECT_GT((*after)[e].accuracy, 0.1);
        EXPECT_EQ((*before)[e].layers.size(), 2u);
    }
    EXPECT_EQ((*after)[0].layers.size(), 2u);
    for (const auto& layer : (*after)[0].layers) {
        EXPECT_GT(layer.recall, 0.0);
        EXPECT_LE(layer.recall, 1.0 + 1e-6);
        EXPECT_GT(layer.oracleOverlap, 0.2);
    }
}

TEST(Training, UniformRandomTokensStayAtLnV) {
    experiment::DataSettings noise;
    noise.kind = experiment::CorpusKind::UniformRandom;
    noise.alphabet = 16;
    noise.tokens = 200'000;
    const auto corpus = data::openCorpus(noise);
    ASSERT_TRUE(corpus);
    auto p = plan({denseRun(), run(Selector::Aligned, 16), run(Selector::Aligned, 57), run(Selector::Oracle, 16),
                   run(Selector::Local, 16), run(Selector::Random, 16)}, 120);
    p.model.vocabulary = 16;
    auto t = trainer(p, *corpus);
    advance(*t, 120);
    const auto result = t->evaluateFully();
    ASSERT_TRUE(result);
    for (const auto& evaluation : *result) EXPECT_GE(evaluation.loss, std::log(16.0) - 0.01);
}

TEST(Optimizer, OneStepEqualsTheReference) {
    model::Transformer transformer(options({run(Selector::Aligned, 16)}));
    experiment::TrainingSettings settings;
    settings.clipNorm = 1e9;
    training::Optimizer optimizer(transformer, settings);
    std::vector<at::Tensor> before, gradients;
    at::manual_seed(8);
    for (auto& p : transformer.parameters()) {
        before.push_back(p.values.detach().clone());
        gradients.push_back(at::randn_like(p.values.detach()));
        p.values.mutable_grad() = gradients.back().clone();
    }
    const double rates[] = {1e-2};
    const auto norms = optimizer.step(transformer, rates);
    double square = 0;
    for (std::size_t i = 0; i < before.size(); ++i) {
        const auto& p = transformer.parameters()[i];
        if (p.group == model::ParameterGroup::Backbone) square += gradients[i].to(at::kDouble).square().sum().item<double>();
        for (const std::int64_t at : {std::int64_t{0}, p.values.numel() - 1}) {
            double weight = before[i].flatten()[at].item<double>(), first = 0, second = 0;
            kernels::reference::adamW(gradients[i].flatten()[at].item<double>(), 1e-2, settings.beta1, settings.beta2,
                                      settings.epsilon, p.isMatrix ? settings.weightDecay : 0.0, 1, weight, first, second);
            EXPECT_NEAR(p.values.flatten()[at].item<double>(), weight, 1e-6) << p.name;
        }
    }
    EXPECT_NEAR(norms[0].backbone, std::sqrt(square), 1e-4 * std::sqrt(square));
}

TEST(Optimizer, ClipsBackboneAndIndexerApart) {
    model::Transformer transformer(options({run(Selector::Aligned, 16)}));
    experiment::TrainingSettings settings;
    settings.epsilon = 1e3;  // makes a step proportional to the clipped gradient
    settings.weightDecay = 0;
    training::Optimizer optimizer(transformer, settings);
    for (auto& p : transformer.parameters()) {
        const bool backbone = p.group == model::ParameterGroup::Backbone;
        p.values.mutable_grad() = at::full_like(p.values.detach(), backbone ? 100.0 : 1e-5);
    }
    const auto before = transformer.parameters()[5].values.detach().clone();
    ASSERT_EQ(transformer.parameters()[5].group, model::ParameterGroup::Indexer);
    const double rates[] = {1.0};
    const auto norms = optimizer.step(transformer, rates);
    EXPECT_GT(norms[0].backbone, 1000.0);
    EXPECT_LT(norms[0].indexer, 1.0);
    // The indexer's tiny gradient is not scaled down by the backbone's huge one: step = 1e-5 / (1e-5 + 1e3).
    const double moved = (before - transformer.parameters()[5].values).abs().max().item<double>();
    EXPECT_NEAR(moved, 1e-8, 1e-8);
}

TEST(Schedule, WarmsUpLinearlyAndEndsAtItsShare) {
    experiment::TrainingSettings settings;
    EXPECT_DOUBLE_EQ(training::learningRateFactor(settings, 0, 1000), 1.0 / 20);
    EXPECT_DOUBLE_EQ(training::learningRateFactor(settings, 19, 1000), 1.0);
    EXPECT_DOUBLE_EQ(training::learningRateFactor(settings, 20, 1000), 1.0);
    EXPECT_NEAR(training::learningRateFactor(settings, 510, 1000), 0.55, 1e-3);
    EXPECT_NEAR(training::learningRateFactor(settings, 999, 1000), 0.1, 1e-4);
    EXPECT_EQ(training::denseWarmupSteps(settings, 1000), 50);
}

TEST(Preflight, PassesForEveryKindOfModel) {
    for (const auto precision : {experiment::Precision::Fp32, experiment::Precision::Bf16})
        for (const auto selector : {Selector::Aligned, Selector::Frozen, Selector::Oracle, Selector::Local, Selector::Random}) {
            auto p = plan({run(selector, 16), run(selector, 57, 43)});
            p.training.precision = precision;
            const auto gates = training::preflight(p, *text());
            ASSERT_TRUE(gates) << gates.error().message;
            EXPECT_GE(gates->size(), selector == Selector::Aligned ? 6u : 5u);
            for (const auto& gate : *gates) EXPECT_TRUE(gate.passed) << gate.gate << ": " << gate.detail;
        }
}

TEST(Preflight, FindsABrokenInitialisation) {
    auto p = plan({run(Selector::Aligned, 16)});
    p.model.initialStd = 1.0;  // the published code's N(0, 1) embeddings
    const auto gates = training::preflight(p, *text());
    ASSERT_TRUE(gates);
    for (const auto& gate : *gates)
        if (gate.gate == "initial loss") {
            EXPECT_FALSE(gate.passed) << gate.detail;
        }
}

TEST(Errors, AnUnknownDeviceIsNamedWithTheOnesThereAre) {
    auto p = plan({run(Selector::Aligned, 16)});
    p.device = "cuda:7";
    const auto made = CohortTrainer::create(p, text());
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().kind, engine::ErrorKind::Usage);
    EXPECT_NE(made.error().message.find("cuda:7"), std::string::npos);
    EXPECT_NE(made.error().message.find("cpu"), std::string::npos);
}

TEST(Errors, ACheckpointOfAnotherModelIsRefused) {
    auto small = trainer(plan({run(Selector::Aligned, 16)}));
    auto p = plan({run(Selector::Aligned, 16)});
    p.model.dFf = 64;
    auto other = trainer(p);
    const std::vector<RunState> states{small->saveState(0)};
    const auto loaded = other->loadState(states);
    ASSERT_FALSE(loaded);
    EXPECT_NE(loaded.error().message.find("up.weight"), std::string::npos);
}

TEST(Timing, PeakMemoryIsThatOfTheCellAndNotOfALargerOneBefore) {
    auto large = plan({run(Selector::Aligned, 128, 42)});
    large.runs.front().length = 512;
    large.training.batch = 16;
    const auto small = plan({run(Selector::Aligned, 16, 42)});
    const auto before = training::timeSteps(small, text(), 2);
    const auto between = training::timeSteps(large, text(), 2);
    const auto after = training::timeSteps(small, text(), 2);
    ASSERT_TRUE(before && between && after);
    EXPECT_GT(before->peakBytes, 0);
    EXPECT_GT(between->peakBytes, before->peakBytes);
    EXPECT_LT(after->peakBytes - before->peakBytes, (between->peakBytes - before->peakBytes) / 4);
}
