// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/kernels/cpu/sequence_pack.h"

namespace kernels::cpu::KERNEL_ISA {

Scratch& threadScratch();

namespace {

constexpr std::int64_t kRows = 48;  // queries of one block

class BackwardPass {
public:
    BackwardPass(const BackwardArguments& arguments, Scratch& scratch)
        : m_in(arguments),
          m_shape(arguments.shape),
          m_padded(roundUp(m_shape.headDim, kPanel)),
          m_ld(roundUp(m_shape.length, kPanel) + kPanel),
          m_scale(1.0f / std::sqrt(static_cast<float>(m_shape.headDim))) {
        const std::int64_t columns = roundUp(m_shape.length, kPanel);
        const auto rows = [&](std::size_t slot) {
            return scratch.floats(slot, (columns + kRows) * m_padded);
        };
        m_query = rows(0), m_key = rows(1), m_keyPanels = rows(2), m_value = rows(7),
        m_valuePanels = rows(9);
        m_gradOutput = rows(10), m_gradKey = rows(11), m_gradValue = rows(12);
        m_probability = scratch.floats(3, kRows * m_ld);
        m_bias = scratch.floats(4, kRows * m_ld);
        m_gradScores = scratch.floats(5, kRows * m_ld);
        m_gradQuery = scratch.floats(6, kRows * m_padded);
        m_delta = scratch.floats(8, m_shape.length);
    }

    void run() {
        for (m_head = 0; m_head < m_shape.heads; ++m_head) {
            packHeadInputs();
            std::fill(m_gradKey, m_gradKey + m_shape.length * m_padded, 0.0f);
            std::fill(m_gradValue, m_gradValue + m_shape.length * m_padded, 0.0f);
            for (std::int64_t first = 0; first < m_shape.length; first += kRows)
                block(first, std::min(kRows, m_shape.length - first));
            writeKeyValueGradients();
        }
    }

private:
    void packHeadInputs() {
        const std::int64_t length = m_shape.length, dim = m_shape.headDim,
                           width = m_shape.modelWidth();
        packHead(m_shape, m_in.qkv, m_in.rope, Part::Query, m_head, m_scale, m_padded, m_query);
        packHead(m_shape, m_in.qkv, m_in.rope, Part::Key, m_head, 1.0f, m_padded, m_key);
        packPanels(m_key, m_padded, length, dim, m_keyPanels);
        packHead(m_shape, m_in.qkv, m_in.rope, Part::Value, m_head, 1.0f, m_padded, m_value);
        packPanels(m_value, m_padded, length, dim, m_valuePanels);
        for (std::int64_t t = 0; t < length; ++t) {
            const float* grad = m_in.gradMixed + t * width + m_head * dim;
            const float* out = m_in.mixed + t * width + m_head * dim;
            float* row = m_gradOutput + t * m_padded;
            float delta = 0;
            for (std::int64_t d = 0; d < dim; ++d) {
                row[d] = grad[d];
                delta += grad[d] * out[d];
            }
            std::fill(row + dim, row + m_padded, 0.0f);
            m_delta[t] = delta;
        }
    }

    void block(std::int64_t first, std::int64_t rows) {
        const std::int64_t dim = m_shape.headDim, end = first + rows,
                           columns = roundUp(end, kPanel);
        for (std::int64_t r = 0; r < rows; ++r)
            biasFromBits(m_in.selected + (first + r) * m_shape.maskWords(), m_shape.maskWords(),
                         columns, m_bias + r * m_ld);
        multiply<Store::Overwrite>(rows, columns, dim, {m_query + first * m_padded, m_padded, 1},
                                   {m_keyPanels, kPanel, dim * kPanel}, m_probability, m_ld);
        multiply<Store::Overwrite>(rows, columns, dim,
                                   {m_gradOutput + first * m_padded, m_padded, 1},
                                   {m_valuePanels, kPanel, dim * kPanel}, m_gradScores, m_ld);
        for (std::int64_t r = 0; r < rows; ++r) rowGradient(first + r, r, columns);
        multiply<Store::Overwrite>(rows, m_padded, end, {m_gradScores, m_ld, 1},
                                   {m_key, m_padded, kPanel}, m_gradQuery, m_padded);
        multiply<Store::Accumulate>(end, m_padded, rows, {m_probability, 1, m_ld},
                                    {m_gradOutput + first * m_padded, m_padded, kPanel},
                                    m_gradValue, m_padded);
        multiply<Store::Accumulate>(end, m_padded, rows, {m_gradScores, 1, m_ld},
                                    {m_query + first * m_padded, m_padded, kPanel}, m_gradKey,
                                    m_padded);
        for (std::int64_t r = 0; r < rows; ++r) {
            float* g = m_gradQuery + r * m_padded;
            for (std::int64_t d = 0; d < dim; ++d) g[d] *= m_scale;
            rotate(g, m_in.rope, first + r, dim / 2, -1.0f, gradient(first + r, Part::Query));
        }
    }

    /// scores -> probabilities, d loss / d probabilities -> d loss / d scores, in place.
    void rowGradient(std::int64_t t, std::int64_t r, std::int64_t columns) {
        float* probability = m_probability + r * m_ld;
        float* grad = m_gradScores + r * m_ld;
        const float* bias = m_bias + r * m_ld;
        const Vec lse = splat(m_in.logSumExp[m_head * m_shape.length + t]),
                  delta = splat(m_delta[t]);
        for (std::int64_t s = 0; s < columns; s += kWidth) {
            const Vec p = exponential(load(probability + s) + load(bias + s) - lse);
            store(probability + s, p);
            store(grad + s, p * (load(grad + s) - delta));
        }
    }

    float* gradient(std::int64_t t, Part part) const {
        const std::int64_t width = m_shape.modelWidth();
        return m_in.gradQkv + t * 3 * width + static_cast<std::int64_t>(part) * width +
               m_head * m_shape.headDim;
    }

    void writeKeyValueGradients() const {
        const std::int64_t dim = m_shape.headDim;
        for (std::int64_t s = 0; s < m_shape.length; ++s) {
            rotate(m_gradKey + s * m_padded, m_in.rope, s, dim / 2, -1.0f, gradient(s, Part::Key));
            std::copy(m_gradValue + s * m_padded, m_gradValue + s * m_padded + dim,
                      gradient(s, Part::Value));
        }
    }

    const BackwardArguments& m_in;
    SequenceShape m_shape;
    std::int64_t m_padded, m_ld, m_head = 0;
    float m_scale;
    float *m_query, *m_key, *m_keyPanels, *m_value, *m_valuePanels, *m_gradOutput, *m_gradKey,
        *m_gradValue;
    float *m_probability, *m_bias, *m_gradScores, *m_gradQuery, *m_delta;
};

}  // namespace

void backwardSequence(const BackwardArguments& arguments) {
    BackwardPass(arguments, threadScratch()).run();
}

}  // namespace kernels::cpu::KERNEL_ISA
