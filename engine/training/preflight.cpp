// SPDX-License-Identifier: GPL-3.0-or-later
// The gates for one kind of model, on the device and kernels that will train it.
#include <ATen/ATen.h>
#include <torch/csrc/autograd/autograd.h>

#include <cmath>
#include <cstdio>

#include "engine/kernels/layers.h"
#include "engine/training/evaluation.h"
#include "engine/training/guard.h"
#include "engine/training/stacked_trainer.h"

namespace training {
namespace {

using experiment::AttentionKind;
using model::ForwardOptions;
using model::Stage;
using model::Transformer;

constexpr std::int64_t kGateBatch = 2;

std::string text(const char* format, double a, double b) {
    char line[160];
    std::snprintf(line, sizeof line, format, a, b);
    return line;
}

/// One model of the plan's kind with the batches that its gates use.
struct Bench {
    CohortPlan plan;
    at::Tensor inputs, targets;

    Transformer fresh(const std::vector<experiment::RunSpec>& runs) const {
        CohortPlan p = plan;
        p.runs = runs;
        return Transformer(transformerOptions(p));
    }
    at::Tensor stacked(const at::Tensor& one, std::size_t runs) const {
        return one.expand({static_cast<std::int64_t>(runs), -1, -1}).contiguous();
    }
};

Bench makeBench(const CohortPlan& plan, const data::Corpus& corpus) {
    Bench bench{plan, {}, {}};
    const auto length = plan.runs.front().length;
    const auto windows =
        data::windowCount(static_cast<std::int64_t>(corpus.training().size()), length);
    const std::vector<std::int64_t> numbers{0, std::min<std::int64_t>(1, windows - 1)};
    gatherWindows(corpus.training(), length, {numbers},
                  transformerOptions(plan).tensorOptions.device(), bench.inputs, bench.targets);
    return bench;
}

/// Larger weights, so that scores and attention are far from uniform and ties are rare.
void loosen(Transformer& transformer) {
    const at::NoGradGuard guard;
    const double factor = 6.0;
    for (auto& p : transformer.parameters())
        if (p.isMatrix) p.values.mul_(factor);
}

GateResult futureLeak(const Bench& bench) {
    const at::NoGradGuard guard;
    auto transformer = bench.fresh(bench.plan.runs);
    loosen(transformer);
    const auto e = bench.plan.runs.size();
    const auto length = bench.inputs.size(2), vocabulary = bench.plan.model.vocabulary;
    const auto original = bench.stacked(bench.inputs, e);
    const std::int64_t keep = bench.plan.runs.front().keep;
    std::int64_t checks = 0;
    for (const auto stage : {Stage::Sparse, Stage::DenseWarmup}) {
        ForwardOptions options;
        options.stage = stage;
        const auto before =
            transformer.forward(original, options)
                .logits.view({static_cast<std::int64_t>(e), -1, length, vocabulary});
        for (const auto t : {std::int64_t{0}, std::min(keep, length) / 2,
                             std::min(keep, length - 1) - 1, length / 2, length - 2}) {
            if (t < 0 || t >= length - 1) continue;
            auto changed = original.clone();
            auto future = changed.narrow(2, t + 1, length - t - 1);
            future.copy_((future + 1).remainder(vocabulary));
            const auto after = transformer.forward(changed, options).logits.view_as(before);
            if (!at::equal(before.narrow(2, 0, t + 1), after.narrow(2, 0, t + 1)))
                return {"future leak", false,
                        "logits at or before token " + std::to_string(t) +
                            " moved when later tokens were changed"};
            ++checks;
        }
    }
    return {"future leak", true,
            std::to_string(checks) + " changes of later tokens moved no earlier logit by one bit"};
}

bool anyGradient(const Transformer& transformer, model::ParameterGroup group) {
    for (const auto& p : transformer.parameters())
        if (p.group == group && p.values.grad().defined() &&
            p.values.grad().abs().sum().item<double>() > 0)
            return true;
    return false;
}

GateResult indexerGradient(const Bench& bench) {
    const auto e = bench.plan.runs.size();
    const auto inputs = bench.stacked(bench.inputs, e),
               targets = bench.stacked(bench.targets, e).flatten(1);
    ForwardOptions options;
    options.indexLoss = ForwardOptions::IndexLoss::On;
    const char* gate = "indexer gradient";

    auto language = bench.fresh(bench.plan.runs);
    loosen(language);
    const auto out = language.forward(inputs, options);
    torch::autograd::backward(
        {kernels::crossEntropy(out.logits, targets, language.options().path).sum()}, {});
    if (anyGradient(language, model::ParameterGroup::Indexer))
        return {gate, false, "the language-modelling loss reaches the indexer"};

    auto aligned = bench.fresh(bench.plan.runs);
    loosen(aligned);
    torch::autograd::backward({aligned.forward(inputs, options).indexLoss.sum()}, {});
    if (anyGradient(aligned, model::ParameterGroup::Backbone))
        return {gate, false, "the indexer's loss reaches the backbone"};
    for (const auto& p : aligned.parameters()) {
        if (p.group != model::ParameterGroup::Indexer) continue;
        const bool ok = p.values.grad().defined() &&
                        p.values.grad().isfinite().all().item<bool>() &&
                        p.values.grad().abs().sum().item<double>() > 0;
        if (!ok) return {gate, false, p.name + " has no finite, non-zero gradient"};
    }
    return {gate, true,
            "every indexer parameter is trained by L_I alone, the backbone by the "
            "language-modelling loss alone"};
}

GateResult keepingEverythingEqualsDense(const Bench& bench) {
    auto everything = bench.plan.runs.front();
    everything.keep = bench.inputs.size(2) -
                      1;  // one short, so that the sparse path runs and only the last row differs
    everything.attention = AttentionKind::Sparse;
    auto dense = everything;
    dense.attention = AttentionKind::Dense;
    std::vector<at::Tensor> logits;
    for (const auto& run : {everything, dense}) {
        const at::NoGradGuard guard;
        const auto transformer = bench.fresh({run});
        logits.push_back(transformer.forward(bench.inputs, {})
                             .logits.view({1, kGateBatch, bench.inputs.size(2), -1}));
    }
    const auto rows = bench.inputs.size(2) - 1;
    const double scale = std::max(1e-6, logits[1].abs().max().item<double>());
    const double difference =
        (logits[0].narrow(2, 0, rows) - logits[1].narrow(2, 0, rows)).abs().max().item<double>() /
        scale;
    const double bound = bench.plan.training.precision == experiment::Precision::Bf16 ? 2e-2 : 1e-4;
    return {"k = L equals dense", difference <= bound,
            text("largest relative difference %.2e, bound %.0e", difference, bound)};
}

GateResult initialLoss(const Bench& bench) {
    const at::NoGradGuard guard;
    const auto e = bench.plan.runs.size();
    const auto transformer = bench.fresh(bench.plan.runs);
    const auto logits = transformer.forward(bench.stacked(bench.inputs, e), {}).logits;
    const auto loss = kernels::crossEntropy(logits, bench.stacked(bench.targets, e).flatten(1),
                                            transformer.options().path);
    const double expected = std::log(static_cast<double>(bench.plan.model.vocabulary));
    const double worst = ((loss / expected) - 1.0).abs().max().item<double>();
    return {"initial loss", worst <= 0.05,
            text("within %.2f %% of ln V = %.4f, bound 5 %%", worst * 100, expected)};
}

GateResult sameStart(const Bench& bench) {
    const auto& run = bench.plan.runs.front();
    auto other = run;
    other.attention = AttentionKind::Dense;
    const auto a = bench.fresh({run}), b = bench.fresh({other});
    for (const auto& p : a.parameters())
        for (const auto& q : b.parameters())
            if (p.name == q.name && !at::equal(p.values, q.values))
                return {"same start", false,
                        p.name + " starts differently in the dense model of the same seed"};
    return {"same start", true,
            "the backbone of this seed starts alike with and without the indexer"};
}

GateResult splitsApart(const data::Corpus& corpus) {
    const auto training = corpus.training(), validation = corpus.validation();
    const bool apart = training.data() + training.size() <= validation.data() ||
                       validation.data() + validation.size() <= training.data();
    return {"split", apart && !training.empty() && !validation.empty(),
            text("training holds %.0f tokens, validation %.0f, and no token is in both",
                 static_cast<double>(training.size()), static_cast<double>(validation.size()))};
}

}  // namespace

engine::Result<std::vector<GateResult>> preflight(const CohortPlan& plan,
                                                  const data::Corpus& corpus) {
    return guarded("Preflight on " + plan.device, [&] {
        const Bench bench = makeBench(plan, corpus);
        std::vector<GateResult> gates{splitsApart(corpus), initialLoss(bench), sameStart(bench),
                                      futureLeak(bench), keepingEverythingEqualsDense(bench)};
        bool aligned = false;
        for (const auto& run : plan.runs) aligned = aligned || Transformer::trainsIndexer(run);
        if (aligned) gates.push_back(indexerGradient(bench));
        return gates;
    });
}

}  // namespace training
