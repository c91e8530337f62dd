// SPDX-License-Identifier: GPL-3.0-or-later
// One run's slice of the stacked weights and moments, in PyTorch's form and names.
#include <ATen/ATen.h>

#include <cstring>
#include <unordered_map>

#include "engine/training/guard.h"
#include "engine/training/stacked_trainer.h"

namespace training {
namespace {

constexpr const char* kFirst = "optimizer.first.";
constexpr const char* kSecond = "optimizer.second.";

bool belongs(const model::Parameter& parameter, const experiment::RunSpec& run) {
    return parameter.group == model::ParameterGroup::Backbone ||
           model::Transformer::hasIndexer(run);
}

at::Tensor ordinaryForm(const model::Parameter& parameter, const at::Tensor& stacked,
                        std::size_t run) {
    const auto slice = stacked.detach()[static_cast<std::int64_t>(run)];
    return parameter.transposed ? slice.t() : slice;
}

StateTensor stored(const std::string& name, const at::Tensor& tensor) {
    const auto plain = tensor.to(at::kCPU).to(at::kFloat).contiguous();
    StateTensor out;
    out.name = name;
    out.shape = plain.sizes().vec();
    out.bytes.resize(static_cast<std::size_t>(plain.numel()) * sizeof(float));
    std::memcpy(out.bytes.data(), plain.const_data_ptr<float>(), out.bytes.size());
    return out;
}

using Index = std::unordered_map<std::string, const StateTensor*>;

std::string restore(const Index& index, const std::string& name, const at::Tensor& target) {
    const auto found = index.find(name);
    if (found == index.end()) return "the tensor " + name + " is missing";
    const StateTensor& source = *found->second;
    if (source.type != ElementType::Float32 || source.shape != target.sizes().vec())
        return "the tensor " + name + " has another shape or type than the model";
    auto plain = at::empty(target.sizes(), at::kFloat);
    if (source.bytes.size() != static_cast<std::size_t>(plain.numel()) * sizeof(float))
        return "the tensor " + name + " is cut short";
    std::memcpy(plain.mutable_data_ptr<float>(), source.bytes.data(), source.bytes.size());
    target.copy_(plain);
    return {};
}

}  // namespace

RunState StackedTrainer::saveState(std::size_t run) const {
    const at::NoGradGuard guard;
    RunState state;
    state.step = step();
    const auto& parameters = m_transformer.parameters();
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        const auto& p = parameters[i];
        if (!belongs(p, m_plan.runs.at(run))) continue;
        state.tensors.push_back(stored(p.name, ordinaryForm(p, p.values, run)));
        state.tensors.push_back(
            stored(kFirst + p.name, ordinaryForm(p, m_optimizer.first()[i], run)));
        state.tensors.push_back(
            stored(kSecond + p.name, ordinaryForm(p, m_optimizer.second()[i], run)));
    }
    return state;
}

engine::Result<void> StackedTrainer::loadState(std::span<const RunState> states) {
    const at::NoGradGuard guard;
    if (states.size() != m_plan.runs.size())
        throw std::logic_error("loadState: one state for every run of the cohort");
    for (std::size_t run = 0; run < states.size(); ++run) {
        if (states[run].step != states.front().step)
            throw std::logic_error("loadState: the runs of a cohort resume at one step");
        Index index;
        for (const auto& tensor : states[run].tensors) index[tensor.name] = &tensor;
        const auto& parameters = m_transformer.parameters();
        for (std::size_t i = 0; i < parameters.size(); ++i) {
            const auto& p = parameters[i];
            if (!belongs(p, m_plan.runs[run])) continue;
            const std::pair<std::string, at::Tensor> targets[] = {
                {p.name, p.values},
                {kFirst + p.name, m_optimizer.first()[i]},
                {kSecond + p.name, m_optimizer.second()[i]}};
            for (const auto& [name, stacked] : targets) {
                const auto problem = restore(index, name, ordinaryForm(p, stacked, run));
                if (!problem.empty())
                    return engine::Error{engine::ErrorKind::Data,
                                         "The checkpoint of seed " +
                                             std::to_string(m_plan.runs[run].seed) +
                                             " does not fit the model: " + problem + "."};
            }
        }
    }
    m_optimizer.setSteps(states.front().step);
    return {};
}

}  // namespace training
