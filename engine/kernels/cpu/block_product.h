// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Small matrix products on operands that lie in the caches; see simd.h for how this is compiled.

#include "engine/kernels/cpu/simd.h"

namespace kernels::cpu::KERNEL_ISA {

/// Columns of one packed panel of the right operand: two registers.
inline constexpr std::int64_t kPanel = 2 * kWidth;
/// Rows of one register tile: 2 * kTileRows accumulators fill the register file (16 or 32).
inline constexpr std::int64_t kTileRows = SIMD_WIDTH == 16 ? 12 : 6;

inline constexpr std::int64_t roundUp(std::int64_t n, std::int64_t to) {
    return (n + to - 1) / to * to;
}

/// Left operand: element (m, k) at data[m * rowStride + k * columnStride].
struct Left {
    const float* data;
    std::int64_t rowStride;
    std::int64_t columnStride;
};
/// Right operand: element (k, n) at data[(n / kPanel) * panelStride + k * rowStride + n % kPanel].
/// Row-major [K, ld]: rowStride = ld, panelStride = kPanel. Packed panels: kPanel, K * kPanel.
struct Right {
    const float* data;
    std::int64_t rowStride;
    std::int64_t panelStride;
};
enum class Store { Overwrite, Accumulate };

template <int Rows, Store Mode>
inline void tile(std::int64_t depth, Left a, const float* b, std::int64_t bStride, float* c,
                 std::int64_t cStride) {
    Vec sum0[Rows], sum1[Rows];
#pragma GCC unroll 12
    for (int m = 0; m < Rows; ++m) {
        sum0[m] = Mode == Store::Accumulate ? load(c + m * cStride) : Vec{};
        sum1[m] = Mode == Store::Accumulate ? load(c + m * cStride + kWidth) : Vec{};
    }
    for (std::int64_t k = 0; k < depth; ++k) {
        const Vec b0 = load(b + k * bStride), b1 = load(b + k * bStride + kWidth);
        const float* column = a.data + k * a.columnStride;
#pragma GCC unroll 12
        for (int m = 0; m < Rows; ++m) {
            const Vec x = splat(column[m * a.rowStride]);
            sum0[m] += x * b0;
            sum1[m] += x * b1;
        }
    }
#pragma GCC unroll 12
    for (int m = 0; m < Rows; ++m) {
        store(c + m * cStride, sum0[m]);
        store(c + m * cStride + kWidth, sum1[m]);
    }
}

template <Store Mode, int Rows = static_cast<int>(kTileRows) - 1>
inline void remainderTile(std::int64_t rows, std::int64_t depth, Left a, const float* b,
                          std::int64_t bStride, float* c, std::int64_t cStride) {
    if (rows == Rows) {
        tile<Rows, Mode>(depth, a, b, bStride, c, cStride);
    } else if constexpr (Rows > 1) {
        remainderTile<Mode, Rows - 1>(rows, depth, a, b, bStride, c, cStride);
    }
}

/// C = A B or C += A B: [rows, depth] x [depth, columns] -> [rows, columns] with row stride
/// cStride. columns is rounded up to whole panels: C and B must have room for them.
template <Store Mode>
inline void multiply(std::int64_t rows, std::int64_t columns, std::int64_t depth, Left a, Right b,
                     float* c, std::int64_t cStride) {
    for (std::int64_t n = 0; n < columns; n += kPanel) {
        const float* panel = b.data + n / kPanel * b.panelStride;
        std::int64_t m = 0;
        for (; m + kTileRows <= rows; m += kTileRows) {
            const Left part{a.data + m * a.rowStride, a.rowStride, a.columnStride};
            tile<static_cast<int>(kTileRows), Mode>(depth, part, panel, b.rowStride,
                                                    c + m * cStride + n, cStride);
        }
        if (m < rows) {
            const Left part{a.data + m * a.rowStride, a.rowStride, a.columnStride};
            remainderTile<Mode>(rows - m, depth, part, panel, b.rowStride, c + m * cStride + n,
                                cStride);
        }
    }
}

}  // namespace kernels::cpu::KERNEL_ISA
