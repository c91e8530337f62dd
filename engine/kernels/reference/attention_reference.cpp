// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/kernels/reference/attention_reference.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace kernels::reference {
namespace {

using Index = std::int64_t;
using Row = std::vector<double>;

std::size_t z(Index i) {
    return static_cast<std::size_t>(i);
}

/// Pairs (i, i + half) of the first 2 * half elements turned by t * base^(-i / half); sign -1 turns
/// back.
void rope(double* x, Index half, Index t, double base, double sign) {
    for (Index i = 0; i < half; ++i) {
        const double angle = static_cast<double>(t) *
                             std::pow(base, -static_cast<double>(i) / static_cast<double>(half));
        const double a = x[i], b = x[i + half], c = std::cos(angle), s = sign * std::sin(angle);
        x[i] = a * c - b * s;
        x[i + half] = b * c + a * s;
    }
}

double dot(const double* a, const double* b, Index n) {
    return std::inner_product(a, a + n, b, 0.0);
}

Row softmax(const Row& x) {
    const double top = *std::max_element(x.begin(), x.end());
    Row out(x.size());
    double total = 0;
    for (std::size_t i = 0; i < x.size(); ++i) total += out[i] = std::exp(x[i] - top);
    for (double& p : out) p /= total;
    return out;
}

/// Heads after RoPE: query, key, value [H][L][D].
struct Heads {
    std::vector<Row> query, key, value;
};

Heads heads(const AttentionInput& in) {
    const auto& s = in.shape;
    const Index width = s.modelWidth();
    Heads out;
    for (Index h = 0; h < s.heads; ++h)
        for (Index part = 0; part < 3; ++part) {
            Row rows(z(s.length * s.headDim));
            for (Index t = 0; t < s.length; ++t) {
                const double* from = &in.qkv[z(t * 3 * width + part * width + h * s.headDim)];
                std::copy(from, from + s.headDim, &rows[z(t * s.headDim)]);
                if (part < 2) rope(&rows[z(t * s.headDim)], s.headDim / 2, t, in.ropeBase, 1);
            }
            (part == 0 ? out.query : part == 1 ? out.key : out.value).push_back(std::move(rows));
        }
    return out;
}

/// Indexer after LayerNorm and partial RoPE.
struct Indexer {
    Row query;       // [L, H_I, d_I]
    Row key;         // [L, d_I]
    Row weight;      // [L, H_I], scaled by H_I^-1/2 d_I^-1/2
    Row normalised;  // [L, d_I] before weight and bias
    Row inverseStd;  // [L]
    double scale = 0;
};

Indexer indexer(const AttentionInput& in) {
    const auto& s = in.shape;
    const Index dim = s.indexDim, count = s.indexHeads, width = s.indexWidth();
    Indexer out;
    out.scale = 1.0 / std::sqrt(static_cast<double>(count * dim));
    for (Index t = 0; t < s.length; ++t) {
        const double* row = &in.index[z(t * width)];
        for (Index j = 0; j < count; ++j) {
            Row q(row + j * dim, row + (j + 1) * dim);
            rope(q.data(), dim / 4, t, in.ropeBase, 1);
            out.query.insert(out.query.end(), q.begin(), q.end());
            out.weight.push_back(row[count * dim + dim + j] * out.scale);
        }
        const double* x = row + count * dim;
        const double mean = std::accumulate(x, x + dim, 0.0) / static_cast<double>(dim);
        double variance = 0;
        for (Index d = 0; d < dim; ++d)
            variance += (x[d] - mean) * (x[d] - mean) / static_cast<double>(dim);
        out.inverseStd.push_back(1.0 / std::sqrt(variance + 1e-6));
        Row k(z(dim));
        for (Index d = 0; d < dim; ++d) {
            out.normalised.push_back((x[d] - mean) * out.inverseStd.back());
            k[z(d)] = out.normalised.back() * in.keyNormWeight[z(d)] + in.keyNormBias[z(d)];
        }
        rope(k.data(), dim / 4, t, in.ropeBase, 1);
        out.key.insert(out.key.end(), k.begin(), k.end());
    }
    return out;
}

Row attentionLogits(const Heads& heads, const AttentionInput& in, Index h, Index t,
                    const std::vector<Index>& keys) {
    const Index dim = in.shape.headDim;
    Row logits;
    for (const Index key : keys)
        logits.push_back(dot(&heads.query[z(h)][z(t * dim)], &heads.key[z(h)][z(key * dim)], dim) /
                         std::sqrt(static_cast<double>(dim)));
    return logits;
}

std::vector<Index> allKeys(Index t) {
    std::vector<Index> keys(z(t + 1));
    std::iota(keys.begin(), keys.end(), Index{0});
    return keys;
}

/// Mean over the heads of the attention probabilities over `keys`.
Row headMean(const Heads& heads, const AttentionInput& in, Index t,
             const std::vector<Index>& keys) {
    Row mean(keys.size());
    for (Index h = 0; h < in.shape.heads; ++h) {
        const Row p = softmax(attentionLogits(heads, in, h, t, keys));
        for (std::size_t i = 0; i < p.size(); ++i)
            mean[i] += p[i] / static_cast<double>(in.shape.heads);
    }
    return mean;
}

std::vector<Index> select(const AttentionInput& in, const Heads& heads, const Row& scores,
                          Index t) {
    switch (in.support) {
        case cpu::Support::Causal:
            return allKeys(t);
        case cpu::Support::Window: {
            Row recency(z(t + 1));
            std::iota(recency.begin(), recency.end(), 0.0);
            return topKeys(recency, in.keep);
        }
        case cpu::Support::RandomTop: {
            Row random;
            for (Index s = 0; s <= t; ++s) random.push_back(cpu::randomScore(in.randomKey, t, s));
            return topKeys(random, in.keep);
        }
        case cpu::Support::OracleTop:
            return topKeys(headMean(heads, in, t, allKeys(t)), in.keep);
        case cpu::Support::IndexTop:
            break;
    }
    const auto row = scores.begin() + t * in.shape.length;
    return topKeys(Row(row, row + t + 1), in.keep);
}

Row gather(const Row& scores, Index length, Index t, const std::vector<Index>& keys) {
    Row out;
    for (const Index s : keys) out.push_back(scores[z(t * length + s)]);
    return out;
}

}  // namespace

std::vector<std::int64_t> topKeys(const std::vector<double>& row, std::int64_t keep) {
    std::vector<Index> order(row.size());
    std::iota(order.begin(), order.end(), Index{0});
    std::sort(order.begin(), order.end(), [&](Index a, Index b) {
        return row[z(a)] != row[z(b)] ? row[z(a)] > row[z(b)] : a > b;
    });
    order.resize(std::min(order.size(), z(keep)));
    std::sort(order.begin(), order.end());
    return order;
}

AttentionOutput attentionForward(const AttentionInput& in) {
    const auto& s = in.shape;
    const Heads parts = heads(in);
    AttentionOutput out;
    out.mixed.resize(z(s.length * s.modelWidth()));
    if (!in.index.empty()) {
        const Indexer index = indexer(in);
        out.scores.resize(z(s.length * s.length));
        for (Index t = 0; t < s.length; ++t)
            for (Index key = 0; key <= t; ++key)
                for (Index j = 0; j < s.indexHeads; ++j)
                    out.scores[z(t * s.length + key)] +=
                        index.weight[z(t * s.indexHeads + j)] *
                        std::max(0.0, dot(&index.query[z((t * s.indexHeads + j) * s.indexDim)],
                                          &index.key[z(key * s.indexDim)], s.indexDim));
    }
    for (Index t = 0; t < s.length; ++t) {
        const auto keys = select(in, parts, out.scores, t);
        for (Index h = 0; h < s.heads; ++h) {
            const Row p = softmax(attentionLogits(parts, in, h, t, keys));
            for (std::size_t i = 0; i < keys.size(); ++i)
                for (Index d = 0; d < s.headDim; ++d)
                    out.mixed[z(t * s.modelWidth() + h * s.headDim + d)] +=
                        p[i] * parts.value[z(h)][z(keys[i] * s.headDim + d)];
        }
        const Row target = headMean(parts, in, t, keys);
        if (!out.scores.empty()) {
            const Row q = softmax(gather(out.scores, s.length, t, keys));
            for (std::size_t i = 0; i < keys.size(); ++i)
                out.indexLoss +=
                    target[i] * std::log(target[i] / q[i]) / static_cast<double>(s.length);
        }
        out.selected.push_back(keys);
        out.target.push_back(target);
    }
    return out;
}

namespace {

void attentionGradient(const AttentionInput& in, const Heads& parts, const AttentionOutput& out,
                       const Row& gradMixed, Row& gradQkv) {
    const auto& s = in.shape;
    const Index width = s.modelWidth(), dim = s.headDim;
    const double scale = 1.0 / std::sqrt(static_cast<double>(dim));
    for (Index h = 0; h < s.heads; ++h) {
        Row gradQuery(z(s.length * dim)), gradKey(z(s.length * dim)), gradValue(z(s.length * dim));
        for (Index t = 0; t < s.length; ++t) {
            const auto& keys = out.selected[z(t)];
            const Row p = softmax(attentionLogits(parts, in, h, t, keys));
            const double* g = &gradMixed[z(t * width + h * dim)];
            Row gradP;
            double mean = 0;
            for (std::size_t i = 0; i < keys.size(); ++i) {
                gradP.push_back(dot(g, &parts.value[z(h)][z(keys[i] * dim)], dim));
                mean += p[i] * gradP[i];
            }
            for (std::size_t i = 0; i < keys.size(); ++i)
                for (Index d = 0; d < dim; ++d) {
                    const double gradLogit = p[i] * (gradP[i] - mean) * scale;
                    gradQuery[z(t * dim + d)] += gradLogit * parts.key[z(h)][z(keys[i] * dim + d)];
                    gradKey[z(keys[i] * dim + d)] += gradLogit * parts.query[z(h)][z(t * dim + d)];
                    gradValue[z(keys[i] * dim + d)] += p[i] * g[d];
                }
        }
        for (Index t = 0; t < s.length; ++t) {
            rope(&gradQuery[z(t * dim)], dim / 2, t, in.ropeBase, -1);
            rope(&gradKey[z(t * dim)], dim / 2, t, in.ropeBase, -1);
            for (Index d = 0; d < dim; ++d) {
                gradQkv[z(t * 3 * width + h * dim + d)] = gradQuery[z(t * dim + d)];
                gradQkv[z(t * 3 * width + width + h * dim + d)] = gradKey[z(t * dim + d)];
                gradQkv[z(t * 3 * width + 2 * width + h * dim + d)] = gradValue[z(t * dim + d)];
            }
        }
    }
}

/// d indexLoss / d scores = (softmax(I) - p) / L on the support, carried to the projections.
void indexGradient(const AttentionInput& in, const AttentionOutput& out, double factor,
                   AttentionGradients& grads) {
    const auto& s = in.shape;
    const Indexer index = indexer(in);
    const Index dim = s.indexDim, count = s.indexHeads, width = s.indexWidth();
    Row gradKey(z(s.length * dim));
    for (Index t = 0; t < s.length; ++t) {
        const auto& keys = out.selected[z(t)];
        const Row q = softmax(gather(out.scores, s.length, t, keys));
        for (std::size_t i = 0; i < keys.size(); ++i) {
            const double g = factor * (q[i] - out.target[z(t)][i]) / static_cast<double>(s.length);
            for (Index j = 0; j < count; ++j) {
                const double* query = &index.query[z((t * count + j) * dim)];
                const double product = dot(query, &index.key[z(keys[i] * dim)], dim);
                if (product <= 0) continue;
                grads.index[z(t * width + count * dim + dim + j)] += g * product * index.scale;
                for (Index d = 0; d < dim; ++d) {
                    const double w = g * index.weight[z(t * count + j)];
                    grads.index[z(t * width + j * dim + d)] += w * index.key[z(keys[i] * dim + d)];
                    gradKey[z(keys[i] * dim + d)] += w * query[d];
                }
            }
        }
        for (Index j = 0; j < count; ++j)
            rope(&grads.index[z(t * width + j * dim)], dim / 4, t, in.ropeBase, -1);
    }
    for (Index t = 0; t < s.length; ++t) {
        double* g = &gradKey[z(t * dim)];
        rope(g, dim / 4, t, in.ropeBase, -1);
        double mean = 0, meanX = 0;
        for (Index d = 0; d < dim; ++d) {
            const double x = index.normalised[z(t * dim + d)];
            grads.keyNormWeight[z(d)] += g[d] * x;
            grads.keyNormBias[z(d)] += g[d];
            mean += g[d] * in.keyNormWeight[z(d)] / static_cast<double>(dim);
            meanX += g[d] * in.keyNormWeight[z(d)] * x / static_cast<double>(dim);
        }
        for (Index d = 0; d < dim; ++d)
            grads.index[z(t * width + count * dim + d)] =
                index.inverseStd[z(t)] *
                (g[d] * in.keyNormWeight[z(d)] - mean - index.normalised[z(t * dim + d)] * meanX);
    }
}

}  // namespace

AttentionGradients attentionBackward(const AttentionInput& in, const Row& gradMixed,
                                     double gradIndexLoss) {
    const AttentionOutput out = attentionForward(in);
    AttentionGradients grads;
    grads.qkv.resize(in.qkv.size());
    attentionGradient(in, heads(in), out, gradMixed, grads.qkv);
    if (in.index.empty()) return grads;
    grads.index.resize(in.index.size());
    grads.keyNormWeight.resize(in.keyNormWeight.size());
    grads.keyNormBias.resize(in.keyNormBias.size());
    indexGradient(in, out, gradIndexLoss, grads);
    return grads;
}

}  // namespace kernels::reference
