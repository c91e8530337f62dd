// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/anova_block.h"
#include "stats/anova_oneway.h"
#include "tests/stats/golden/golden_registry.h"

namespace golden {
namespace {

Json oneWay(const GoldenCase& row) {
    const stats::OneWayAnova got = stats::oneWayAnova(row.groups(), row.number("conf"));
    return {{"df_between", got.dfBetween},
            {"df_within", got.dfWithin},
            {"ss_between", got.ssBetween},
            {"ss_within", got.ssWithin},
            {"ss_total", got.ssTotal},
            {"ms_between", got.msBetween},
            {"ms_within", got.msWithin},
            {"residual_sd", got.residualSd},
            {"r2", got.eta2},
            {"F", got.f},
            {"p", got.p},
            {"eta2", got.eta2},
            {"omega2", got.omega2},
            {"epsilon2", got.epsilon2},
            {"cohen_f", got.cohenF},
            {"ncp_lo", got.ncp.lower},
            {"ncp_hi", got.ncp.upper},
            {"eta2_lo", got.eta2Interval.lower},
            {"eta2_hi", got.eta2Interval.upper}};
}

Json unequalVariance(const stats::UnequalVarianceAnova& got) {
    return {{"F", got.f}, {"df1", got.df1}, {"df2", got.df2}, {"p", got.p}};
}

Json welch(const GoldenCase& row) {
    return unequalVariance(stats::welchAnova(row.groups()));
}

Json brownForsythe(const GoldenCase& row) {
    return unequalVariance(stats::brownForsytheMeans(row.groups()));
}

Json block(const GoldenCase& row) {
    const stats::BlockAnova got = stats::blockAnova(row.blocks());
    Json fields{{"df_cells", got.dfCells},
                {"df_blocks", got.dfBlocks},
                {"df_error", got.dfError},
                {"ss_cells", got.ssCells},
                {"ss_blocks", got.ssBlocks},
                {"ss_error", got.ssError},
                {"ms_cells", got.msCells},
                {"ms_error", got.msError},
                {"F", got.f},
                {"p", got.p},
                {"F_blocks", got.fBlocks},
                {"p_blocks", got.pBlocks},
                {"gg_eps", got.greenhouseGeisser},
                {"p_gg", got.pGreenhouseGeisser},
                {"p_lower_bound", got.pLowerBound},
                {"partial_eta2", got.partialEta2},
                {"generalized_eta2", got.generalizedEta2},
                {"relative_efficiency", got.relativeEfficiency}};
    if (got.huynhFeldt) fields["hf_eps"] = *got.huynhFeldt;
    if (got.pHuynhFeldt) fields["p_hf"] = *got.pHuynhFeldt;
    return fields;
}

const Family kOneWay{
    "anova_oneway",
    {{"oneway_anova", oneWay}, {"welch_anova", welch}, {"bf_means", brownForsythe}}};
const Family kBlock{"anova_block", {{"rm_anova", block}}};

}  // namespace
}  // namespace golden
