// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/power.h"
#include "tests/stats/golden/golden_registry.h"

namespace golden {
namespace {

stats::Sides sidesOf(const GoldenCase& row) {
    const std::string sides = row.text("sides");
    if (sides == "two") return stats::Sides::Two;
    if (sides == "less") return stats::Sides::Less;
    if (sides == "greater") return stats::Sides::Greater;
    refuseChoice("sides", sides);
}

Json fFields(const stats::FPower& got) {
    return {{"lambda", got.lambda},
            {"df1", got.df1},
            {"df2", got.df2},
            {"f_crit", got.criticalF},
            {"power", got.power}};
}

Json tFields(const stats::TPower& got) {
    return {{"df", got.df},
            {"ncp", got.ncp},
            {"t_crit", got.criticalT},
            {"power", got.power},
            {"power_upper_tail", got.powerUpperTail}};
}

Json sizeFields(const stats::SampleSize& got) {
    return {{"n_real", got.exact},
            {"n_int", got.n},
            {"power_at_n_int", got.powerAtN},
            {"total_N", got.total}};
}

Json anova(const GoldenCase& row) {
    return fFields(
        stats::powerAnova(row.number("k"), row.number("n"), row.number("f"), row.number("alpha")));
}

Json anovaWithin(const GoldenCase& row) {
    const stats::WithinDesign design{row.number("k"), row.number("n"), row.number("rho"),
                                     row.number("eps")};
    return fFields(stats::powerAnovaWithin(design, row.number("f"), row.number("alpha")));
}

Json factorial(const GoldenCase& row) {
    return fFields(stats::powerFactorial(row.number("df1"), row.number("cells"), row.number("N"),
                                         row.number("f"), row.number("alpha")));
}

Json anovaN(const GoldenCase& row) {
    return sizeFields(stats::sampleSizeAnova(row.number("k"), row.number("f"), row.number("alpha"),
                                             row.number("power")));
}

Json anovaF(const GoldenCase& row) {
    return {{"f", stats::detectableF(row.number("k"), row.number("n"), row.number("alpha"),
                                     row.number("power"))}};
}

Json twoSample(const GoldenCase& row) {
    return tFields(stats::powerTwoSample(row.number("n1"), row.number("n2"), row.number("d"),
                                         row.number("alpha"), sidesOf(row)));
}

Json paired(const GoldenCase& row) {
    return tFields(
        stats::powerPaired(row.number("n"), row.number("d"), row.number("alpha"), sidesOf(row)));
}

Json twoSampleN(const GoldenCase& row) {
    return sizeFields(stats::sampleSizeTwoSample(row.number("d"), row.number("alpha"),
                                                 row.number("power"), sidesOf(row)));
}

Json pairedN(const GoldenCase& row) {
    return sizeFields(stats::sampleSizePaired(row.number("d"), row.number("alpha"),
                                              row.number("power"), sidesOf(row)));
}

Json twoSampleD(const GoldenCase& row) {
    return {{"d", stats::detectableDTwoSample(row.number("n"), row.number("alpha"),
                                              row.number("power"))}};
}

Json pairedD(const GoldenCase& row) {
    return {
        {"d", stats::detectableDPaired(row.number("n"), row.number("alpha"), row.number("power"))}};
}

const Family kPower{"power",
                    {{"power_anova", anova},
                     {"power_anova_n", anovaN},
                     {"power_anova_f", anovaF},
                     {"power_anova_within", anovaWithin},
                     {"power_factorial", factorial},
                     {"power_t2", twoSample},
                     {"power_t1", paired},
                     {"power_t2_n", twoSampleN},
                     {"power_t1_n", pairedN},
                     {"power_t2_d", twoSampleD},
                     {"power_t1_d", pairedD}}};

}  // namespace
}  // namespace golden
