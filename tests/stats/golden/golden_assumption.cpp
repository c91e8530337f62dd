// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/shapiro_wilk.h"
#include "stats/variance_tests.h"
#include "tests/stats/golden/golden_registry.h"

namespace golden {
namespace {

stats::Centre centreOf(const std::string& name) {
    if (name == "mean") return stats::Centre::Mean;
    if (name == "median") return stats::Centre::Median;
    refuseChoice("center", name);
}

Json levene(const GoldenCase& row) {
    const stats::LeveneTest got = stats::leveneTest(row.groups(), centreOf(row.text("center")));
    return {{"F", got.f}, {"df1", got.df1}, {"df2", got.df2}, {"p", got.p}};
}

Json bartlett(const GoldenCase& row) {
    const stats::BartlettTest got = stats::bartlettTest(row.groups());
    return {{"K2", got.k2}, {"df", got.df}, {"p", got.p}};
}

Json shapiroFields(const stats::ShapiroWilk& got) {
    return {{"W", got.w}, {"p", got.p}};
}

Json shapiro(const GoldenCase& row) {
    return shapiroFields(stats::shapiroWilk(row.sample()));
}

Json shapiroResiduals(const GoldenCase& row) {
    return shapiroFields(stats::shapiroWilkOfResiduals(row.groups()));
}

const Family kAssumption{"assumption",
                         {{"levene", levene},
                          {"bartlett", bartlett},
                          {"shapiro", shapiro},
                          {"shapiro_resid", shapiroResiduals}}};

}  // namespace
}  // namespace golden
