// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/anova_twoway.h"

#include "stats/arguments.h"
#include "stats/factorial_design.h"

namespace stats {
namespace {

struct Terms {
    DesignColumns intercept;
    DesignColumns a;
    DesignColumns b;
    DesignColumns ab;
};

Terms termsOf(const Factorial& data, const FactorialSize& size) {
    Terms terms;
    terms.intercept = {std::vector<double>(size.n, 1.0)};
    terms.a = sumContrasts(data.a, size.a);
    terms.b = sumContrasts(data.b, size.b);
    terms.ab = interactionOf(terms.a, terms.b);
    return terms;
}

/// Sum of squares of the term that enters last.
double lastOf(const char* function, const std::vector<DesignColumns>& terms,
              const std::vector<double>& y) {
    return fitSequentially(function, terms, y).sumsOfSquares.back();
}

/// Takes the mean of its block off every value: what the block term leaves of the vector. Returns
/// the sum of squares of what was taken.
double takeBlockMeans(std::span<const std::size_t> block, std::size_t blocks,
                      std::vector<double>& values) {
    std::vector<double> means(blocks, 0.0);
    std::vector<double> counts(blocks, 0.0);
    for (std::size_t i = 0; i < values.size(); ++i) {
        means[block[i]] += values[i];
        ++counts[block[i]];
    }
    double squares = 0;
    for (std::size_t s = 0; s < blocks; ++s) {
        means[s] /= counts[s];
        squares += counts[s] * means[s] * means[s];
    }
    for (std::size_t i = 0; i < values.size(); ++i) values[i] -= means[block[i]];
    return squares;
}

/// The block term enters first, so the terms behind it may be fitted to what it leaves: a column
/// per block would make thousands of seeds unaffordable (Frisch and Waugh, Econometrica 1 (1933)
/// 387-401).
void takeBlockMeans(const char* function, std::span<const std::size_t> block, std::size_t blocks,
                    Terms& terms) {
    for (DesignColumns* term : {&terms.a, &terms.b, &terms.ab}) {
        for (std::vector<double>& column : *term) {
            double before = 0;
            double after = 0;
            for (const double value : column) before += value * value;
            takeBlockMeans(block, blocks, column);
            for (const double value : column) after += value * value;
            if (after <= 1e-20 * before) {
                refuse(function, "factors", "must not determine each other (dependent columns)");
            }
        }
    }
}

FactorialAnova finish(const char* function, const Factorial& data,
                      std::vector<FactorialEffect> effects, double ssTotal) {
    FactorialAnova result;
    result.n = data.y.size();
    result.ssTotal = ssTotal;
    for (FactorialEffect& effect : effects) {
        requireError(function, effect.ssError, data);
        finishEffect(effect, static_cast<double>(result.n), ssTotal);
    }
    result.effects = std::move(effects);
    return result;
}

std::vector<FactorialEffect> namedEffects(const std::vector<std::string>& names,
                                          const std::vector<DesignColumns>& terms,
                                          const SequentialFit& fit) {
    std::vector<FactorialEffect> effects;
    for (std::size_t i = 0; i < names.size(); ++i) {
        FactorialEffect& effect = effects.emplace_back();
        effect.name = names[i];
        effect.df = static_cast<double>(terms[i + 1].size());
        effect.ss = fit.sumsOfSquares[i + 1];
        effect.dfError = fit.residualDf;
        effect.ssError = fit.residualSumOfSquares;
    }
    return effects;
}

}  // namespace

FactorialAnova twoWayAnova(const Factorial& data, SumOfSquares type) {
    const char* function = "twoWayAnova";
    const FactorialSize size = checkedSize(function, data);
    double ssTotal = 0;
    const std::vector<double> y = centredResponse(data.y, ssTotal);
    const Terms terms = termsOf(data, size);
    const std::vector<DesignColumns> order{terms.intercept, terms.a, terms.b, terms.ab};
    std::vector<FactorialEffect> effects =
        namedEffects({"a", "b", "a:b"}, order, fitSequentially(function, order, y));
    if (type == SumOfSquares::Marginal) {
        effects[0].ss = lastOf(function, {terms.intercept, terms.b, terms.a}, y);
    } else if (type == SumOfSquares::Partial) {
        effects[0].ss = lastOf(function, {terms.intercept, terms.b, terms.ab, terms.a}, y);
        effects[1].ss = lastOf(function, {terms.intercept, terms.a, terms.ab, terms.b}, y);
    }
    return finish(function, data, std::move(effects), ssTotal);
}

FactorialAnova twoWayBlockAnova(const Factorial& data) {
    const char* function = "twoWayBlockAnova";
    if (data.block.empty()) refuse(function, "block", "must hold one index per value of y");
    const FactorialSize size = checkedSize(function, data);
    FactorialAnova result;
    std::vector<double> y = centredResponse(data.y, result.ssTotal);
    FactorialEffect blocks;
    blocks.name = "s";
    blocks.df = static_cast<double>(size.blocks - 1);
    blocks.ss = takeBlockMeans(data.block, size.blocks, y);
    Terms terms = termsOf(data, size);
    takeBlockMeans(function, data.block, size.blocks, terms);
    std::vector<FactorialEffect> effects =
        namedEffects({"a", "b", "a:b"}, {{}, terms.a, terms.b, terms.ab},
                     fitSequentially(function, {{}, terms.a, terms.b, terms.ab}, y));
    effects.insert(effects.begin(), blocks);
    const double dfError = effects.back().dfError - static_cast<double>(size.blocks);
    if (!(dfError > 0)) refuse(function, "y", "must leave residual degrees of freedom");
    for (FactorialEffect& effect : effects) {
        effect.dfError = dfError;
        effect.ssError = effects.back().ssError;
    }
    return finish(function, data, std::move(effects), result.ssTotal);
}

}  // namespace stats
