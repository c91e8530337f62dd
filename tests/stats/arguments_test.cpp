// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/arguments.h"

#include <gtest/gtest.h>

#include <limits>
#include <stdexcept>
#include <string>

namespace stats {
namespace {

template <typename Call>
std::string refusalOf(Call call) {
    try {
        call();
    } catch (const std::domain_error& error) {
        return error.what();
    }
    return "accepted";
}

TEST(Arguments, RefusalNamesFunctionArgumentRuleAndValue) {
    EXPECT_EQ(refusalOf([] { requireInsideUnit("describe", "conf", 95.0); }),
              "describe: conf must lie between 0 and 1, both excluded, but is 95");
}

TEST(Arguments, NonFiniteValueIsNamedByItsPlace) {
    const std::vector<std::vector<double>> groups{{1.0, 2.0},
                                                  {3.0, std::numeric_limits<double>::quiet_NaN()}};
    EXPECT_EQ(refusalOf([&] { requireGroups("welchAnova", groups, 2, 2); }),
              "welchAnova: groups[1][1] must be finite, but is nan");
}

TEST(Arguments, ValuesWhoseSquaresOverflowAreRefused) {
    const std::vector<double> values{1.0, -1e200};
    EXPECT_EQ(refusalOf([&] { requireFinite("describe", "values", Sample(values)); }),
              "describe: values[1] must be at most 1e150 in size, but is -1e+200");
}

TEST(Arguments, RaggedBlocksAreRefused) {
    const std::vector<std::vector<double>> blocks{{1.0, 2.0, 3.0}, {1.0, 2.0}};
    EXPECT_EQ(refusalOf([&] { requireBlocks("blockAnova", blocks, 2, 2); }),
              "blockAnova: blocks[1] must hold as many cells as the first block (3), "
              "but holds 2");
}

TEST(Arguments, ValidDataPasses) {
    const std::vector<std::vector<double>> groups{{1.0, 2.0}, {3.0, 4.0}};
    EXPECT_NO_THROW(requireGroups("f", groups, 2, 2));
    EXPECT_NO_THROW(requireBlocks("f", groups, 2, 2));
    EXPECT_NO_THROW(requireDegreesOfFreedom("f", "df", std::numeric_limits<double>::infinity()));
}

}  // namespace
}  // namespace stats
