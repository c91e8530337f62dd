// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace kernels::cpu {

/// What one AdamW step needs for one run. Source: Loshchilov & Hutter 2019, algorithm 2.
struct AdamWCoefficients {
    float learningRate = 0, beta1 = 0, beta2 = 0, epsilon = 0;
    float decay = 0;                         // weight decay of this tensor (matrices only)
    float gradientFactor = 1;                // clip factor of the run's group
    float correction1 = 1, correction2 = 1;  // 1 - beta^step
};

/// One pass over n elements: weight, first and second moment in place; gradient is read only.
void adamW(std::int64_t n, const AdamWCoefficients& c, const float* gradient, float* weight,
           float* first, float* second);

/// sum of x^2 over n elements, accumulated in double per 4096 elements.
double sumOfSquares(std::int64_t n, const float* x);

/// out = x / sqrt(mean(x^2) + eps) * weight for `rows` rows of `width`; inverse [rows] is kept for
/// the gradient.
void rmsNorm(std::int64_t rows, std::int64_t width, float epsilon, const float* x,
             const float* weight, float* out, float* inverse);

/// gradX [rows, width] is overwritten, gradWeight [width] is added to.
void rmsNormBackward(std::int64_t rows, std::int64_t width, const float* x, const float* weight,
                     const float* inverse, const float* gradOut, float* gradX, float* gradWeight);

/// Sum over rows of -log softmax(logits)[target] -> returned; gradient [rows, width] = scale *
/// (softmax - onehot). logits and gradient may be the same array; gradient may be null. hits counts
/// rows whose argmax is the target.
double crossEntropy(std::int64_t rows, std::int64_t width, const float* logits,
                    const std::int64_t* targets, float scale, float* gradient, std::int64_t* hits);

}  // namespace kernels::cpu
