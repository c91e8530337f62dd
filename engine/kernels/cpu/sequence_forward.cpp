// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/kernels/cpu/selection.h"
#include "engine/kernels/cpu/sequence_indexer.h"

namespace kernels::cpu::KERNEL_ISA {
namespace {

constexpr std::int64_t kRows = SequenceIndexer::kMostRows;  // queries of one block

/// One pass over a sequence in blocks of queries; only columns up to the block's end are touched.
class ForwardPass {
public:
    ForwardPass(ForwardArguments& arguments, Scratch& scratch)
        : m_in(arguments),
          m_shape(arguments.shape),
          m_padded(roundUp(m_shape.headDim, kPanel)),
          m_ld(roundUp(m_shape.length, kPanel) + kPanel),
          m_scratch(scratch) {
        const std::int64_t columns = roundUp(m_shape.length, kPanel), heads = m_shape.heads;
        m_query = scratch.floats(0, heads * m_shape.length * m_padded);
        m_keyPanels = scratch.floats(1, heads * columns * m_shape.headDim);
        m_value = scratch.floats(2, heads * m_shape.length * m_padded);
        m_probability = scratch.floats(3, kRows * m_ld);
        m_bias = scratch.floats(4, kRows * m_ld);
        m_mean = scratch.floats(5, kRows * m_ld);
        m_scores = scratch.floats(6, kRows * m_ld);
        m_output = scratch.floats(7, kRows * m_padded);
        m_keys = reinterpret_cast<std::int32_t*>(scratch.floats(8, m_ld));
        m_oracle = reinterpret_cast<std::uint64_t*>(scratch.floats(9, 2 * m_shape.maskWords()));
        m_causal = scratch.floats(10, kRows * m_ld);
        packHeads();
    }

    void run() {
        const bool scores = m_shape.indexHeads > 0;
        if (!scores) {
            blocks(nullptr);
            return;
        }
        SequenceIndexer indexer(m_in, m_scratch);
        blocks(&indexer);
        if (m_in.alignment == Alignment::On) indexer.finishBackward();
    }

private:
    void packHeads() {
        const float scale = 1.0f / std::sqrt(static_cast<float>(m_shape.headDim));
        const std::int64_t length = m_shape.length, columns = roundUp(length, kPanel);
        float* key = m_scratch.floats(11, length * m_padded);
        for (std::int64_t h = 0; h < m_shape.heads; ++h) {
            packHead(m_shape, m_in.qkv, m_in.rope, Part::Query, h, scale, m_padded,
                     m_query + h * length * m_padded);
            packHead(m_shape, m_in.qkv, m_in.rope, Part::Value, h, 1.0f, m_padded,
                     m_value + h * length * m_padded);
            packHead(m_shape, m_in.qkv, m_in.rope, Part::Key, h, 1.0f, m_padded, key);
            packPanels(key, m_padded, length, m_shape.headDim,
                       m_keyPanels + h * columns * m_shape.headDim);
        }
    }

    void blocks(SequenceIndexer* indexer) {
        m_in.divergence = 0;
        for (m_first = 0; m_first < m_shape.length; m_first += kRows) {
            m_rows = std::min(kRows, m_shape.length - m_first);
            m_end = m_first + m_rows;
            m_columns = roundUp(m_end, kPanel);
            if (indexer) indexer->scores(m_first, m_rows, m_end, m_scores, m_ld);
            select();
            attend();
            if (m_in.alignment == Alignment::On || (m_in.diagnostics && indexer)) {
                const double divergence = alignmentLoss();
                if (m_in.diagnostics) m_in.diagnostics->divergence += divergence;
                m_in.divergence += divergence * m_in.lossScale;
            }
            if (m_in.alignment == Alignment::On)
                indexer->backward(m_first, m_rows, m_end, m_scores, m_ld);
            if (m_in.diagnostics) diagnose();
        }
    }

    std::uint64_t* bits(std::int64_t row) const {
        return m_in.selected + (m_first + row) * m_shape.maskWords();
    }

    void select() {
        if (m_in.support == Support::OracleTop) denseMean();
        for (std::int64_t r = 0; r < m_rows; ++r) {
            const std::int64_t t = m_first + r, words = m_shape.maskWords();
            switch (m_in.support) {
                case Support::Causal:
                    selectRange(0, t, bits(r), words);
                    break;
                case Support::Window:
                    selectRange(std::max<std::int64_t>(0, t + 1 - m_in.keep), t, bits(r), words);
                    break;
                case Support::RandomTop:
                    randomScores(t, m_probability);
                    pick(m_probability, t, bits(r));
                    break;
                case Support::OracleTop:
                    pick(m_mean + r * m_ld, t, bits(r));
                    break;
                case Support::IndexTop:
                    pick(m_scores + r * m_ld, t, bits(r));
                    break;
            }
            biasFromBits(bits(r), words, m_columns, m_bias + r * m_ld);
        }
    }

    void pick(const float* scores, std::int64_t t, std::uint64_t* words) const {
        selectLargest(scores, t + 1, m_in.keep, m_keys, words, m_shape.maskWords());
    }

    void randomScores(std::int64_t t, float* out) const {
        for (std::int64_t s = 0; s <= t; ++s) out[s] = randomScore(m_in.randomKey, t, s);
    }

    /// Probabilities of head h under `bias` -> m_probability; log-sum-exp of each row to lse when
    /// it is given.
    void probabilities(std::int64_t h, const float* bias, float* lse) {
        const std::int64_t length = m_shape.length, dim = m_shape.headDim,
                           panels = roundUp(length, kPanel);
        multiply<Store::Overwrite>(
            m_rows, m_columns, dim, {m_query + (h * length + m_first) * m_padded, m_padded, 1},
            {m_keyPanels + h * panels * dim, kPanel, dim * kPanel}, m_probability, m_ld);
        for (std::int64_t r = 0; r < m_rows; ++r) {
            const float value = softmaxRow(m_probability + r * m_ld, bias + r * m_ld, m_columns);
            if (lse) lse[m_first + r] = value;
        }
    }

    void addToMean(std::int64_t h) {
        const float share = 1.0f / static_cast<float>(m_shape.heads);
        for (std::int64_t r = 0; r < m_rows; ++r)
            for (std::int64_t s = 0; s < m_columns; s += kWidth) {
                const Vec p = load(m_probability + r * m_ld + s) * share;
                float* cell = m_mean + r * m_ld + s;
                store(cell, h == 0 ? p : load(cell) + p);
            }
    }

    /// Head-mean of the dense attention probabilities of this block -> m_mean.
    void denseMean() {
        std::uint64_t* words = m_oracle;
        for (std::int64_t r = 0; r < m_rows; ++r) {
            selectRange(0, m_first + r, words, m_shape.maskWords());
            biasFromBits(words, m_shape.maskWords(), m_columns, m_causal + r * m_ld);
        }
        for (std::int64_t h = 0; h < m_shape.heads; ++h) {
            probabilities(h, m_causal, nullptr);
            addToMean(h);
        }
    }

    void attend() {
        const std::int64_t length = m_shape.length, dim = m_shape.headDim,
                           width = m_shape.modelWidth();
        const bool mean = m_in.alignment == Alignment::On || m_in.diagnostics;
        for (std::int64_t h = 0; h < m_shape.heads; ++h) {
            probabilities(h, m_bias, m_in.logSumExp ? m_in.logSumExp + h * length : nullptr);
            if (mean) addToMean(h);
            multiply<Store::Overwrite>(m_rows, m_padded, m_end, {m_probability, m_ld, 1},
                                       {m_value + h * length * m_padded, m_padded, kPanel},
                                       m_output, m_padded);
            for (std::int64_t r = 0; r < m_rows; ++r)
                std::copy(m_output + r * m_padded, m_output + r * m_padded + dim,
                          m_in.mixed + (m_first + r) * width + h * dim);
        }
    }

    /// sum over this block's queries of KL(p_t || softmax(I_t)); m_scores becomes lossScale *
    /// (softmax(I) - p).
    double alignmentLoss() {
        double total = 0;
        for (std::int64_t r = 0; r < m_rows; ++r) {
            float* scores = m_scores + r * m_ld;
            const float* target = m_mean + r * m_ld;
            const float* bias = m_bias + r * m_ld;
            std::copy(scores, scores + m_columns, m_probability);
            const Vec logMass = splat(softmaxRow(m_probability, bias, m_columns));
            Vec loss{};
            for (std::int64_t s = 0; s < m_columns; s += kWidth) {
                const Vec p = load(target + s);
                const Vec term = p * (logarithm(p) - load(scores + s) + logMass);
                loss += p > Vec{} ? term : Vec{};
                store(scores + s, (load(m_probability + s) - p) * m_in.lossScale);
            }
            total += sum(loss);
        }
        return total;
    }

    /// What the selection caught of the dense attention of the same layer.
    void diagnose() {
        denseMean();
        DiagnosticSums& sums = *m_in.diagnostics;
        for (std::int64_t r = 0; r < m_rows; ++r) {
            const std::int64_t t = m_first + r;
            const std::uint64_t* chosen = bits(r);
            pick(m_mean + r * m_ld, t, m_oracle);
            double caught = 0, distance = 0, shared = 0, kept = 0;
            for (std::int64_t s = 0; s <= t; ++s) {
                if (!((chosen[s / 64] >> (s % 64)) & 1)) continue;
                caught += m_mean[r * m_ld + s];
                distance += static_cast<double>(t - s);
                shared += static_cast<double>((m_oracle[s / 64] >> (s % 64)) & 1);
                kept += 1;
            }
            sums.recall += caught;
            sums.distance += distance / kept;
            sums.overlap += shared / static_cast<double>(std::min(m_in.keep, t + 1));
            sums.queries += 1;
        }
    }

    ForwardArguments& m_in;
    SequenceShape m_shape;
    std::int64_t m_padded, m_ld, m_first = 0, m_rows = 0, m_end = 0, m_columns = 0;
    Scratch& m_scratch;
    float *m_query, *m_keyPanels, *m_value, *m_probability, *m_bias, *m_mean, *m_scores, *m_output,
        *m_causal;
    std::int32_t* m_keys;
    std::uint64_t* m_oracle;
};

}  // namespace

Scratch& threadScratch() {
    thread_local Scratch scratch;
    return scratch;
}

void forwardSequence(ForwardArguments& arguments) {
    ForwardPass(arguments, threadScratch()).run();
}

}  // namespace kernels::cpu::KERNEL_ISA
