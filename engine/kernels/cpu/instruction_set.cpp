// SPDX-License-Identifier: GPL-3.0-or-later
// Chooses once, at the first call, the build of the kernels that this processor can run.
#include <cstdlib>
#include <string_view>

#include "engine/kernels/cpu/elementwise.h"
#include "engine/kernels/cpu/sequence_attention.h"

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

namespace {

struct Kernels {
    const char* name;
    decltype(&baseline::forwardSequence) forward;
    decltype(&baseline::backwardSequence) backward;
    decltype(&baseline::adamW) adamW;
    decltype(&baseline::sumOfSquares) sumOfSquares;
    decltype(&baseline::rmsNorm) rmsNorm;
    decltype(&baseline::rmsNormBackward) rmsNormBackward;
    decltype(&baseline::crossEntropy) crossEntropy;
};

constexpr Kernels kBaseline{"baseline",
                            baseline::forwardSequence,
                            baseline::backwardSequence,
                            baseline::adamW,
                            baseline::sumOfSquares,
                            baseline::rmsNorm,
                            baseline::rmsNormBackward,
                            baseline::crossEntropy};
constexpr Kernels kAvx2{
    "avx2",        avx2::forwardSequence, avx2::backwardSequence, avx2::adamW, avx2::sumOfSquares,
    avx2::rmsNorm, avx2::rmsNormBackward, avx2::crossEntropy};
constexpr Kernels kAvx512{"avx512",
                          avx512::forwardSequence,
                          avx512::backwardSequence,
                          avx512::adamW,
                          avx512::sumOfSquares,
                          avx512::rmsNorm,
                          avx512::rmsNormBackward,
                          avx512::crossEntropy};

Kernels choose() {
    const char* wish =
        std::getenv("SPARSITY_ISA");  // baseline, avx2 or avx512: to compare, never to exceed
    const std::string_view most = wish ? wish : "avx512";
    __builtin_cpu_init();
    const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    const bool avx512 = avx2 && __builtin_cpu_supports("avx512f") &&
                        __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
                        __builtin_cpu_supports("avx512bw");
    if (avx512 && most == "avx512") return kAvx512;
    if (avx2 && most != "baseline") return kAvx2;
    return kBaseline;
}

const Kernels& kernels() {
    static const Kernels chosen = choose();
    return chosen;
}

}  // namespace

const char* instructionSet() {
    return kernels().name;
}
void forwardSequence(ForwardArguments& arguments) {
    kernels().forward(arguments);
}
void backwardSequence(const BackwardArguments& arguments) {
    kernels().backward(arguments);
}

void adamW(std::int64_t n, const AdamWCoefficients& c, const float* gradient, float* weight,
           float* first, float* second) {
    kernels().adamW(n, c, gradient, weight, first, second);
}
double sumOfSquares(std::int64_t n, const float* x) {
    return kernels().sumOfSquares(n, x);
}
void rmsNorm(std::int64_t rows, std::int64_t width, float epsilon, const float* x,
             const float* weight, float* out, float* inverse) {
    kernels().rmsNorm(rows, width, epsilon, x, weight, out, inverse);
}
void rmsNormBackward(std::int64_t rows, std::int64_t width, const float* x, const float* weight,
                     const float* inverse, const float* gradOut, float* gradX, float* gradWeight) {
    kernels().rmsNormBackward(rows, width, x, weight, inverse, gradOut, gradX, gradWeight);
}
double crossEntropy(std::int64_t rows, std::int64_t width, const float* logits,
                    const std::int64_t* targets, float scale, float* gradient, std::int64_t* hits) {
    return kernels().crossEntropy(rows, width, logits, targets, scale, gradient, hits);
}

}  // namespace kernels::cpu
