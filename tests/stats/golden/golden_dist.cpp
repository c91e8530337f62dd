// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/distributions.h"
#include "tests/stats/golden/golden_registry.h"

namespace golden {
namespace {

Json fisherF(const GoldenCase& row) {
    const double x = row.number("x");
    const double df1 = row.number("df1");
    const double df2 = row.number("df2");
    return {{"sf", stats::fisherFSf(x, df1, df2)}, {"cdf", stats::fisherFCdf(x, df1, df2)}};
}

Json studentT(const GoldenCase& row) {
    const double x = row.number("x");
    const double df = row.number("df");
    return {{"sf", stats::studentTSf(x, df)}, {"cdf", stats::studentTCdf(x, df)}};
}

Json chiSquared(const GoldenCase& row) {
    const double x = row.number("x");
    const double df = row.number("df");
    return {{"sf", stats::chiSquaredSf(x, df)}, {"cdf", stats::chiSquaredCdf(x, df)}};
}

Json fisherFUpper(const GoldenCase& row) {
    return {
        {"x", stats::fisherFQuantileUpper(row.number("p"), row.number("df1"), row.number("df2"))}};
}

Json studentTUpper(const GoldenCase& row) {
    return {{"x", stats::studentTQuantileUpper(row.number("p"), row.number("df"))}};
}

Json noncentralF(const GoldenCase& row) {
    const double x = row.number("x");
    const double df1 = row.number("df1");
    const double df2 = row.number("df2");
    const double ncp = row.number("ncp");
    return {{"cdf", stats::noncentralFCdf(x, df1, df2, ncp)},
            {"sf", stats::noncentralFSf(x, df1, df2, ncp)}};
}

Json noncentralT(const GoldenCase& row) {
    const double x = row.number("x");
    const double df = row.number("df");
    const double ncp = row.number("ncp");
    return {{"cdf", stats::noncentralTCdf(x, df, ncp)}, {"sf", stats::noncentralTSf(x, df, ncp)}};
}

Json noncentralTNcp(const GoldenCase& row) {
    return {{"ncp", stats::noncentralTFindNcp(row.number("x"), row.number("df"), row.number("p"))}};
}

Json noncentralFNcp(const GoldenCase& row) {
    return {{"ncp", stats::noncentralFFindNcp(row.number("x"), row.number("df1"), row.number("df2"),
                                              row.number("p"))}};
}

const Family kDistributions{"dist",
                            {{"f_sf", fisherF},
                             {"t_sf", studentT},
                             {"chi2_sf", chiSquared},
                             {"f_quantile_upper", fisherFUpper},
                             {"t_quantile_upper", studentTUpper},
                             {"ncf", noncentralF},
                             {"nct", noncentralT},
                             {"nct_find_ncp", noncentralTNcp},
                             {"ncf_find_ncp", noncentralFNcp}}};

}  // namespace
}  // namespace golden
