// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/anova_twoway.h"
#include "stats/arguments.h"
#include "tests/stats/golden/golden_registry.h"
#include "tests/stats/golden/result_fields.h"

namespace golden {
namespace {

/// Owns what stats::Factorial views.
struct FactorialData {
    explicit FactorialData(const GoldenCase& row)
        : a(row.dataIndices("factorial", "a")),
          b(row.dataIndices("factorial", "b")),
          y(row.dataNumbers("factorial", "y")) {
        if (row.dataHas("block")) block = row.dataIndices("factorial", "block");
    }
    stats::Factorial withBlocks() const { return {a, b, y, block}; }
    stats::Factorial withoutBlocks() const { return {a, b, y, {}}; }

    std::vector<std::size_t> a;
    std::vector<std::size_t> b;
    std::vector<double> y;
    std::vector<std::size_t> block;
};

stats::SumOfSquares typeOf(int type) {
    switch (type) {
        case 1:
            return stats::SumOfSquares::Sequential;
        case 2:
            return stats::SumOfSquares::Marginal;
        case 3:
            return stats::SumOfSquares::Partial;
        default:
            stats::refuse("twoWayAnova", "type", "must be 1, 2 or 3");
    }
}

Json twoWay(const GoldenCase& row) {
    const FactorialData data(row);
    return fieldsWithCommonError(
        stats::twoWayAnova(data.withoutBlocks(), typeOf(row.whole("type"))));
}

Json twoWayBlock(const GoldenCase& row) {
    const FactorialData data(row);
    return fieldsWithCommonError(stats::twoWayBlockAnova(data.withBlocks()));
}

Json twoWayWithin(const GoldenCase& row) {
    const FactorialData data(row);
    return fieldsWithOwnErrors(stats::twoWayWithinAnova(data.withBlocks()));
}

const Family kTwoWay{
    "anova_twoway",
    {{"twoway_anova", twoWay}, {"twoway_rcbd", twoWayBlock}, {"twoway_rm", twoWayWithin}}};

}  // namespace
}  // namespace golden
