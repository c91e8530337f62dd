// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The lightning indexer over one sequence: scores of a block of queries, and the gradient of L_I.

#include "engine/kernels/cpu/sequence_pack.h"

namespace kernels::cpu::KERNEL_ISA {

/// Columns handled at once, so that the [rows * H_I, columns] products stay in the L2 cache.
inline constexpr std::int64_t kIndexColumns = 128;

class SequenceIndexer {
public:
    SequenceIndexer(const ForwardArguments& arguments, Scratch& scratch)
        : m_in(arguments),
          m_shape(arguments.shape),
          m_padded(roundUp(m_shape.indexDim, kPanel)),
          m_columns(roundUp(m_shape.length, kPanel)) {
        const std::int64_t length = m_shape.length, heads = m_shape.indexHeads;
        m_query = scratch.floats(16, length * heads * m_padded);
        m_key = scratch.floats(17, m_columns * m_padded);
        m_keyPanels = scratch.floats(18, m_columns * m_shape.indexDim);
        m_weight = scratch.floats(19, length * heads);
        m_normalised = scratch.floats(20, length * m_shape.indexDim);
        m_inverseStd = scratch.floats(21, length);
        m_products = scratch.floats(22, kMostRows * heads * kIndexColumns);
        m_gradKey = scratch.floats(23, (m_columns + kTileRows) * m_padded);
        m_gradQuery = scratch.floats(24, kMostRows * heads * m_padded);
        pack();
        if (arguments.alignment == Alignment::On) {
            std::fill(m_gradKey, m_gradKey + m_columns * m_padded, 0.0f);
            std::fill(arguments.gradIndex, arguments.gradIndex + length * m_shape.indexWidth(),
                      0.0f);
        }
    }

    /// I_{t,s} for queries [first, first + rows) and s < end (rounded up to whole panels) ->
    /// scores, row stride ld.
    void scores(std::int64_t first, std::int64_t rows, std::int64_t end, float* out,
                std::int64_t ld) {
        const std::int64_t heads = m_shape.indexHeads;
        for (std::int64_t base = 0; base < end; base += kIndexColumns) {
            const std::int64_t columns = roundUp(std::min(kIndexColumns, end - base), kPanel);
            products(first, rows, base, columns);
            for (std::int64_t r = 0; r < rows; ++r) {
                const float* w = m_weight + (first + r) * heads;
                const float* z = m_products + r * heads * kIndexColumns;
                float* row = out + r * ld + base;
                for (std::int64_t s = 0; s < columns; s += kWidth) {
                    Vec total{};
                    for (std::int64_t j = 0; j < heads; ++j)
                        total += maximum(load(z + j * kIndexColumns + s), Vec{}) * w[j];
                    store(row + s, total);
                }
            }
        }
    }

    /// Adds the gradient of one block: gradScores [rows, end] is d loss / d I (0 off the support).
    void backward(std::int64_t first, std::int64_t rows, std::int64_t end, const float* gradScores,
                  std::int64_t ld) {
        const std::int64_t heads = m_shape.indexHeads, all = rows * heads;
        std::fill(m_gradQuery, m_gradQuery + all * m_padded, 0.0f);
        for (std::int64_t base = 0; base < end; base += kIndexColumns) {
            const std::int64_t valid = std::min(kIndexColumns, end - base),
                               columns = roundUp(valid, kPanel);
            products(first, rows, base, columns);
            productGradients(first, rows, columns, gradScores + base, ld);
            multiply<Store::Accumulate>(all, m_padded, valid, {m_products, kIndexColumns, 1},
                                        {m_key + base * m_padded, m_padded, kPanel}, m_gradQuery,
                                        m_padded);
            multiply<Store::Accumulate>(valid, m_padded, all, {m_products, 1, kIndexColumns},
                                        {m_query + first * heads * m_padded, m_padded, kPanel},
                                        m_gradKey + base * m_padded, m_padded);
        }
        writeQueryGradients(first, rows);
    }

    /// Carries the key gradients back through RoPE and LayerNorm; call once after the last block.
    void finishBackward() {
        const std::int64_t dim = m_shape.indexDim, quarter = dim / 4, width = m_shape.indexWidth();
        for (std::int64_t s = 0; s < m_shape.length; ++s) {
            float* g = m_gradKey + s * m_padded;
            rotate(g, m_in.indexRope, s, quarter, -1.0f, m_gradQuery);
            std::copy(m_gradQuery, m_gradQuery + 2 * quarter, g);
            const float* x = m_normalised + s * dim;
            double meanG = 0, meanGx = 0;
            for (std::int64_t d = 0; d < dim; ++d) {
                m_in.gradKeyNormWeight[d] += g[d] * x[d];
                m_in.gradKeyNormBias[d] += g[d];
                const float scaled = g[d] * m_in.keyNormWeight[d];
                meanG += scaled;
                meanGx += static_cast<double>(scaled) * x[d];
            }
            const auto a = static_cast<float>(meanG / static_cast<double>(dim));
            const auto b = static_cast<float>(meanGx / static_cast<double>(dim));
            float* out = m_in.gradIndex + s * width + m_shape.indexHeads * dim;
            for (std::int64_t d = 0; d < dim; ++d)
                out[d] = m_inverseStd[s] * (g[d] * m_in.keyNormWeight[d] - a - x[d] * b);
        }
    }

    static constexpr std::int64_t kMostRows = 48;

private:
    void products(std::int64_t first, std::int64_t rows, std::int64_t base, std::int64_t columns) {
        const std::int64_t heads = m_shape.indexHeads, dim = m_shape.indexDim;
        multiply<Store::Overwrite>(
            rows * heads, columns, dim, {m_query + first * heads * m_padded, m_padded, 1},
            {m_keyPanels + base * dim, kPanel, dim * kPanel}, m_products, kIndexColumns);
    }

    /// products -> d loss / d (q_j . k_s) in place; adds d loss / d w.
    void productGradients(std::int64_t first, std::int64_t rows, std::int64_t columns,
                          const float* gradScores, std::int64_t ld) {
        const std::int64_t heads = m_shape.indexHeads, width = m_shape.indexWidth();
        for (std::int64_t r = 0; r < rows; ++r) {
            const std::int64_t t = first + r;
            float* gradWeight =
                m_in.gradIndex + t * width + heads * m_shape.indexDim + m_shape.indexDim;
            for (std::int64_t j = 0; j < heads; ++j) {
                float* z = m_products + (r * heads + j) * kIndexColumns;
                const Vec w = splat(m_weight[t * heads + j]);
                Vec total{};
                for (std::int64_t s = 0; s < columns; s += kWidth) {
                    const Vec product = load(z + s), g = load(gradScores + r * ld + s);
                    total += g * maximum(product, Vec{});
                    store(z + s, product > Vec{} ? g * w : Vec{});
                }
                gradWeight[j] += sum(total) * m_scale;
            }
        }
    }

    void writeQueryGradients(std::int64_t first, std::int64_t rows) {
        const std::int64_t heads = m_shape.indexHeads, dim = m_shape.indexDim;
        for (std::int64_t r = 0; r < rows; ++r)
            for (std::int64_t j = 0; j < heads; ++j) {
                const float* g = m_gradQuery + (r * heads + j) * m_padded;
                float* out = m_in.gradIndex + (first + r) * m_shape.indexWidth() + j * dim;
                rotate(g, m_in.indexRope, first + r, dim / 4, -1.0f, out);
                std::copy(g + dim / 2, g + dim, out + dim / 2);
            }
    }

    void pack() {
        const std::int64_t dim = m_shape.indexDim, heads = m_shape.indexHeads;
        m_scale = 1.0f / std::sqrt(static_cast<float>(heads * dim));
        for (std::int64_t t = 0; t < m_shape.length; ++t) {
            const float* source = m_in.index + t * m_shape.indexWidth();
            for (std::int64_t j = 0; j < heads; ++j)
                packRow(source + j * dim, t, m_query + (t * heads + j) * m_padded);
            normaliseKey(source + heads * dim, t);
            for (std::int64_t j = 0; j < heads; ++j)
                m_weight[t * heads + j] = source[heads * dim + dim + j] * m_scale;
        }
        packPanels(m_key, m_padded, m_shape.length, dim, m_keyPanels);
    }

    void packRow(const float* x, std::int64_t t, float* row) const {
        const std::int64_t dim = m_shape.indexDim;
        rotate(x, m_in.indexRope, t, dim / 4, 1.0f, row);
        std::copy(x + dim / 2, x + dim, row + dim / 2);
        std::fill(row + dim, row + m_padded, 0.0f);
    }

    void normaliseKey(const float* x, std::int64_t t) {
        const std::int64_t dim = m_shape.indexDim;
        double mean = 0, square = 0;
        for (std::int64_t d = 0; d < dim; ++d) mean += x[d];
        mean /= static_cast<double>(dim);
        for (std::int64_t d = 0; d < dim; ++d) square += (x[d] - mean) * (x[d] - mean);
        m_inverseStd[t] =
            static_cast<float>(1.0 / std::sqrt(square / static_cast<double>(dim) + 1e-6));
        float* normal = m_normalised + t * dim;
        float* affine = m_products;  // free until the first block
        for (std::int64_t d = 0; d < dim; ++d) {
            normal[d] = (x[d] - static_cast<float>(mean)) * m_inverseStd[t];
            affine[d] = normal[d] * m_in.keyNormWeight[d] + m_in.keyNormBias[d];
        }
        packRow(affine, t, m_key + t * m_padded);
    }

    const ForwardArguments& m_in;
    SequenceShape m_shape;
    std::int64_t m_padded, m_columns;
    float m_scale = 0;
    float *m_query, *m_key, *m_keyPanels, *m_weight, *m_normalised, *m_inverseStd, *m_products,
        *m_gradKey, *m_gradQuery;
};

}  // namespace kernels::cpu::KERNEL_ISA
