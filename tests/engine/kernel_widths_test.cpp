// SPDX-License-Identifier: GPL-3.0-or-later
// Every build of the CPU kernels against the plain-loop reference in double. `wide` is the 16-float code of AVX-512
// compiled for AVX2, so that its logic is tested on machines without AVX-512.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "engine/kernels/cpu/elementwise.h"
#include "engine/kernels/cpu/sequence_attention.h"
#include "engine/kernels/reference/attention_reference.h"
#include "engine/kernels/reference/layers_reference.h"

namespace kernels::cpu {
namespace baseline {
#include "engine/kernels/cpu/isa_functions.inc"
}
namespace avx2 {
#include "engine/kernels/cpu/isa_functions.inc"
}
namespace avx512 {
#include "engine/kernels/cpu/isa_functions.inc"
}
namespace wide {
#include "engine/kernels/cpu/isa_functions.inc"
}
}  // namespace kernels::cpu

namespace {

using namespace kernels;
using Floats = std::vector<float>;

struct Variant {
    const char* name;
    bool supported;
    decltype(&cpu::wide::forwardSequence) forward;
    decltype(&cpu::wide::backwardSequence) backward;
    decltype(&cpu::wide::crossEntropy) crossEntropy;
};

std::vector<Variant> variants() {
    __builtin_cpu_init();
    const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    const bool avx512 = avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
                        __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw");
    return {{"baseline", true, cpu::baseline::forwardSequence, cpu::baseline::backwardSequence, cpu::baseline::crossEntropy},
            {"avx2", avx2, cpu::avx2::forwardSequence, cpu::avx2::backwardSequence, cpu::avx2::crossEntropy},
            {"wide", avx2, cpu::wide::forwardSequence, cpu::wide::backwardSequence, cpu::wide::crossEntropy},
            {"avx512", avx512, cpu::avx512::forwardSequence, cpu::avx512::backwardSequence, cpu::avx512::crossEntropy}};
}

Floats random(std::int64_t n, unsigned seed, float scale = 1.0f) {
    std::mt19937 generator(seed);
    std::normal_distribution<float> normal(0.0f, scale);
    Floats out(static_cast<std::size_t>(n));
    for (float& x : out) x = normal(generator);
    return out;
}

std::vector<double> wideOf(const Floats& x) { return {x.begin(), x.end()}; }

double difference(const Floats& got, const std::vector<double>& expected) {
    double most = 0, scale = 1e-30;
    for (std::size_t i = 0; i < got.size(); ++i) {
        most = std::max(most, std::abs(static_cast<double>(got[i]) - expected[i]));
        scale = std::max(scale, std::abs(expected[i]));
    }
    return most / scale;
}

struct Tables {
    Floats cosine, sine;
    Tables(std::int64_t length, std::int64_t half) {
        for (std::int64_t t = 0; t < length; ++t)
            for (std::int64_t i = 0; i < half; ++i) {
                const double angle = static_cast<double>(t) * std::pow(1e4, -static_cast<double>(i) / static_cast<double>(half));
                cosine.push_back(static_cast<float>(std::cos(angle)));
                sine.push_back(static_cast<float>(std::sin(angle)));
            }
    }
    cpu::RopeTable view() const { return {cosine.data(), sine.data()}; }
};

struct Shape {
    std::int64_t length, heads, headDim, indexHeads, indexDim, keep;
};

void compare(const Variant& variant, const Shape& size, cpu::Support support) {
    const bool scored = support == cpu::Support::IndexTop;
    cpu::SequenceShape shape{size.length, size.heads, size.headDim, scored ? size.indexHeads : 0, scored ? size.indexDim : 0};
    const auto qkv = random(size.length * 3 * shape.modelWidth(), 1), index = random(size.length * shape.indexWidth(), 2);
    const auto normWeight = random(size.indexDim, 3), normBias = random(size.indexDim, 4, 0.1f);
    const auto gradMixed = random(size.length * shape.modelWidth(), 5);
    const Tables rope(size.length, size.headDim / 2), indexRope(size.length, size.indexDim / 4);
    Floats mixed(static_cast<std::size_t>(size.length * shape.modelWidth())), gradQkv(qkv.size());
    Floats logSumExp(static_cast<std::size_t>(size.length * size.heads)), gradIndex(index.size());
    Floats gradWeight(normWeight.size()), gradBias(normBias.size());
    std::vector<std::uint64_t> selected(static_cast<std::size_t>(size.length * shape.maskWords()));

    cpu::ForwardArguments f;
    f.shape = shape;
    f.qkv = qkv.data();
    f.index = index.data();
    f.keyNormWeight = normWeight.data();
    f.keyNormBias = normBias.data();
    f.rope = rope.view();
    f.indexRope = indexRope.view();
    f.support = support;
    f.keep = size.keep;
    f.randomKey = 11;
    f.alignment = scored ? cpu::Alignment::On : cpu::Alignment::Off;
    f.lossScale = 1.0f / static_cast<float>(size.length);
    f.mixed = mixed.data();
    f.logSumExp = logSumExp.data();
    f.selected = selected.data();
    f.gradIndex = gradIndex.data();
    f.gradKeyNormWeight = gradWeight.data();
    f.gradKeyNormBias = gradBias.data();
    variant.forward(f);
    variant.backward({shape, qkv.data(), rope.view(), mixed.data(), logSumExp.data(), selected.data(), gradMixed.data(), gradQkv.data()});

    reference::AttentionInput in;
    in.shape = shape;
    in.support = support;
    in.keep = size.keep;
    in.randomKey = 11;
    in.qkv = wideOf(qkv);
    if (scored) in.index = wideOf(index), in.keyNormWeight = wideOf(normWeight), in.keyNormBias = wideOf(normBias);
    const auto out = reference::attentionForward(in);
    const auto grads = reference::attentionBackward(in, wideOf(gradMixed), 1.0);
    const auto label = std::string(variant.name) + " L=" + std::to_string(size.length) + " support " + std::to_string(static_cast<int>(support));
    EXPECT_LT(difference(mixed, out.mixed), 1e-5) << label;
    EXPECT_LT(difference(gradQkv, grads.qkv), 1e-5) << label;
    if (!scored) return;
    EXPECT_NEAR(f.divergence, out.indexLoss, 1e-5 * out.indexLoss) << label;
    EXPECT_LT(difference(gradIndex, grads.index), 2e-5) << label;
    EXPECT_LT(difference(gradWeight, grads.keyNormWeight), 2e-5) << label;
    EXPECT_LT(difference(gradBias, grads.keyNormBias), 2e-5) << label;
}

}  // namespace

TEST(KernelWidths, EveryBuildComputesWhatTheReferenceDoes) {
    const Shape shapes[] = {{1, 1, 2, 1, 4, 1}, {17, 2, 6, 3, 12, 5}, {64, 3, 32, 2, 32, 16}, {131, 2, 40, 4, 20, 33}, {200, 1, 64, 2, 64, 199}};
    for (const auto& variant : variants()) {
        if (!variant.supported) continue;
        for (const auto& shape : shapes)
            for (const auto support : {cpu::Support::Causal, cpu::Support::IndexTop, cpu::Support::OracleTop, cpu::Support::Window, cpu::Support::RandomTop})
                compare(variant, shape, support);
    }
}

TEST(KernelWidths, CrossEntropyOfAnyVocabulary) {
    for (const auto& variant : variants()) {
        if (!variant.supported) continue;
        for (const std::int64_t vocabulary : {2, 16, 65, 256, 259}) {
            const auto logits = random(3 * vocabulary, 6, 4.0f);
            const std::vector<std::int64_t> targets{0, vocabulary - 1, vocabulary / 2};
            Floats gradient(logits.size());
            std::int64_t hits = 0;
            const double sum = variant.crossEntropy(3, vocabulary, logits.data(), targets.data(), 1.0f, gradient.data(), &hits);
            EXPECT_NEAR(sum / 3, reference::crossEntropy(wideOf(logits), targets), 1e-5) << variant.name << " V=" << vocabulary;
            double total = 0;
            for (const float g : gradient) total += g;
            EXPECT_NEAR(total, 0.0, 1e-5) << "softmax minus one-hot sums to 0";
        }
    }
}
