// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <chrono>

#include "engine/kernels/device_backend.h"
#include "engine/training/cohort_trainer.h"
#include "engine/training/resident_memory.h"

namespace training {
namespace {

constexpr std::int64_t kWarmSteps = 3;  // first touches, thread pools, allocator

double quantile(const std::vector<double>& sorted, double p) {
    const double at = p * static_cast<double>(sorted.size() - 1);
    const auto low = static_cast<std::size_t>(at);
    const auto high = std::min(low + 1, sorted.size() - 1);
    return sorted[low] + (at - static_cast<double>(low)) * (sorted[high] - sorted[low]);
}

void synchronize(const std::string& device) {
    if (!device.starts_with("cuda")) return;
    if (auto* cuda = kernels::cudaBackend())
        cuda->synchronize(device.size() > 5 ? std::stoi(device.substr(5)) : 0);
}

}  // namespace

engine::Result<TimingReport> timeSteps(const CohortPlan& plan,
                                       std::shared_ptr<const data::Corpus> corpus,
                                       std::int64_t steps) {
    CohortPlan timed = plan;
    timed.training.denseWarmupShare = 0;  // every timed step is a step of the sparse stage
    resetPeakResidentBytes();  // a cell's peak must not be that of a larger cell before it
    auto made = CohortTrainer::create(timed, std::move(corpus));
    if (!made) return made.error();
    CohortTrainer& trainer = **made;
    std::vector<double> elapsed;
    for (std::int64_t i = 0; i < steps + kWarmSteps; ++i) {
        synchronize(plan.device);
        const auto begin = std::chrono::steady_clock::now();
        const auto step = trainer.trainStep();
        if (!step) return step.error();
        synchronize(plan.device);
        const std::chrono::duration<double, std::milli> took =
            std::chrono::steady_clock::now() - begin;
        if (i >= kWarmSteps) elapsed.push_back(took.count());
    }
    std::sort(elapsed.begin(), elapsed.end());
    TimingReport report;
    report.medianMs = quantile(elapsed, 0.5);
    report.lowerQuartileMs = quantile(elapsed, 0.25);
    report.upperQuartileMs = quantile(elapsed, 0.75);
    report.steps = steps;
    report.tokensPerStep = trainer.tokensPerStep();
    report.peakBytes = trainer.peakBytes();
    return report;
}

}  // namespace training
