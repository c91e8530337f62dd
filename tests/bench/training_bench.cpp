// SPDX-License-Identifier: GPL-3.0-or-later
// Tokens per second of the training step for every length and attention, beside the machine's own float32 product
// rate. Each cell also checks its result: the first losses of the fused path against those of the operator path.
#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <thread>

#include "engine/data/corpus.h"
#include "engine/training/cohort_trainer.h"
#include "engine/training/evaluation.h"
#include "engine/training/stacked_trainer.h"

namespace {

using Clock = std::chrono::steady_clock;

struct Options {
    std::string model = "paper", data, json, device = "cpu", precision = "fp32";
    std::vector<std::int64_t> lengths = {64, 256, 1024};
    std::vector<double> ratios = {1.0, 0.25};  // 1 is dense
    int threads = 2, lanes = 1, stacked = 1;
    double seconds = 10;
    int attempts = 1;
};

training::CohortPlan plan(const Options& o, std::int64_t length, double ratio) {
    training::CohortPlan p;
    if (o.model == "quick") {
        p.model = {.dModel = 128, .heads = 4, .layers = 2, .dFf = 512, .indexHeads = 4, .indexDim = 64};
        p.training.batch = std::max<std::int64_t>(1, 2048 / length);
    } else if (o.model == "study") {
        p.model = {.dModel = 96, .heads = 3, .layers = 2, .dFf = 384, .indexHeads = 2, .indexDim = 32};
        p.training.batch = std::max<std::int64_t>(1, 1024 / length);
    } else {
        p.training.batch = std::min<std::int64_t>(32, std::max<std::int64_t>(1, 4096 / length));
    }
    p.training.batchUnit = experiment::BatchUnit::Sequences;
    p.training.budgetUnit = experiment::BudgetUnit::Steps;
    p.training.budget = 1000;
    p.training.denseWarmupShare = 0;
    p.training.precision =
        o.precision == "bf16" ? experiment::Precision::Bf16 : experiment::Precision::Fp32;
    p.device = o.device;
    p.threads = o.threads;
    for (int e = 0; e < o.stacked; ++e) {
        experiment::RunSpec run;
        run.length = length;
        run.seed = 42 + e;
        run.attention = ratio >= 1 ? experiment::AttentionKind::Dense : experiment::AttentionKind::Sparse;
        run.keepRatio = ratio;
        run.keep = experiment::keepCount(length, ratio);
        p.runs.push_back(run);
    }
    return p;
}

double gemmGflops() {
    constexpr std::int64_t n = 2048;
    const auto a = at::randn({n, n}), b = at::randn({n, n});
    auto c = at::empty({n, n});
    double best = 1e9;
    for (int i = 0; i < 8; ++i) {
        const auto begin = Clock::now();
        at::mm_out(c, a, b);
        best = std::min(best, std::chrono::duration<double>(Clock::now() - begin).count());
    }
    return 2.0 * n * n * n / best / 1e9;
}

/// Relative difference of the first loss between the fused and the operator path.
double pathDifference(const training::CohortPlan& p, const data::Corpus& corpus) {
    double loss[2];
    for (const auto path : {kernels::Path::Fused, kernels::Path::Operators}) {
        auto options = training::transformerOptions(p);
        options.path = path;
        const model::Transformer transformer(options);
        const auto result = training::evaluateModel(transformer, corpus.validation(), 1, 1, 0);
        loss[path == kernels::Path::Fused ? 0 : 1] = result.front().loss;
    }
    return std::abs(loss[0] / loss[1] - 1.0);
}

/// Median seconds of one step of one lane.
double medianStep(const Options& o, const training::CohortPlan& p, const std::shared_ptr<const data::Corpus>& corpus) {
    auto trainer = training::CohortTrainer::create(p, corpus);
    if (!trainer) throw std::runtime_error(trainer.error().message);
    std::vector<double> times;
    const auto begin = Clock::now();
    for (int i = 0; times.size() < 3 || std::chrono::duration<double>(Clock::now() - begin).count() < o.seconds; ++i) {
        const auto start = Clock::now();
        const auto step = (*trainer)->trainStep();
        if (!step) throw std::runtime_error(step.error().message);
        if (i >= 2) times.push_back(std::chrono::duration<double>(Clock::now() - start).count());
    }
    std::sort(times.begin(), times.end());
    return times[times.size() / 2];
}

double tokensPerSecond(const Options& o, const training::CohortPlan& p, const std::shared_ptr<const data::Corpus>& corpus) {
    std::vector<double> rates(static_cast<std::size_t>(o.lanes));
    {
        std::vector<std::jthread> lanes;
        for (auto& rate : rates)
            lanes.emplace_back([&] {
                const auto tokens = static_cast<double>(p.training.batch * p.runs.front().length * o.stacked);
                rate = tokens / medianStep(o, p, corpus);
            });
    }
    double total = 0;
    for (const auto rate : rates) total += rate;
    return total;
}

}  // namespace

int main(int argc, char** argv) {
    Options o;
    CLI::App app("Speed of the training step");
    app.add_option("--model", o.model, "paper, quick or study")->check(CLI::IsMember({"paper", "quick", "study"}));
    app.add_option("--data", o.data, "text file; the embedded text otherwise");
    app.add_option("--lengths", o.lengths)->delimiter(',');
    app.add_option("--ratios", o.ratios, "keep ratios k/L; 1 is dense")->delimiter(',');
    app.add_option("--threads", o.threads, "threads of one lane");
    app.add_option("--lanes", o.lanes, "runs side by side, each with its own thread");
    app.add_option("--stacked", o.stacked, "runs in one step (E)");
    app.add_option("--seconds", o.seconds, "time for one cell");
    app.add_option("--device", o.device);
    app.add_option("--precision", o.precision, "fp32, or bf16 inputs of the products")
        ->check(CLI::IsMember({"fp32", "bf16"}));
    app.add_option("--json", o.json, "also write the table to this file");
    CLI11_PARSE(app, argc, argv);
    training::prepareProcess();
    at::set_num_threads(o.threads);
    experiment::DataSettings source;
    if (!o.data.empty()) {
        source.kind = experiment::CorpusKind::File;
        source.path = o.data;
    }
    const auto corpus = data::openCorpus(source);
    if (!corpus) return std::fprintf(stderr, "%s\n", corpus.error().message.c_str()), 3;
    std::printf("%s; product rate %.0f GFLOP/s\n", training::environmentDescription().c_str(), gemmGflops());
    std::printf("%6s %8s %7s %6s %12s %14s\n", "L", "k/L", "threads", "lanes", "tokens/s", "path differs");
    auto rows = nlohmann::json::array();
    for (const auto length : o.lengths)
        for (const auto ratio : o.ratios) {
            const auto p = plan(o, length, ratio);
            const double difference = pathDifference(p, **corpus), rate = tokensPerSecond(o, p, *corpus);
            std::printf("%6ld %8s %7d %6d %12.0f %14.1e\n", static_cast<long>(length),
                        ratio >= 1 ? "dense" : std::to_string(ratio).substr(0, 4).c_str(), o.threads, o.lanes, rate, difference);
            std::fflush(stdout);
            if (difference > (o.precision == "bf16" ? 2e-2 : 1e-4)) return std::fprintf(stderr, "the fused path computes something else\n"), 1;
            rows.push_back({{"length", length}, {"keep_ratio", ratio}, {"precision", o.precision}, {"threads", o.threads}, {"lanes", o.lanes},
                            {"stacked", o.stacked}, {"tokens_per_s", rate}, {"path_difference", difference}});
        }
    if (!o.json.empty()) {
        FILE* file = std::fopen(o.json.c_str(), "w");
        if (!file) return std::perror(o.json.c_str()), 74;
        std::fputs((rows.dump(1) + "\n").c_str(), file);
        std::fclose(file);
    }
    return 0;
}
