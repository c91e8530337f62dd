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
    double ssTotal = 0;
    const std::vector<double> y = centredResponse(data.y, ssTotal);
    const Terms terms = termsOf(data, size);
    const std::vector<DesignColumns> order{terms.intercept, sumContrasts(data.block, size.blocks),
                                           terms.a, terms.b, terms.ab};
    return finish(function, data,
                  namedEffects({"s", "a", "b", "a:b"}, order, fitSequentially(function, order, y)),
                  ssTotal);
}

}  // namespace stats
