// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/shapiro_wilk.h"
#include "stats/variance_tests.h"
#include "tests/stats/golden/golden_registry.h"
#include "tests/stats/golden/result_fields.h"

namespace golden {
namespace {

stats::Centre centreOf(const std::string& name) {
    if (name == "mean") return stats::Centre::Mean;
    if (name == "median") return stats::Centre::Median;
    refuseChoice("center", name);
}

Json levene(const GoldenCase& row) {
    return fieldsOf(stats::leveneTest(row.groups(), centreOf(row.text("center"))));
}

Json bartlett(const GoldenCase& row) {
    const stats::BartlettTest got = stats::bartlettTest(row.groups());
    return {{"K2", got.k2}, {"df", got.df}, {"p", got.p}};
}

Json shapiro(const GoldenCase& row) {
    return fieldsOf(stats::shapiroWilk(row.sample()));
}

Json shapiroResiduals(const GoldenCase& row) {
    return fieldsOf(stats::shapiroWilkOfResiduals(row.groups()));
}

const Family kAssumption{"assumption",
                         {{"levene", levene},
                          {"bartlett", bartlett},
                          {"shapiro", shapiro},
                          {"shapiro_resid", shapiroResiduals}}};

}  // namespace
}  // namespace golden
