// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/anova_block.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "stats/arguments.h"
#include "stats/distributions.h"
#include "stats/error_term.h"

namespace stats {
namespace {

/// The table minus its first value, with its margins.
struct Margins {
    std::vector<double> blockMeans;
    std::vector<double> cellMeans;
    double grandMean = 0;
    double largest = 0;  // largest |value| of the original table
};

Margins marginsOf(Blocks blocks) {
    const std::size_t cells = blocks[0].size();
    const double first = blocks[0][0];
    Margins margins;
    margins.cellMeans.assign(cells, 0);
    for (const auto& block : blocks) {
        double sum = 0;
        for (std::size_t c = 0; c < cells; ++c) {
            sum += block[c] - first;
            margins.cellMeans[c] += (block[c] - first) / static_cast<double>(blocks.size());
            margins.largest = std::max(margins.largest, std::abs(block[c]));
        }
        margins.blockMeans.push_back(sum / static_cast<double>(cells));
        margins.grandMean += margins.blockMeans.back() / static_cast<double>(blocks.size());
    }
    return margins;
}

double sumOfSquares(const std::vector<double>& means, double centre, double repeats) {
    double sum = 0;
    for (const double value : means) sum += (value - centre) * (value - centre);
    return repeats * sum;
}

/// Residuals of the additive model; rows are blocks.
std::vector<std::vector<double>> residualsOf(Blocks blocks, const Margins& margins) {
    std::vector<std::vector<double>> residuals;
    for (std::size_t b = 0; b < blocks.size(); ++b) {
        std::vector<double>& row = residuals.emplace_back();
        for (std::size_t c = 0; c < blocks[b].size(); ++c) {
            row.push_back((blocks[b][c] - blocks[0][0]) - margins.blockMeans[b] -
                          (margins.cellMeans[c] - margins.grandMean));
        }
    }
    return residuals;
}

/// Greenhouse and Geisser, Psychometrika 24 (1959) 95-112. The cross products of the residuals are
/// the double-centred covariance matrix of the cells, so epsilon = trace^2 / ((k-1) sum S_ij^2).
double greenhouseGeisser(const std::vector<std::vector<double>>& residuals) {
    const std::size_t cells = residuals[0].size();
    double trace = 0;
    for (const auto& row : residuals) trace += sumOfSquares(row, 0, 1);
    double squares = 0;  // of the products' shares in the trace, which cannot overflow
    for (std::size_t i = 0; i < cells; ++i) {
        for (std::size_t j = i; j < cells; ++j) {
            double product = 0;
            for (const auto& row : residuals) product += row[i] * row[j];
            squares += (i == j ? 1.0 : 2.0) * (product / trace) * (product / trace);
        }
    }
    const double lowest = 1 / static_cast<double>(cells - 1);
    return std::clamp(lowest / squares, lowest, 1.0);
}

/// Huynh and Feldt, J. Educ. Statist. 1 (1976) 69-82; n blocks, k cells.
double huynhFeldt(double epsilon, double n, double k) {
    const double denominator = (k - 1) * (n - 1 - (k - 1) * epsilon);
    const double numerator = n * (k - 1) * epsilon - 2;
    return denominator <= 0 ? 1 : std::min(1.0, numerator / denominator);
}

void correctForSphericity(BlockAnova& result, double epsilon) {
    const auto pAt = [&result](double e) {
        return fisherFSf(result.f, result.dfCells * e, result.dfError * e);
    };
    result.greenhouseGeisser = epsilon;
    result.pGreenhouseGeisser = pAt(epsilon);
    result.pLowerBound = pAt(1 / result.dfCells);
    if (result.cells > 2 && result.blocks > 2) {
        result.huynhFeldt = huynhFeldt(epsilon, static_cast<double>(result.blocks),
                                       static_cast<double>(result.cells));
        result.pHuynhFeldt = pAt(*result.huynhFeldt);
    }
}

}  // namespace

BlockAnova blockAnova(Blocks blocks) {
    requireBlocks("blockAnova", blocks, 2, 2);
    const Margins margins = marginsOf(blocks);
    const auto n = static_cast<double>(blocks.size());
    const auto k = static_cast<double>(blocks[0].size());
    const std::vector<std::vector<double>> residuals = residualsOf(blocks, margins);
    BlockAnova result;
    result.blocks = blocks.size();
    result.cells = blocks[0].size();
    result.dfCells = k - 1;
    result.dfBlocks = n - 1;
    result.dfError = (k - 1) * (n - 1);
    result.ssCells = sumOfSquares(margins.cellMeans, margins.grandMean, n);
    result.ssBlocks = sumOfSquares(margins.blockMeans, margins.grandMean, k);
    for (const auto& row : residuals) result.ssError += sumOfSquares(row, 0, 1);
    if (isNoise(result.ssError, margins.largest, n * k)) {
        refuse("blockAnova", "blocks", "must differ by more than block and cell effects alone");
    }
    result.msCells = result.ssCells / result.dfCells;
    result.msError = result.ssError / result.dfError;
    const double msBlocks = result.ssBlocks / result.dfBlocks;
    result.f = result.msCells / result.msError;
    result.p = fisherFSf(result.f, result.dfCells, result.dfError);
    result.fBlocks = msBlocks / result.msError;
    result.pBlocks = fisherFSf(result.fBlocks, result.dfBlocks, result.dfError);
    correctForSphericity(result, greenhouseGeisser(residuals));
    result.partialEta2 = result.ssCells / (result.ssCells + result.ssError);
    result.generalizedEta2 = result.ssCells / (result.ssCells + result.ssError + result.ssBlocks);
    result.relativeEfficiency =
        ((n - 1) * msBlocks + n * (k - 1) * result.msError) / ((n * k - 1) * result.msError);
    return result;
}

}  // namespace stats
