// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/effect_size.h"
#include "tests/stats/golden/golden_registry.h"

namespace golden {
namespace {

Json cohensD(const GoldenCase& row) {
    const std::vector<double> x = row.dataNumbers("pair", "x");
    const std::vector<double> y = row.dataNumbers("pair", "y");
    const double conf = row.number("conf");
    const stats::StandardizedDifference got =
        row.isPaired() ? stats::cohensDPaired(x, y, conf) : stats::cohensD(x, y, conf);
    Json fields{{"mean_diff", got.meanDifference},
                {"sd", got.sd},
                {"df", got.df},
                {"t", got.t},
                {"p", got.p},
                {"d", got.d},
                {"J", got.correction},
                {"g", got.g},
                {"ncp_lo", got.ncp.lower},
                {"ncp_hi", got.ncp.upper},
                {"d_lo", got.dInterval.lower},
                {"d_hi", got.dInterval.upper},
                {"g_lo", got.gInterval.lower},
                {"g_hi", got.gInterval.upper}};
    if (got.dAverage) fields["d_av"] = *got.dAverage;
    return fields;
}

const Family kEffect{"effect", {{"cohens_d", cohensD}}};

}  // namespace
}  // namespace golden
