// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/friedman.h"
#include "stats/kruskal.h"
#include "stats/p_adjust.h"
#include "stats/two_sample_ranks.h"
#include "tests/stats/golden/golden_registry.h"

namespace golden {
namespace {

Json kruskal(const GoldenCase& row) {
    const auto got = stats::kruskalWallis(row.groups());
    return {{"H", got.h},
            {"df", got.df},
            {"p", got.p},
            {"epsilon2", got.epsilonSquared},
            {"eta2_H", got.etaSquaredH}};
}

Json kruskalExact(const GoldenCase& row) {
    const auto got = stats::kruskalWallisExact(row.groups());
    return {{"H", got.h}, {"p_exact", got.p}, {"n_arrangements", got.arrangements}};
}

Json friedman(const GoldenCase& row) {
    const auto got = stats::friedman(row.blocks());
    const bool agree = !got.imanDavenport;  // F grows beyond all bounds
    return {{"Q", got.q},
            {"df", got.df},
            {"p", got.p},
            {"kendall_w", got.kendallW},
            {"iman_davenport_F", agree ? Json("Inf") : Json(got.imanDavenport->f)},
            {"iman_davenport_p", agree ? 0.0 : got.imanDavenport->p}};
}

Json friedmanExact(const GoldenCase& row) {
    const auto got = stats::friedmanExact(row.blocks());
    return {{"Q", got.q}, {"p_exact", got.p}};
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
