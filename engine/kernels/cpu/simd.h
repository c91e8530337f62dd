// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Included only by translation units that CMake compiles once per instruction set, with
// KERNEL_ISA (namespace) and SIMD_WIDTH (floats in one register) set on the command line.

#include <cstdint>
#include <cstring>

namespace kernels::cpu::KERNEL_ISA {

inline constexpr std::int64_t kWidth = SIMD_WIDTH;
using Vec = float __attribute__((vector_size(SIMD_WIDTH * 4), aligned(4), may_alias));
using IntVec = std::int32_t __attribute__((vector_size(SIMD_WIDTH * 4), aligned(4), may_alias));

inline Vec load(const float* p) {
    return *reinterpret_cast<const Vec*>(p);
}
inline void store(float* p, Vec v) {
    *reinterpret_cast<Vec*>(p) = v;
}
inline Vec splat(float x) {
    return x - Vec{};
}  // x - 0 is x for every x, x + 0 is not for -0

inline float sum(Vec v) {
    float total = 0;
    for (std::int64_t i = 0; i < kWidth; ++i) total += v[i];
    return total;
}
inline float largest(Vec v) {
    float best = v[0];
    for (std::int64_t i = 1; i < kWidth; ++i) best = v[i] > best ? v[i] : best;
    return best;
}
inline Vec maximum(Vec a, Vec b) {
    return a > b ? a : b;
}

/// exp(x) to 2 ulp for x <= 88; exactly 0 below -87. Source: Cephes expf (polynomial), Cody-Waite
/// reduction.
inline Vec exponential(Vec x) {
    const Vec low = splat(-87.0f);
    const Vec clamped = maximum(x, low);
    const Vec magic = splat(12582912.0f);  // 1.5 * 2^23: adding it rounds to the nearest integer
    const Vec n = (clamped * 1.44269504088896341f + magic) - magic;
    const Vec r = (clamped - n * 0.693359375f) - n * -2.12194440e-4f;
    Vec p = splat(1.9875691500e-4f);
    p = p * r + 1.3981999507e-3f;
    p = p * r + 8.3334519073e-3f;
    p = p * r + 4.1665795894e-2f;
    p = p * r + 1.6666665459e-1f;
    p = p * r + 5.0000001201e-1f;
    p = p * r * r + r + 1.0f;
    const IntVec exponent = (__builtin_convertvector(n, IntVec) + 127) << 23;
    Vec scale;
    std::memcpy(&scale, &exponent, sizeof scale);
    return x < low ? Vec{} : p * scale;
}

/// ln(x) to 2 ulp for normal positive x; values below the smallest normal are read as it. Source:
/// Cephes logf.
inline Vec logarithm(Vec x) {
    const Vec smallest = splat(1.17549435e-38f);
    x = maximum(x, smallest);
    IntVec bits;
    std::memcpy(&bits, &x, sizeof bits);
    Vec e = __builtin_convertvector((bits >> 23) - 126, Vec);
    bits = (bits & 0x007fffff) | 0x3f000000;
    Vec m;
    std::memcpy(&m, &bits, sizeof m);  // in [0.5, 1)
    const Vec root = splat(0.707106781186547524f);
    e = m < root ? e - 1.0f : e;
    m = (m < root ? m + m : m) - 1.0f;
    const Vec z = m * m;
    Vec p = splat(7.0376836292e-2f);
    p = p * m - 1.1514610310e-1f;
    p = p * m + 1.1676998740e-1f;
    p = p * m - 1.2420140846e-1f;
    p = p * m + 1.4249322787e-1f;
    p = p * m - 1.6668057665e-1f;
    p = p * m + 2.0000714765e-1f;
    p = p * m - 2.4999993993e-1f;
    p = p * m + 3.3333331174e-1f;
    Vec y = p * m * z;
    y = y + e * -2.12194440e-4f - z * 0.5f;
    return m + y + e * 0.693359375f;
}

}  // namespace kernels::cpu::KERNEL_ISA
