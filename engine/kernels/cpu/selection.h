// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Exact top-k of one row with the tie rule; see simd.h for how this is compiled.

#include <algorithm>
#include <bit>

#include "engine/kernels/cpu/simd.h"

namespace kernels::cpu::KERNEL_ISA {

/// Integer with the same order as the float; -0 and +0 are equal.
inline std::int32_t orderedKey(float x) {
    const auto bits = std::bit_cast<std::int32_t>(x + 0.0f);
    return bits ^ ((bits >> 31) & 0x7fffffff);
}

inline std::int64_t countAtLeast(const std::int32_t* keys, std::int64_t n, std::int32_t threshold) {
    std::int32_t count = 0;
    for (std::int64_t s = 0; s < n; ++s) count += keys[s] >= threshold ? 1 : 0;
    return count;
}

/// Largest threshold with at least k keys >= it, by bisection on the integers: exact, no
/// data-dependent branches in the inner loop. keys [n], 1 <= k <= n.
inline std::int32_t kthLargest(const std::int32_t* keys, std::int64_t n, std::int64_t k) {
    std::int32_t low = *std::min_element(keys, keys + n), high = *std::max_element(keys, keys + n);
    while (low < high) {
        const auto middle =
            static_cast<std::int32_t>(low + (static_cast<std::int64_t>(high) - low + 1) / 2);
        const std::int64_t count = countAtLeast(keys, n, middle);
        if (count == k) return middle;
        if (count > k) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    return low;
}

/// Bits of the min(k, n) largest of scores [n]; among equal scores the most recent position wins.
/// keys: scratch [n]. words: (n + 63) / 64 are written, those up to `wordCount` are cleared.
inline void selectLargest(const float* scores, std::int64_t n, std::int64_t k, std::int32_t* keys,
                          std::uint64_t* words, std::int64_t wordCount) {
    std::fill(words, words + wordCount, 0);
    if (k >= n) {
        for (std::int64_t s = 0; s < n; ++s) words[s / 64] |= std::uint64_t{1} << (s % 64);
        return;
    }
    for (std::int64_t s = 0; s < n; ++s) keys[s] = orderedKey(scores[s]);
    const std::int32_t threshold = kthLargest(keys, n, k);
    std::int64_t chosen = 0;
    for (std::int64_t base = 0; base < n; base += 64) {
        std::uint64_t word = 0;
        const std::int64_t end = std::min<std::int64_t>(64, n - base);
        for (std::int64_t i = 0; i < end; ++i)
            word |= static_cast<std::uint64_t>(keys[base + i] > threshold) << i;
        words[base / 64] = word;
        chosen += std::popcount(word);
    }
    for (std::int64_t s = n - 1; chosen < k; --s) {
        if (keys[s] != threshold) continue;
        words[s / 64] |= std::uint64_t{1} << (s % 64);
        ++chosen;
    }
}

/// The last min(k, t+1) positions of query t: the local selector, and all of them for k = t + 1.
inline void selectRange(std::int64_t first, std::int64_t last, std::uint64_t* words,
                        std::int64_t wordCount) {
    std::fill(words, words + wordCount, 0);
    for (std::int64_t s = first; s <= last; ++s) words[s / 64] |= std::uint64_t{1} << (s % 64);
}

}  // namespace kernels::cpu::KERNEL_ISA
