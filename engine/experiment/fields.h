// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <span>

#include "engine/experiment/settings.h"

namespace experiment {

// One list of all settings with their names and ranges: reading, writing and checking walk over it.

/// Largest integer that every JSON reader keeps exactly.
inline constexpr std::int64_t kMaxExact = 9'007'199'254'740'992;  // 2^53

struct IntegerRange {
    std::int64_t low;
    std::int64_t high;
};

enum class Ends { Closed, OpenLow, OpenHigh, Open };

struct RealRange {
    double low;
    double high;
    Ends ends = Ends::Closed;
};

struct TextRange {
    std::size_t longest;  // bytes
};

/// A list without repetitions.
template <class Range>
struct ListRange {
    Range each;
    std::size_t shortest;
    std::size_t longest;
};

struct Flag {};

template <class Enum>
struct Choice {
    Enum value;
    const char* name;
};

template <class Enum>
using Choices = std::span<const Choice<Enum>>;

inline constexpr std::array<Choice<BatchUnit>, 2> kBatchUnits = {
    {{BatchUnit::Sequences, "sequences"}, {BatchUnit::Tokens, "tokens"}}};
inline constexpr std::array<Choice<BudgetUnit>, 3> kBudgetUnits = {
    {{BudgetUnit::Epochs, "epochs"}, {BudgetUnit::Steps, "steps"}, {BudgetUnit::Tokens, "tokens"}}};
inline constexpr std::array<Choice<Precision>, 2> kPrecisions = {
    {{Precision::Fp32, "fp32"}, {Precision::Bf16, "bf16"}}};
inline constexpr std::array<Choice<CorpusKind>, 4> kCorpusKinds = {
    {{CorpusKind::File, "file"},
     {CorpusKind::TinyShakespeare, "tinyshakespeare"},
     {CorpusKind::LaggedCopy, "lagged-copy"},
     {CorpusKind::UniformRandom, "uniform-random"}}};
inline constexpr std::array<Choice<Selector>, 5> kSelectors = {{{Selector::Aligned, "aligned"},
                                                                {Selector::Frozen, "frozen"},
                                                                {Selector::Oracle, "oracle"},
                                                                {Selector::Local, "local"},
                                                                {Selector::Random, "random"}}};

template <class Model, class Visitor>
void visitModel(Model& model, Visitor&& visit) {
    visit("dModel", model.dModel, IntegerRange{2, 65536});
    visit("heads", model.heads, IntegerRange{1, 1024});
    visit("layers", model.layers, IntegerRange{1, 1024});
    visit("dFf", model.dFf, IntegerRange{1, 1048576});
    visit("indexHeads", model.indexHeads, IntegerRange{1, 1024});
    visit("indexDim", model.indexDim, IntegerRange{4, 4096});
    visit("vocabulary", model.vocabulary, IntegerRange{2, 256});
    visit("ropeBase", model.ropeBase, RealRange{1.0, 1e12, Ends::OpenLow});
    visit("initialStd", model.initialStd, RealRange{0.0, 10.0, Ends::OpenLow});
}

template <class Training, class Visitor>
void visitTraining(Training& training, Visitor&& visit) {
    visit("batchUnit", training.batchUnit, Choices<BatchUnit>(kBatchUnits));
    visit("batch", training.batch, IntegerRange{1, 1 << 30});
    visit("budgetUnit", training.budgetUnit, Choices<BudgetUnit>(kBudgetUnits));
    visit("budget", training.budget, RealRange{0.0, 1e15, Ends::OpenLow});
    visit("learningRate", training.learningRate, RealRange{0.0, 10.0, Ends::OpenLow});
    visit("beta1", training.beta1, RealRange{0.0, 1.0, Ends::OpenHigh});
    visit("beta2", training.beta2, RealRange{0.0, 1.0, Ends::OpenHigh});
    visit("epsilon", training.epsilon, RealRange{0.0, 1.0, Ends::OpenLow});
    visit("weightDecay", training.weightDecay, RealRange{0.0, 10.0});
    visit("warmupShare", training.warmupShare, RealRange{0.0, 1.0});
    visit("finalRateShare", training.finalRateShare, RealRange{0.0, 1.0});
    visit("clipNorm", training.clipNorm, RealRange{0.0, 1e9, Ends::OpenLow});
    visit("denseWarmupShare", training.denseWarmupShare, RealRange{0.0, 1.0});
    visit("precision", training.precision, Choices<Precision>(kPrecisions));
    visit("evaluations", training.evaluations, IntegerRange{1, 10000});
    visit("evaluationTokens", training.evaluationTokens, IntegerRange{1, kMaxExact});
    visit("checkpointSeconds", training.checkpointSeconds, RealRange{0.0, 86400.0});
}

template <class Data, class Visitor>
void visitData(Data& data, Visitor&& visit) {
    visit("kind", data.kind, Choices<CorpusKind>(kCorpusKinds));
    visit("path", data.path, TextRange{4096});
    visit("validationShare", data.validationShare, RealRange{0.0, 1.0, Ends::Open});
    visit("alphabet", data.alphabet, IntegerRange{2, 256});
    visit("lag", data.lag, IntegerRange{1, 1 << 30});
    visit("noise", data.noise, RealRange{0.0, 1.0});
    visit("tokens", data.tokens, IntegerRange{16, 1LL << 32});
    visit("corpusSeed", data.corpusSeed, IntegerRange{0, kMaxExact});
}

template <class Grid, class Visitor>
void visitGrid(Grid& grid, Visitor&& visit) {
    visit("lengths", grid.lengths, ListRange<IntegerRange>{{1, 1 << 20}, 1, 64});
    visit("keepRatios", grid.keepRatios, ListRange<RealRange>{{0.0, 1.0, Ends::OpenLow}, 1, 64});
    visit("seeds", grid.seeds, ListRange<IntegerRange>{{0, kMaxExact}, 1, 10000});
    visit("selector", grid.selector, Choices<Selector>(kSelectors));
    visit("denseReference", grid.denseReference, Flag{});
}

/// visit(section name, functor that walks over its fields); "" is the top level.
template <class Settings, class Visitor>
void visitSections(Settings& settings, Visitor&& visit) {
    visit("", [&](auto&& field) {
        field("name", settings.name, TextRange{200});
        field("preset", settings.preset, TextRange{64});
    });
    visit("model", [&](auto&& field) { visitModel(settings.model, field); });
    visit("training", [&](auto&& field) { visitTraining(settings.training, field); });
    visit("data", [&](auto&& field) { visitData(settings.data, field); });
    visit("grid", [&](auto&& field) { visitGrid(settings.grid, field); });
}

}  // namespace experiment
