// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/stats/golden/result_fields.h"

namespace golden {
namespace {

Json orNull(const std::optional<double>& value) {
    return value ? Json(*value) : Json();
}

template <typename Value>
Json listOf(const stats::FactorialAnova& anova, Value stats::FactorialEffect::*field) {
    Json list = Json::array();
    for (const stats::FactorialEffect& effect : anova.effects) list.push_back(effect.*field);
    return list;
}

Json effectFields(const stats::FactorialAnova& result) {
    using Effect = stats::FactorialEffect;
    return {{"effects", listOf(result, &Effect::name)},
            {"df", listOf(result, &Effect::df)},
            {"ss", listOf(result, &Effect::ss)},
            {"ms", listOf(result, &Effect::ms)},
            {"F", listOf(result, &Effect::f)},
            {"p", listOf(result, &Effect::p)},
            {"ss_total", result.ssTotal},
            {"eta2", listOf(result, &Effect::eta2)},
            {"partial_eta2", listOf(result, &Effect::partialEta2)},
            {"partial_omega2", listOf(result, &Effect::partialOmega2)}};
}

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

}  // namespace

Json fieldsOf(const stats::OneWayAnova& result) {
    return {{"df_between", result.dfBetween},
            {"df_within", result.dfWithin},
            {"ss_between", result.ssBetween},
            {"ss_within", result.ssWithin},
            {"ss_total", result.ssTotal},
            {"ms_between", result.msBetween},
            {"ms_within", result.msWithin},
            {"residual_sd", result.residualSd},
            {"r2", result.eta2},
            {"F", result.f},
            {"p", result.p},
            {"eta2", result.eta2},
            {"omega2", result.omega2},
            {"epsilon2", result.epsilon2},
            {"cohen_f", result.cohenF},
            {"ncp_lo", result.ncp.lower},
            {"ncp_hi", result.ncp.upper},
            {"eta2_lo", result.eta2Interval.lower},
            {"eta2_hi", result.eta2Interval.upper}};
}

Json fieldsOf(const stats::UnequalVarianceAnova& result) {
    return {{"F", result.f}, {"df1", result.df1}, {"df2", result.df2}, {"p", result.p}};
}

Json fieldsOf(const stats::BlockAnova& result) {
    Json fields{{"df_cells", result.dfCells},
                {"df_blocks", result.dfBlocks},
                {"df_error", result.dfError},
                {"ss_cells", result.ssCells},
                {"ss_blocks", result.ssBlocks},
                {"ss_error", result.ssError},
                {"ms_cells", result.msCells},
                {"ms_error", result.msError},
                {"F", result.f},
                {"p", result.p},
                {"F_blocks", result.fBlocks},
                {"p_blocks", result.pBlocks},
                {"gg_eps", result.greenhouseGeisser},
                {"p_gg", result.pGreenhouseGeisser},
                {"p_lower_bound", result.pLowerBound},
                {"partial_eta2", result.partialEta2},
                {"generalized_eta2", result.generalizedEta2},
                {"relative_efficiency", result.relativeEfficiency}};
    if (result.huynhFeldt) fields["hf_eps"] = *result.huynhFeldt;
    if (result.pHuynhFeldt) fields["p_hf"] = *result.pHuynhFeldt;
    return fields;
}

Json fieldsOf(const stats::LeveneTest& result) {
    return {{"F", result.f}, {"df1", result.df1}, {"df2", result.df2}, {"p", result.p}};
}

Json fieldsOf(const stats::ShapiroWilk& result) {
    return {{"W", result.w}, {"p", result.p}};
}

Json fieldsOf(const stats::KruskalWallis& result) {
    return {{"H", result.h},
            {"df", result.df},
            {"p", result.p},
            {"epsilon2", result.epsilonSquared},
            {"eta2_H", result.etaSquaredH}};
}

Json fieldsOf(const stats::Friedman& result) {
    const bool agree = !result.imanDavenport;  // F grows beyond all bounds
    return {{"Q", result.q},
            {"df", result.df},
            {"p", result.p},
            {"kendall_w", result.kendallW},
            {"iman_davenport_F", agree ? Json("Inf") : Json(result.imanDavenport->f)},
            {"iman_davenport_p", agree ? 0.0 : result.imanDavenport->p}};
}

Json fieldsOf(const stats::FriedmanExact& result) {
    return {{"Q", result.q}, {"p_exact", result.p}};
}

Json fieldsOf(const stats::Jonckheere& result) {
    Json fields{{"J", result.j},
                {"mean", result.mean},
                {"var", result.variance},
                {"z", result.z},
                {"p_asym_increasing", result.asymptotic.increasing},
                {"p_asym_decreasing", result.asymptotic.decreasing},
                {"p_asym_two", result.asymptotic.two}};
    if (result.exact) {
        fields["p_exact_increasing"] = result.exact->increasing;
        fields["p_exact_decreasing"] = result.exact->decreasing;
        fields["p_exact_two"] = result.exact->two;
    }
    return fields;
}

Json fieldsOf(const stats::Page& result) {
    return {{"L", result.l},
            {"z_noties", result.z},
            {"p_asym_noties", result.pAsymptotic},
            {"p_exact", result.tied ? Json() : orNull(result.pExact)},
            {"p_exact_conditional", orNull(result.pExact)},
            {"p_exact_ignoring_ties", orNull(result.pIgnoringTies)}};
}

Json fieldsOf(const stats::AdjustedPairs& result) {
    Json fields = fieldsWithOwnDf(result.comparisons);
    fields["p_bonferroni"] = result.bonferroni;
    fields["p_holm"] = result.holm;
    fields["p_hochberg"] = result.hochberg;
    fields["p_hommel"] = result.hommel;
    fields["p_bh"] = result.benjaminiHochberg;
    fields["p_by"] = result.benjaminiYekutieli;
    return fields;
}

Json fieldsOf(const stats::Dunnett& result) {
    Json fields;
    for (const stats::ControlComparison& one : result.comparisons) {
        fields["group"].push_back(one.group);
        fields["diff"].push_back(one.diff);
        fields["t"].push_back(one.t);
        fields["p"].push_back(one.p);
        fields["lo"].push_back(one.lo);
        fields["hi"].push_back(one.hi);
    }
    fields["crit"] = result.criticalValue;
    fields["df"] = result.df;
    return fields;
}

Json fieldsOf(const stats::HsuMcb& result) {
    Json candidates = Json::array();
    for (const bool candidate : result.candidate) candidates.push_back(candidate ? 1 : 0);
    return {{"crit", result.criticalValue},
            {"margin", result.margin},
            {"diff_to_best_other", result.diffToBestOther},
            {"lo", result.lo},
            {"hi", result.hi},
            {"candidate", candidates}};
}

Json fieldsOf(const stats::Nemenyi& result) {
    Json fields = pairFields(result.comparisons);
    fields["mean_ranks"] = result.meanRanks;
    fields["cd"] = result.criticalDifference;
    return fields;
}

Json fieldsOf(const stats::ArgminBootstrap& result) {
    return {{"p_best", result.pBest}};
}

Json fieldsWithCommonError(const stats::FactorialAnova& result) {
    Json fields = effectFields(result);
    const stats::FactorialEffect& effect = result.effects.front();
    fields["df_error"] = effect.dfError;
    fields["ss_error"] = effect.ssError;
    fields["ms_error"] = effect.ssError / effect.dfError;
    return fields;
}

Json fieldsWithOwnErrors(const stats::FactorialAnova& result) {
    Json fields = effectFields(result);
    fields["df_error"] = listOf(result, &stats::FactorialEffect::dfError);
    fields["ss_error"] = listOf(result, &stats::FactorialEffect::ssError);
    return fields;
}

Json fieldsWithCommonDf(const stats::PairComparisons& result) {
    Json fields = pairFields(result);
    fields["df"] = result.df;
    fields["ms_within"] = result.errorMeanSquare;
    fields["ms_error"] = result.errorMeanSquare;
    fields["q_crit"] = result.criticalValue;
    return fields;
}

Json fieldsWithOwnDf(const stats::PairComparisons& result) {
    Json fields = pairFields(result);
    fields["df"] = fields["pair_df"];
    return fields;
}

}  // namespace golden
