// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace experiment {

enum class AttentionKind { Dense, Sparse };
enum class Selector { Aligned, Frozen, Oracle, Local, Random };
enum class Precision { Fp32, Bf16 };
enum class BatchUnit { Sequences, Tokens };
enum class BudgetUnit { Epochs, Steps, Tokens };
enum class CorpusKind { File, TinyShakespeare, LaggedCopy, UniformRandom };

/// The transformer with DeepSeek sparse attention and its lightning indexer.
struct ModelSettings {
    std::int64_t dModel = 512;
    std::int64_t heads = 8;
    std::int64_t layers = 6;
    std::int64_t dFf = 2048;
    std::int64_t indexHeads = 4;  // H_I
    std::int64_t indexDim = 64;   // d_I
    std::int64_t vocabulary = 256;
    double ropeBase = 10000.0;
    double initialStd = 0.02;
    bool operator==(const ModelSettings&) const = default;
};

struct TrainingSettings {
    BatchUnit batchUnit = BatchUnit::Sequences;
    std::int64_t batch = 32;  // sequences or tokens, per run
    BudgetUnit budgetUnit = BudgetUnit::Epochs;
    double budget = 100.0;  // epochs, steps or tokens, per run
    double learningRate = 1e-4;
    double beta1 = 0.9;
    double beta2 = 0.95;
    double epsilon = 1e-8;
    double weightDecay = 0.1;        // matrices only
    double warmupShare = 0.02;       // of the steps, linear
    double finalRateShare = 0.1;     // cosine ends at this share of learningRate
    double clipNorm = 1.0;           // backbone and indexer apart
    double denseWarmupShare = 0.05;  // of the steps attend densely; 0 switches it off
    Precision precision = Precision::Fp32;
    std::int64_t evaluations = 10;  // validation points on the way, the last one included
    std::int64_t evaluationTokens =
        16384;                        // read by each but the last, which reads the whole split
    double checkpointSeconds = 60.0;  // between checkpoints of a running cohort
    bool operator==(const TrainingSettings&) const = default;
};

struct DataSettings {
    CorpusKind kind = CorpusKind::TinyShakespeare;
    std::string path;              // kind File: a file, or a folder read in name order
    double validationShare = 0.1;  // the last part of the corpus
    // Made corpora (controls with known answers).
    std::int64_t alphabet = 16;
    std::int64_t lag = 100;
    double noise = 0.1;
    std::int64_t tokens = 2'000'000;
    std::int64_t corpusSeed = 1;
    bool operator==(const DataSettings&) const = default;
};

struct GridSettings {
    std::vector<std::int64_t> lengths = {64, 128, 256, 512, 1024};
    std::vector<double> keepRatios = {0.25, 0.33, 0.5, 0.67, 0.75, 0.9};
    std::vector<std::int64_t> seeds = {42, 43, 44};
    Selector selector = Selector::Aligned;
    bool denseReference = false;
    bool operator==(const GridSettings&) const = default;
};

struct ExperimentSettings {
    std::string name = "Sparsity study";
    std::string preset = "paper";
    ModelSettings model;
    TrainingSettings training;
    DataSettings data;
    GridSettings grid;
    bool operator==(const ExperimentSettings&) const = default;
};

/// One training: a cell of the grid (length, keep ratio or dense) and a seed.
struct RunSpec {
    std::int64_t length = 0;
    double keepRatio = 1.0;  // r = k/L; 1 for the dense reference
    std::int64_t keep = 0;   // k
    AttentionKind attention = AttentionKind::Sparse;
    Selector selector = Selector::Aligned;
    std::int64_t seed = 42;
    double learningRateFactor = 1.0;
    bool operator==(const RunSpec&) const = default;
};

/// k = max(1, floor(L * r + 1e-9)), so that 0.29 * 100 is 29.
std::int64_t keepCount(std::int64_t length, double keepRatio);

/// sum_t min(k, t+1) / (L (L+1) / 2): the share of causal pairs that is really kept.
double pairsKept(std::int64_t length, std::int64_t keep);

/// Sequences of one batch of one run at this length; at least 1.
std::int64_t batchSequences(const TrainingSettings& training, std::int64_t length);

/// Every run of the grid: lengths outermost, then ratios (the dense reference last), then seeds.
std::vector<RunSpec> plannedRuns(const ExperimentSettings& settings);

const char* name(AttentionKind kind);
const char* name(Selector selector);
const char* name(Precision precision);
const char* name(CorpusKind kind);

}  // namespace experiment
