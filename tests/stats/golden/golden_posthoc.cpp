// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/dunnett.h"
#include "stats/hsu_mcb.h"
#include "stats/nemenyi.h"
#include "stats/pairwise_t.h"
#include "stats/tukey.h"
#include "tests/stats/golden/golden_registry.h"

namespace golden {
namespace {

Json pairFields(const stats::PairComparisons& comparisons) {
    Json fields;
    for (const stats::PairComparison& pair : comparisons.pairs) {
        fields["i"].push_back(pair.i);
        fields["j"].push_back(pair.j);
        fields["diff"].push_back(pair.diff);
        fields["se"].push_back(pair.se);
        fields["p"].push_back(pair.p);
        fields["lo"].push_back(pair.lo);
        fields["hi"].push_back(pair.hi);
        fields["statistic"].push_back(pair.statistic);
        fields["pair_df"].push_back(pair.df);
    }
    fields["q"] = fields["statistic"];
    fields["t"] = fields["statistic"];
    return fields;
}

Json tukey(const GoldenCase& row) {
    const auto got = stats::tukeyHsd(row.groups(), row.number("alpha"));
    Json fields = pairFields(got);
    fields["df"] = got.df;
    fields["ms_within"] = got.errorMeanSquare;
    fields["q_crit"] = got.criticalValue;
    return fields;
}

Json tukeyBlock(const GoldenCase& row) {
    const auto got = stats::tukeyHsdOnBlocks(row.blocks(), row.number("alpha"));
    Json fields = pairFields(got);
    fields["df"] = got.df;
    fields["ms_error"] = got.errorMeanSquare;
    fields["q_crit"] = got.criticalValue;
    return fields;
}

Json gamesHowell(const GoldenCase& row) {
    Json fields = pairFields(stats::gamesHowell(row.groups(), row.number("alpha")));
    fields["df"] = fields["pair_df"];
    return fields;
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
    const auto got = pairwiseBy(row);
    Json fields = pairFields(got);
    fields["df"] = fields["pair_df"];
    fields["p_bonferroni"] = stats::adjustedP(got, Adjustment::Bonferroni);
    fields["p_holm"] = stats::adjustedP(got, Adjustment::Holm);
    fields["p_hochberg"] = stats::adjustedP(got, Adjustment::Hochberg);
    fields["p_hommel"] = stats::adjustedP(got, Adjustment::Hommel);
    fields["p_bh"] = stats::adjustedP(got, Adjustment::BenjaminiHochberg);
    fields["p_by"] = stats::adjustedP(got, Adjustment::BenjaminiYekutieli);
    return fields;
}

stats::Sides sidesOf(const GoldenCase& row) {
    const std::string sides = row.text("sides");
    if (sides == "two") return stats::Sides::Two;
    if (sides == "less") return stats::Sides::Less;
    if (sides == "greater") return stats::Sides::Greater;
    refuseChoice("sides", sides);
}

Json dunnettFields(const stats::Dunnett& got) {
    Json fields;
    for (const stats::ControlComparison& one : got.comparisons) {
        fields["group"].push_back(one.group);
        fields["diff"].push_back(one.diff);
        fields["t"].push_back(one.t);
        fields["p"].push_back(one.p);
        fields["lo"].push_back(one.lo);
        fields["hi"].push_back(one.hi);
    }
    fields["crit"] = got.criticalValue;
    fields["df"] = got.df;
    return fields;
}

Json dunnett(const GoldenCase& row) {
    return dunnettFields(
        stats::dunnett(row.groups(), row.index("control"), sidesOf(row), row.number("alpha")));
}

Json dunnettBlock(const GoldenCase& row) {
    return dunnettFields(stats::dunnettOnBlocks(row.blocks(), row.index("control"), sidesOf(row),
                                                row.number("alpha")));
}

Json hsuMcb(const GoldenCase& row) {
    const bool largest = row.hasArgument("best") && row.text("best") == "max";
    const auto got = stats::hsuMcb(
        row.groups(), largest ? stats::Best::Largest : stats::Best::Smallest, row.number("alpha"));
    Json candidates = Json::array();
    for (const bool candidate : got.candidate) candidates.push_back(candidate ? 1 : 0);
    return {{"crit", got.criticalValue},
            {"margin", got.margin},
            {"diff_to_best_other", got.diffToBestOther},
            {"lo", got.lo},
            {"hi", got.hi},
            {"candidate", candidates}};
}

Json nemenyi(const GoldenCase& row) {
    const auto got = stats::nemenyi(row.blocks(), row.number("alpha"));
    Json fields = pairFields(got.comparisons);
    fields["mean_ranks"] = got.meanRanks;
    fields["cd"] = got.criticalDifference;
    return fields;
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
