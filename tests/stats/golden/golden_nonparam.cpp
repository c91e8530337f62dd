// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/friedman.h"
#include "stats/kruskal.h"
#include "stats/p_adjust.h"
#include "stats/two_sample_ranks.h"
#include "tests/stats/golden/golden_registry.h"
#include "tests/stats/golden/result_fields.h"

namespace golden {
namespace {

Json kruskal(const GoldenCase& row) {
    return fieldsOf(stats::kruskalWallis(row.groups()));
}

Json kruskalExact(const GoldenCase& row) {
    const auto got = stats::kruskalWallisExact(row.groups());
    return {{"H", got.h}, {"p_exact", got.p}, {"n_arrangements", got.arrangements}};
}

Json friedman(const GoldenCase& row) {
    return fieldsOf(stats::friedman(row.blocks()));
}

Json friedmanExact(const GoldenCase& row) {
    return fieldsOf(stats::friedmanExact(row.blocks()));
}

Json mannWhitney(const GoldenCase& row) {
    const auto got = stats::mannWhitney(row.dataNumbers("pair", "x"), row.dataNumbers("pair", "y"));
    return {{"U", got.u}, {"p", got.p}};
}

Json wilcoxonSigned(const GoldenCase& row) {
    const auto got =
        stats::wilcoxonSigned(row.dataNumbers("pair", "x"), row.dataNumbers("pair", "y"));
    return {{"V", got.v}, {"p", got.p}};
}

Json padjust(const GoldenCase& row) {
    const std::vector<double> p = row.numbers("p");
    using stats::Adjustment;
    return {{"bonferroni", stats::adjustP(p, Adjustment::Bonferroni)},
            {"holm", stats::adjustP(p, Adjustment::Holm)},
            {"hochberg", stats::adjustP(p, Adjustment::Hochberg)},
            {"hommel", stats::adjustP(p, Adjustment::Hommel)},
            {"bh", stats::adjustP(p, Adjustment::BenjaminiHochberg)},
            {"by", stats::adjustP(p, Adjustment::BenjaminiYekutieli)}};
}

const Family kNonparam{"nonparam",
                       {{"kruskal", kruskal},
                        {"kruskal_exact", kruskalExact},
                        {"friedman", friedman},
                        {"friedman_exact", friedmanExact},
                        {"mann_whitney", mannWhitney},
                        {"wilcoxon_signed", wilcoxonSigned}}};
const Family kPadjust{"padjust", {{"padjust", padjust}}};

}  // namespace
}  // namespace golden
