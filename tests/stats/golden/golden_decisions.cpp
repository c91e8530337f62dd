// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/alpha_spending.h"
#include "stats/argmin_bootstrap.h"
#include "stats/bayes_factors.h"
#include "stats/equivalence.h"
#include "tests/stats/golden/golden_registry.h"
#include "tests/stats/golden/result_fields.h"

namespace golden {
namespace {

/// The golden rows ask for the ideal bootstrap: enumerate as far as memory allows.
constexpr stats::BootstrapOptions kExact{.exactUpTo = 1e7};

Json bootBlock(const GoldenCase& row) {
    return fieldsOf(stats::bootstrapArgmin(row.blocks(), kExact));
}

Json bootIndependent(const GoldenCase& row) {
    return fieldsOf(stats::bootstrapArgminIndependent(row.groups(), kExact));
}

Json tost(const GoldenCase& row) {
    const auto x = row.dataNumbers("pair", "x");
    const auto y = row.dataNumbers("pair", "y");
    const auto test = row.isPaired() ? stats::tostPaired : stats::tostIndependent;
    const stats::Tost got = test(x, y, row.number("low"), row.number("high"), row.number("alpha"));
    return {{"t_low", got.tLow}, {"p_low", got.pLow}, {"t_high", got.tHigh}, {"p_high", got.pHigh},
            {"p", got.p},        {"df", got.df},      {"ci_lo", got.lo},     {"ci_hi", got.hi}};
}

Json alphaSpending(const GoldenCase& row) {
    const std::string sides = row.text("sides");
    const std::string spending = row.text("spending");
    if ((sides != "one" && sides != "two") || (spending != "obf" && spending != "pocock")) {
        refuseChoice("sides or spending", sides + ", " + spending);
    }
    const auto got = stats::alphaSpending(
        row.numbers("times"), row.number("alpha"),
        sides == "one" ? stats::LookSides::One : stats::LookSides::Two,
        spending == "obf" ? stats::Spending::OBrienFleming : stats::Spending::Pocock);
    return {{"cum_alpha", got.cumulativeAlpha}, {"z", got.z}, {"nominal_p", got.nominalP}};
}

Json bayesTwo(const GoldenCase& row) {
    return {{"bf10", stats::bayesFactorTwoSample(row.number("t"), row.number("n1"),
                                                 row.number("n2"), row.number("r"))
                         .bf10}};
}

Json bayesOne(const GoldenCase& row) {
    return {{"bf10",
             stats::bayesFactorOneSample(row.number("t"), row.number("n"), row.number("r")).bf10}};
}

Json bayesAnova(const GoldenCase& row) {
    return {{"bf10", stats::bayesFactorAnova(row.number("F"), row.number("n"), row.number("k"),
                                             row.number("r"))
                         .bf10}};
}

const Family kBootstrap{
    "bootstrap", {{"boot_argmin_block", bootBlock}, {"boot_argmin_independent", bootIndependent}}};
const Family kEquivalence{"equivalence", {{"tost", tost}}};
const Family kSequential{"sequential", {{"alpha_spending", alphaSpending}}};
const Family kBayes{"bayes",
                    {{"bf_ttest2", bayesTwo}, {"bf_ttest1", bayesOne}, {"bf_anova", bayesAnova}}};

}  // namespace
}  // namespace golden
