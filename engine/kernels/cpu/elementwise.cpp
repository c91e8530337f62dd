// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/kernels/cpu/elementwise.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/kernels/cpu/simd.h"

namespace kernels::cpu::KERNEL_ISA {

void adamW(std::int64_t n, const AdamWCoefficients& c, const float* gradient, float* weight,
           float* first, float* second) {
    const float step = c.learningRate / c.correction1, shrink = 1.0f - c.learningRate * c.decay;
    const float rootCorrection = 1.0f / std::sqrt(c.correction2);
    for (std::int64_t i = 0; i < n; ++i) {
        const float g = gradient[i] * c.gradientFactor;
        const float m = first[i] + (1.0f - c.beta1) * (g - first[i]);
        const float v = c.beta2 * second[i] + (1.0f - c.beta2) * g * g;
        first[i] = m;
        second[i] = v;
        weight[i] = weight[i] * shrink - step * m / (std::sqrt(v) * rootCorrection + c.epsilon);
    }
}

double sumOfSquares(std::int64_t n, const float* x) {
    double total = 0;
    for (std::int64_t base = 0; base < n; base += 4096) {
        const std::int64_t end = std::min(n, base + 4096);
        Vec part{};
        std::int64_t i = base;
        for (; i + kWidth <= end; i += kWidth) part += load(x + i) * load(x + i);
        float rest = sum(part);
        for (; i < end; ++i) rest += x[i] * x[i];
        total += rest;
    }
    return total;
}

namespace {

float dot(const float* a, const float* b, std::int64_t n) {
    Vec part{};
    std::int64_t i = 0;
    for (; i + kWidth <= n; i += kWidth) part += load(a + i) * load(b + i);
    float total = sum(part);
    for (; i < n; ++i) total += a[i] * b[i];
    return total;
}

/// Like dot, with a third factor.
float dot3(const float* a, const float* b, const float* c, std::int64_t n) {
    Vec part{};
    std::int64_t i = 0;
    for (; i + kWidth <= n; i += kWidth) part += load(a + i) * load(b + i) * load(c + i);
    float total = sum(part);
    for (; i < n; ++i) total += a[i] * b[i] * c[i];
    return total;
}

}  // namespace

void rmsNorm(std::int64_t rows, std::int64_t width, float epsilon, const float* x,
             const float* weight, float* out, float* inverse) {
    for (std::int64_t r = 0; r < rows; ++r) {
        const float* row = x + r * width;
        const float scale =
            1.0f / std::sqrt(dot(row, row, width) / static_cast<float>(width) + epsilon);
        inverse[r] = scale;
        for (std::int64_t d = 0; d < width; ++d) out[r * width + d] = row[d] * scale * weight[d];
    }
}

void rmsNormBackward(std::int64_t rows, std::int64_t width, const float* x, const float* weight,
                     const float* inverse, const float* gradOut, float* gradX, float* gradWeight) {
    for (std::int64_t r = 0; r < rows; ++r) {
        const float* row = x + r * width;
        const float* g = gradOut + r * width;
        const float scale = inverse[r];
        const float share =
            dot3(row, g, weight, width) * scale * scale * scale / static_cast<float>(width);
        float* out = gradX + r * width;
        for (std::int64_t d = 0; d < width; ++d) {
            out[d] = g[d] * weight[d] * scale - row[d] * share;
            gradWeight[d] += g[d] * row[d] * scale;
        }
    }
}

namespace {

/// exp(x - peak) -> out, returns the sum; the tail that fills no register goes through a padded
/// copy.
float exponentials(const float* x, std::int64_t n, float peak, float* out) {
    Vec total{};
    std::int64_t i = 0;
    for (; i + kWidth <= n; i += kWidth) {
        const Vec e = exponential(load(x + i) - peak);
        store(out + i, e);
        total += e;
    }
    if (i < n) {
        float tail[SIMD_WIDTH];
        std::fill(tail, tail + kWidth, -INFINITY);
        std::copy(x + i, x + n, tail);
        const Vec e = exponential(load(tail) - peak);
        total += e;
        for (std::int64_t j = 0; i + j < n; ++j) out[i + j] = e[j];
    }
    return sum(total);
}

}  // namespace

double crossEntropy(std::int64_t rows, std::int64_t width, const float* logits,
                    const std::int64_t* targets, float scale, float* gradient, std::int64_t* hits) {
    double total = 0;
    thread_local std::vector<float> spare;
    spare.resize(static_cast<std::size_t>(width));
    for (std::int64_t r = 0; r < rows; ++r) {
        const float* row = logits + r * width;
        const std::int64_t target = targets[r];
        const float peak = *std::max_element(row, row + width), wanted = row[target];
        if (hits)
            *hits += wanted == peak && std::max_element(row, row + width) == row + target ? 1 : 0;
        const float mass = exponentials(row, width, peak, spare.data());
        total += static_cast<double>(peak - wanted) + std::log(static_cast<double>(mass));
        if (!gradient) continue;
        float* out = gradient + r * width;
        const float factor = scale / mass;
        for (std::int64_t v = 0; v < width; ++v)
            out[v] = spare[static_cast<std::size_t>(v)] * factor;
        out[target] -= scale;
    }
    return total;
}

}  // namespace kernels::cpu::KERNEL_ISA
