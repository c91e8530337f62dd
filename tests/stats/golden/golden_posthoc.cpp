// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/dunnett.h"
#include "stats/hsu_mcb.h"
#include "stats/nemenyi.h"
#include "stats/pairwise_t.h"
#include "stats/tukey.h"
#include "tests/stats/golden/golden_registry.h"
#include "tests/stats/golden/result_fields.h"

namespace golden {
namespace {

Json tukey(const GoldenCase& row) {
    return fieldsWithCommonDf(stats::tukeyHsd(row.groups(), row.number("alpha")));
}

Json tukeyBlock(const GoldenCase& row) {
    return fieldsWithCommonDf(stats::tukeyHsdOnBlocks(row.blocks(), row.number("alpha")));
}

Json gamesHowell(const GoldenCase& row) {
    return fieldsWithOwnDf(stats::gamesHowell(row.groups(), row.number("alpha")));
}

stats::PairComparisons pairwiseBy(const GoldenCase& row) {
    const std::string method = row.text("method");
    const double confidence = row.number("conf");
    if (method == "pooled") return stats::pairwiseTPooled(row.groups(), confidence);
    if (method == "welch") return stats::pairwiseTWelch(row.groups(), confidence);
    if (method == "paired") return stats::pairwiseTPaired(row.blocks(), confidence);
    refuseChoice("method", method);
}

Json pairwiseT(const GoldenCase& row) {
    using stats::Adjustment;
    stats::AdjustedPairs got;
    got.comparisons = pairwiseBy(row);
    got.bonferroni = stats::adjustedP(got.comparisons, Adjustment::Bonferroni);
    got.holm = stats::adjustedP(got.comparisons, Adjustment::Holm);
    got.hochberg = stats::adjustedP(got.comparisons, Adjustment::Hochberg);
    got.hommel = stats::adjustedP(got.comparisons, Adjustment::Hommel);
    got.benjaminiHochberg = stats::adjustedP(got.comparisons, Adjustment::BenjaminiHochberg);
    got.benjaminiYekutieli = stats::adjustedP(got.comparisons, Adjustment::BenjaminiYekutieli);
    return fieldsOf(got);
}

stats::Sides sidesOf(const GoldenCase& row) {
    const std::string sides = row.text("sides");
    if (sides == "two") return stats::Sides::Two;
    if (sides == "less") return stats::Sides::Less;
    if (sides == "greater") return stats::Sides::Greater;
    refuseChoice("sides", sides);
}

Json dunnett(const GoldenCase& row) {
    return fieldsOf(
        stats::dunnett(row.groups(), row.index("control"), sidesOf(row), row.number("alpha")));
}

Json dunnettBlock(const GoldenCase& row) {
    return fieldsOf(stats::dunnettOnBlocks(row.blocks(), row.index("control"), sidesOf(row),
                                           row.number("alpha")));
}

Json hsuMcb(const GoldenCase& row) {
    const bool largest = row.hasArgument("best") && row.text("best") == "max";
    return fieldsOf(stats::hsuMcb(
        row.groups(), largest ? stats::Best::Largest : stats::Best::Smallest, row.number("alpha")));
}

Json nemenyi(const GoldenCase& row) {
    return fieldsOf(stats::nemenyi(row.blocks(), row.number("alpha")));
}

const Family kPosthoc{"posthoc",
                      {{"tukey", tukey},
                       {"tukey_block", tukeyBlock},
                       {"games_howell", gamesHowell},
                       {"pairwise_t", pairwiseT},
                       {"dunnett", dunnett},
                       {"dunnett_block", dunnettBlock},
                       {"hsu_mcb", hsuMcb},
                       {"nemenyi", nemenyi}}};

}  // namespace
}  // namespace golden
