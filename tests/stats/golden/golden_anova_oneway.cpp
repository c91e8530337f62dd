// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/anova_block.h"
#include "stats/anova_oneway.h"
#include "tests/stats/golden/golden_registry.h"
#include "tests/stats/golden/result_fields.h"

namespace golden {
namespace {

Json oneWay(const GoldenCase& row) {
    return fieldsOf(stats::oneWayAnova(row.groups(), row.number("conf")));
}

Json welch(const GoldenCase& row) {
    return fieldsOf(stats::welchAnova(row.groups()));
}

Json brownForsythe(const GoldenCase& row) {
    return fieldsOf(stats::brownForsytheMeans(row.groups()));
}

Json block(const GoldenCase& row) {
    return fieldsOf(stats::blockAnova(row.blocks()));
}

const Family kOneWay{
    "anova_oneway",
    {{"oneway_anova", oneWay}, {"welch_anova", welch}, {"bf_means", brownForsythe}}};
const Family kBlock{"anova_block", {{"rm_anova", block}}};

}  // namespace
}  // namespace golden
