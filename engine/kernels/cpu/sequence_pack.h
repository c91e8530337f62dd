// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Packing of one sequence's heads into the layouts of block_product.h; see simd.h for how this is
// compiled.

#include <array>
#include <cmath>
#include <cstdlib>
#include <memory>

#include "engine/kernels/cpu/block_product.h"
#include "engine/kernels/cpu/sequence_attention.h"

namespace kernels::cpu::KERNEL_ISA {

/// Reusable buffers of one thread: grown on first use, never returned, so a steady step allocates
/// nothing.
class Scratch {
public:
    float* floats(std::size_t slot, std::int64_t count) {
        Slot& s = m_slots.at(slot);
        if (s.capacity < count) {
            const auto bytes = static_cast<std::size_t>(roundUp(count * 4 + 64, 64));
            s.data.reset(static_cast<float*>(std::aligned_alloc(64, bytes)));
            if (!s.data) throw std::bad_alloc();
            s.capacity = count;
        }
        return s.data.get();
    }

private:
    struct Free {
        void operator()(float* p) const { std::free(p); }
    };
    struct Slot {
        std::unique_ptr<float, Free> data;
        std::int64_t capacity = 0;
    };
    std::array<Slot, 32> m_slots;
};

inline float* panelCell(float* panels, std::int64_t depth, std::int64_t d, std::int64_t s) {
    return panels + s / kPanel * depth * kPanel + d * kPanel + s % kPanel;
}

/// Turns pairs (i, i + half) of x by the angles of position t; sign -1 turns back. x, out [2 half].
inline void rotate(const float* x, const RopeTable& rope, std::int64_t t, std::int64_t half,
                   float sign, float* out) {
    const float* c = rope.cosine + t * half;
    const float* s = rope.sine + t * half;
    for (std::int64_t i = 0; i < half; ++i) {
        const float a = x[i], b = x[i + half], turn = sign * s[i];
        out[i] = a * c[i] - b * turn;
        out[i + half] = b * c[i] + a * turn;
    }
}

/// rows [L, width] with row stride `stride` -> panels [ceil(L / kPanel), width, kPanel], zero
/// behind row L.
inline void packPanels(const float* rows, std::int64_t stride, std::int64_t length,
                       std::int64_t width, float* panels) {
    const std::int64_t padded = roundUp(length, kPanel);
    for (std::int64_t base = 0; base < padded; base += kPanel) {
        float* panel = panels + base * width;
        for (std::int64_t i = 0; i < kPanel; ++i) {
            const std::int64_t s = base + i;
            for (std::int64_t d = 0; d < width; ++d)
                panel[d * kPanel + i] = s < length ? rows[s * stride + d] : 0.0f;
        }
    }
}

enum class Part : std::int64_t { Query = 0, Key = 1, Value = 2 };

/// Head h of q or k, turned and scaled, or of v: [L, padded], zero in the padding columns.
inline void packHead(const SequenceShape& shape, const float* qkv, const RopeTable& rope, Part part,
                     std::int64_t h, float scale, std::int64_t padded, float* out) {
    const std::int64_t width = shape.modelWidth(), dim = shape.headDim;
    for (std::int64_t t = 0; t < shape.length; ++t) {
        const float* source =
            qkv + t * 3 * width + static_cast<std::int64_t>(part) * width + h * dim;
        float* row = out + t * padded;
        if (part == Part::Value) {
            for (std::int64_t d = 0; d < dim; ++d) row[d] = source[d];
        } else {
            rotate(source, rope, t, dim / 2, 1.0f, row);
            for (std::int64_t d = 0; d < dim; ++d) row[d] *= scale;
        }
        for (std::int64_t d = dim; d < padded; ++d) row[d] = 0.0f;
    }
}

/// Additive mask of one row from its bits: 0 where selected, -infinity elsewhere; columns [0,
/// padded).
inline void biasFromBits(const std::uint64_t* words, std::int64_t wordCount, std::int64_t padded,
                         float* bias) {
    static const auto table = [] {
        std::array<std::array<float, 8>, 256> made{};
        for (std::size_t byte = 0; byte < 256; ++byte)
            for (std::size_t i = 0; i < 8; ++i) made[byte][i] = (byte >> i) & 1 ? 0.0f : -INFINITY;
        return made;
    }();
    for (std::int64_t s = 0; s < padded; s += 8) {
        const std::uint64_t word = s / 64 < wordCount ? words[s / 64] : 0;
        std::memcpy(bias + s, table[(word >> (s % 64)) & 0xff].data(), 32);
    }
}

/// In place: x [padded] -> softmax(x + bias); returns log(sum(exp(x + bias))). At least one bias is
/// 0.
inline float softmaxRow(float* x, const float* bias, std::int64_t padded) {
    Vec top = splat(-INFINITY);
    for (std::int64_t s = 0; s < padded; s += kWidth) {
        const Vec value = load(x + s) + load(bias + s);
        store(x + s, value);
        top = maximum(top, value);
    }
    const float peak = largest(top);
    Vec total{};
    for (std::int64_t s = 0; s < padded; s += kWidth) {
        const Vec e = exponential(load(x + s) - peak);
        store(x + s, e);
        total += e;
    }
    const float mass = sum(total), inverse = 1.0f / mass;
    for (std::int64_t s = 0; s < padded; s += kWidth) store(x + s, load(x + s) * inverse);
    return peak + std::log(mass);
}

}  // namespace kernels::cpu::KERNEL_ISA
