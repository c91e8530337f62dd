// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/engine/runs/fake_trainer.h"

#include <cmath>
#include <cstring>
#include <limits>
#include <mutex>

#include "engine/runs/run_identity.h"

namespace fake {
namespace {

using engine::Error;
using engine::ErrorKind;
using engine::Result;
using training::CohortPlan;
using training::Evaluation;
using training::RunState;
using training::StateTensor;
using training::StepReport;

constexpr std::size_t kWeights = 24;

struct Weights {
    float value[kWeights];
    float moment[kWeights];
};

/// A number in [0, 1) from seed, step and place. Source of the constants: splitmix64.
double noise(std::int64_t seed, std::int64_t step, std::size_t place) {
    std::uint64_t x = static_cast<std::uint64_t>(seed) * 0x9e3779b97f4a7c15U +
                      static_cast<std::uint64_t>(step) * 1009 + place;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9U;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebU;
    return static_cast<double>((x ^ (x >> 31)) >> 11) * 0x1.0p-53;
}

StateTensor tensorOf(const std::string& name, const float (&values)[kWeights]) {
    StateTensor tensor{
        name, training::ElementType::Float32, {4, 6}, std::vector<std::byte>(sizeof values)};
    std::memcpy(tensor.bytes.data(), values, sizeof values);
    return tensor;
}

class Trainer : public training::CohortTrainer {
public:
    Trainer(CohortPlan plan, std::shared_ptr<const data::Corpus> corpus,
            std::shared_ptr<Behaviour> behaviour)
        : m_plan(std::move(plan)), m_corpus(std::move(corpus)), m_behaviour(std::move(behaviour)) {
        for (const auto& run : m_plan.runs) {
            Weights weights{};
            for (std::size_t i = 0; i < kWeights; ++i)
                weights.value[i] = static_cast<float>(noise(run.seed, -1, i));
            m_weights.push_back(weights);
        }
    }
    const CohortPlan& plan() const override { return m_plan; }
    std::int64_t step() const override { return m_step; }
    std::int64_t totalSteps() const override { return m_behaviour->steps; }
    std::int64_t tokensPerStep() const override { return 4 * m_plan.runs.front().length; }

    Result<std::vector<StepReport>> trainStep() override {
        ++m_step;
        std::vector<StepReport> reports;
        for (std::size_t run = 0; run < m_weights.size(); ++run) {
            // The last bits depend on the stack, as sums in another order would.
            const auto stacked = static_cast<float>(m_weights.size() + run) * 1e-6F;
            Weights& weights = m_weights[run];
            const auto& spec = m_plan.runs[run];
            for (std::size_t i = 0; i < kWeights; ++i) {
                weights.moment[i] = 0.9F * weights.moment[i] +
                                    static_cast<float>(noise(spec.seed, m_step, i)) + stacked;
                weights.value[i] += 0.01F * weights.moment[i] * static_cast<float>(spec.keep);
            }
            reports.push_back(reportOf(run));
        }
        if (m_behaviour->afterStep) m_behaviour->afterStep(*this);
        return reports;
    }
    Result<std::vector<Evaluation>> evaluate(std::int64_t tokens) override {
        std::vector<Evaluation> evaluations;
        for (const Weights& weights : m_weights) {
            double sum = 0.0;
            for (const float value : weights.value) sum += value;
            evaluations.push_back(
                {2.0 + 1.0 / (1.0 + sum) + 1e-4 * static_cast<double>(tokens % 97),
                 0.25,
                 tokens,
                 {}});
        }
        return evaluations;
    }
    Result<std::vector<Evaluation>> evaluateFully() override {
        Result<std::vector<Evaluation>> evaluations =
            evaluate(static_cast<std::int64_t>(m_corpus->validation().size()));
        for (Evaluation& evaluation : *evaluations) evaluation.layers = {{0.9, 0.1, 12.0, 0.8}};
        return evaluations;
    }
    RunState saveState(std::size_t run) const override {
        return {m_step,
                {tensorOf("blocks.0.weight", m_weights[run].value),
                 tensorOf("optimizer.first.blocks.0.weight", m_weights[run].moment)}};
    }
    Result<void> loadState(std::span<const RunState> states) override {
        for (std::size_t run = 0; run < states.size(); ++run) {
            if (states[run].tensors.size() != 2 || states[run].step != states[0].step) {
                return Error{ErrorKind::Data, "The states do not fit the cohort."};
            }
            std::memcpy(m_weights[run].value, states[run].tensors[0].bytes.data(),
                        sizeof m_weights[run].value);
            std::memcpy(m_weights[run].moment, states[run].tensors[1].bytes.data(),
                        sizeof m_weights[run].moment);
        }
        m_step = states[0].step;
        return {};
    }
    void removeRuns(std::span<const std::size_t> runs) override {
        for (std::size_t i = runs.size(); i-- > 0;) {
            m_weights.erase(m_weights.begin() + static_cast<std::ptrdiff_t>(runs[i]));
            m_plan.runs.erase(m_plan.runs.begin() + static_cast<std::ptrdiff_t>(runs[i]));
        }
    }
    std::int64_t peakBytes() const override {
        return 1000 * static_cast<std::int64_t>(m_plan.runs.size());
    }

private:
    StepReport reportOf(std::size_t run) const {
        const std::int64_t seed = m_plan.runs[run].seed;
        const auto poisoned = m_behaviour->notFiniteAt.find(seed);
        const bool notFinite =
            poisoned != m_behaviour->notFiniteAt.end() && poisoned->second == m_step;
        const double loss = 2.0 + 3.5 * std::exp(-0.2 * static_cast<double>(m_step)) +
                            0.01 * noise(seed, m_step, 99);
        return {notFinite ? std::numeric_limits<double>::quiet_NaN() : loss, 0.1, 1.0, 0.5, 1e-3};
    }

    CohortPlan m_plan;
    std::shared_ptr<const data::Corpus> m_corpus;
    std::shared_ptr<Behaviour> m_behaviour;
    std::int64_t m_step = 0;
    std::vector<Weights> m_weights;
};

class Corpus : public data::Corpus {
public:
    std::span<const std::uint8_t> training() const override { return m_training; }
    std::span<const std::uint8_t> validation() const override { return m_validation; }
    std::int64_t vocabulary() const override { return 256; }
    std::string sha256() const override { return std::string(64, 'a'); }
    std::string description() const override { return "a corpus of zeros"; }

private:
    std::vector<std::uint8_t> m_training = std::vector<std::uint8_t>(4000);
    std::vector<std::uint8_t> m_validation = std::vector<std::uint8_t>(500);
};

}  // namespace

runs::TrainingPorts ports(std::shared_ptr<Behaviour> behaviour) {
    auto mutex = std::make_shared<std::mutex>();
    runs::TrainingPorts ports;
    ports.createTrainer = [behaviour, mutex](CohortPlan plan,
                                             std::shared_ptr<const data::Corpus> corpus)
        -> Result<std::unique_ptr<training::CohortTrainer>> {
        const std::lock_guard lock(*mutex);
        behaviour->cohortSizes.push_back(plan.runs.size());
        if (plan.runs.size() > behaviour->mostStacked)
            return Error{ErrorKind::OutOfMemory, "The device has 8 GiB."};
        return std::unique_ptr<training::CohortTrainer>(
            std::make_unique<Trainer>(std::move(plan), corpus, behaviour));
    };
    ports.preflight = [behaviour, mutex](
                          const CohortPlan& plan,
                          const data::Corpus&) -> Result<std::vector<training::GateResult>> {
        const std::lock_guard lock(*mutex);
        ++behaviour->preflights;
        const bool passes = runs::modelKind(plan.runs.front()) != behaviour->failingGate;
        return std::vector<training::GateResult>{{"future leak", passes, "logits moved by 0"}};
    };
    ports.timeSteps = [behaviour](const CohortPlan& plan, std::shared_ptr<const data::Corpus>,
                                  std::int64_t steps) -> Result<training::TimingReport> {
        if (behaviour->onTiming) behaviour->onTiming(plan);
        const auto length = static_cast<double>(plan.runs.front().length);
        return training::TimingReport{length, 0.9 * length, 1.1 * length, steps, 256, 4096};
    };
    ports.environment = [] { return std::string("fake"); };
    return ports;
}

std::shared_ptr<const data::Corpus> corpus() {
    return std::make_shared<Corpus>();
}

experiment::ExperimentSettings settings() {
    experiment::ExperimentSettings settings;
    settings.name = "Test";
    settings.grid.lengths = {64};
    settings.grid.keepRatios = {0.25, 0.5};
    settings.grid.seeds = {1, 2, 3};
    settings.training.budgetUnit = experiment::BudgetUnit::Steps;
    settings.training.budget = 12;
    settings.training.batch = 4;
    settings.training.evaluations = 4;
    settings.training.evaluationTokens = 256;
    settings.training.checkpointSeconds = 0.0;
    return settings;
}

}  // namespace fake
