// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "stats/jonckheere.h"
#include "stats/page.h"
#include "stats/rank_correlation.h"
#include "tests/stats/golden/golden_registry.h"
#include "tests/stats/golden/result_fields.h"

namespace golden {
namespace {

Json optional(const std::optional<double>& value) {
    return value ? Json(*value) : Json();
}

Json page(const GoldenCase& row) {
    return fieldsOf(stats::page(row.blocks()));
}

/// The row lists the abscissae beside the expected probabilities; both come back.
Json pageNull(const GoldenCase& row) {
    const std::vector<double> l = toNumbers(row.expected.at("L"));
    std::vector<double> tail;
    for (const double value : l) {
        tail.push_back(stats::pageNullSf(row.index("k"), row.index("n"), value));
    }
    return {{"L", l}, {"sf", tail}};
}

Json jonckheere(const GoldenCase& row) {
    return fieldsOf(stats::jonckheere(row.groups()));
}

/// table[x] for every x that the row lists under `field`.
Json lookUp(const std::vector<double>& table, const Json& abscissae) {
    Json values = Json::array();
    for (const Json& x : abscissae) values.push_back(table.at(toIndex(x)));
    return values;
}

Json jonckheereNull(const GoldenCase& row) {
    std::vector<std::size_t> sizes;
    for (const double size : row.numbers("sizes")) sizes.push_back(static_cast<std::size_t>(size));
    const Json& j = row.expected.at("J");
    return {{"J", j}, {"sf", lookUp(stats::jonckheereNullSf(sizes), j)}};
}

void addExact(Json& fields, const std::optional<stats::CorrelationP>& exact) {
    if (!exact) return;
    fields["p_exact_two"] = exact->two;
    fields["p_exact_greater"] = exact->greater;
    fields["p_exact_less"] = exact->less;
}

Json spearman(const GoldenCase& row) {
    const auto got = stats::spearman(row.dataNumbers("xy", "x"), row.dataNumbers("xy", "y"));
    Json fields{{"rho", got.rho}, {"p_t_two", optional(got.pStudent)}, {"S", got.s}};
    addExact(fields, got.exact);
    return fields;
}

Json kendall(const GoldenCase& row) {
    const auto got = stats::kendall(row.dataNumbers("xy", "x"), row.dataNumbers("xy", "y"));
    Json fields{{"tau_b", got.tauB}, {"S", got.s}, {"z", got.z}, {"p_asym_two", got.pAsymptotic}};
    addExact(fields, got.exact);
    return fields;
}

Json spearmanNull(const GoldenCase& row) {
    const Json& s = row.expected.at("S");
    return {{"S", s}, {"cdf", lookUp(stats::spearmanNullCdf(row.index("n")), s)}};
}

Json kendallNull(const GoldenCase& row) {
    const Json& concordant = row.expected.at("concordant");
    return {{"concordant", concordant},
            {"cdf", lookUp(stats::kendallNullCdf(row.index("n")), concordant)}};
}

const Family kTrend{"trend",
                    {{"page", page},
                     {"page_null", pageNull},
                     {"jonckheere", jonckheere},
                     {"jonckheere_null", jonckheereNull},
                     {"spearman", spearman},
                     {"kendall", kendall},
                     {"spearman_null", spearmanNull},
                     {"kendall_null", kendallNull}}};

}  // namespace
}  // namespace golden
