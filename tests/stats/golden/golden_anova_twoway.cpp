// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/anova_twoway.h"
#include "stats/arguments.h"
#include "tests/stats/golden/golden_registry.h"

namespace golden {
namespace {

/// Owns what stats::Factorial views.
struct FactorialData {
    explicit FactorialData(const GoldenCase& row)
        : a(row.dataIndices("factorial", "a")),
          b(row.dataIndices("factorial", "b")),
          y(row.dataNumbers("factorial", "y")) {
        if (row.dataHas("block")) block = row.dataIndices("factorial", "block");
    }
    stats::Factorial withBlocks() const { return {a, b, y, block}; }
    stats::Factorial withoutBlocks() const { return {a, b, y, {}}; }

    std::vector<std::size_t> a;
    std::vector<std::size_t> b;
    std::vector<double> y;
    std::vector<std::size_t> block;
};

stats::SumOfSquares typeOf(int type) {
    switch (type) {
        case 1:
            return stats::SumOfSquares::Sequential;
        case 2:
            return stats::SumOfSquares::Marginal;
        case 3:
            return stats::SumOfSquares::Partial;
        default:
            stats::refuse("twoWayAnova", "type", "must be 1, 2 or 3");
    }
}

template <typename Value>
Json listOf(const stats::FactorialAnova& anova, Value stats::FactorialEffect::*field) {
    Json list = Json::array();
    for (const stats::FactorialEffect& effect : anova.effects) list.push_back(effect.*field);
    return list;
}

Json effectFields(const stats::FactorialAnova& got) {
    using Effect = stats::FactorialEffect;
    return {{"effects", listOf(got, &Effect::name)},
            {"df", listOf(got, &Effect::df)},
            {"ss", listOf(got, &Effect::ss)},
            {"ms", listOf(got, &Effect::ms)},
            {"F", listOf(got, &Effect::f)},
            {"p", listOf(got, &Effect::p)},
            {"ss_total", got.ssTotal},
            {"eta2", listOf(got, &Effect::eta2)},
            {"partial_eta2", listOf(got, &Effect::partialEta2)},
            {"partial_omega2", listOf(got, &Effect::partialOmega2)}};
}

/// All effects share one error term.
Json withCommonError(const stats::FactorialAnova& got) {
    Json fields = effectFields(got);
    const stats::FactorialEffect& effect = got.effects.front();
    fields["df_error"] = effect.dfError;
    fields["ss_error"] = effect.ssError;
    fields["ms_error"] = effect.ssError / effect.dfError;
    return fields;
}

Json twoWay(const GoldenCase& row) {
    const FactorialData data(row);
    return withCommonError(stats::twoWayAnova(data.withoutBlocks(), typeOf(row.whole("type"))));
}

Json twoWayBlock(const GoldenCase& row) {
    const FactorialData data(row);
    return withCommonError(stats::twoWayBlockAnova(data.withBlocks()));
}

Json twoWayWithin(const GoldenCase& row) {
    const FactorialData data(row);
    const stats::FactorialAnova got = stats::twoWayWithinAnova(data.withBlocks());
    Json fields = effectFields(got);
    fields["df_error"] = listOf(got, &stats::FactorialEffect::dfError);
    fields["ss_error"] = listOf(got, &stats::FactorialEffect::ssError);
    return fields;
}

const Family kTwoWay{
    "anova_twoway",
    {{"twoway_anova", twoWay}, {"twoway_rcbd", twoWayBlock}, {"twoway_rm", twoWayWithin}}};

}  // namespace
}  // namespace golden
