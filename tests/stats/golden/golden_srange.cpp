// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/studentized_range.h"
#include "tests/stats/golden/golden_registry.h"

namespace golden {
namespace {

Json rangeCdf(const GoldenCase& row) {
    const double q = row.number("q");
    const double k = row.number("k");
    const double df = row.number("df");
    return {{"cdf", stats::studentizedRangeCdf(q, k, df)},
            {"sf", stats::studentizedRangeSf(q, k, df)}};
}

Json rangeQuantileUpper(const GoldenCase& row) {
    return {{"q", stats::studentizedRangeQuantileUpper(row.number("p"), row.number("k"),
                                                       row.number("df"))}};
}

Json rangeQuantileLower(const GoldenCase& row) {
    return {{"q", stats::studentizedRangeQuantileLower(row.number("p"), row.number("k"),
                                                       row.number("df"))}};
}

const Family kStudentizedRange{"srange",
                               {{"srange_cdf", rangeCdf},
                                {"srange_quantile_upper", rangeQuantileUpper},
                                {"srange_quantile_lower", rangeQuantileLower}}};

}  // namespace
}  // namespace golden
