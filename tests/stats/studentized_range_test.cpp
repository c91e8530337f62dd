// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/studentized_range.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <stdexcept>

#include "stats/distributions.h"

namespace stats {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

TEST(StudentizedRange, TwoGroupsAreStudentT) {
    for (const double df : {0.3, 1.0, 1.7, 4.0, 60.0, 1e5, kInfinity}) {
        for (const double q : {0.01, 1.0, 4.0, 20.0, 300.0}) {
            const double expected = studentTTwoSided(q / std::sqrt(2.0), df);
            EXPECT_NEAR(studentizedRangeSf(q, 2, df), expected, 2e-12 * expected) << df << " " << q;
        }
    }
}

TEST(StudentizedRange, TableValuesAreMet) {
    // Harter 1960, upper 5 % points.
    EXPECT_NEAR(studentizedRangeQuantileUpper(0.05, 3, 10), 3.877, 5e-4);
    EXPECT_NEAR(studentizedRangeQuantileUpper(0.05, 6, 12), 4.750, 5e-4);
    EXPECT_NEAR(studentizedRangeQuantileUpper(0.05, 10, kInfinity), 4.474, 5e-4);
    EXPECT_NEAR(studentizedRangeQuantileUpper(0.05, 3, 1), 26.98, 5e-3);
}

TEST(StudentizedRange, TailsAddUpToOne) {
    for (const double groups : {2.0, 3.0, 7.0, 23.0, 50.0}) {
        for (const double df : {0.5, 1.0, 1.3, 3.0, 12.0, 200.0, 1e6, kInfinity}) {
            for (const double q : {0.2, 1.0, 3.0, 5.0, 9.0}) {
                EXPECT_NEAR(studentizedRangeCdf(q, groups, df) + studentizedRangeSf(q, groups, df),
                            1, 1e-13)
                    << q << " " << groups << " " << df;
            }
        }
    }
}

TEST(StudentizedRange, FallsInQAndRisesInGroups) {
    for (const double df : {1.0, 6.0, kInfinity}) {
        for (double groups = 2; groups < 50; ++groups) {
            for (double q = 0.25; q < 30; q *= 1.3) {
                const double here = studentizedRangeSf(q, groups, df);
                if (here < 1 - 1e-9) {
                    EXPECT_LT(studentizedRangeSf(q * 1.01, groups, df), here);
                }
                EXPECT_GE(studentizedRangeSf(q, groups + 1, df), here * (1 - 1e-13));
            }
        }
    }
}

TEST(StudentizedRange, LargeDfApproachesInfinity) {
    const double limit = studentizedRangeSf(12, 6, kInfinity);
    EXPECT_NEAR(studentizedRangeSf(12, 6, 1e14), limit, 1e-9 * limit);
    EXPECT_NEAR(studentizedRangeSf(12, 6, 1e16), limit, 1e-11 * limit);
}

TEST(StudentizedRange, QuantilesInvertBothTails) {
    for (const double groups : {2.0, 6.0, 50.0}) {
        for (const double df : {1.0, 2.5, 12.0, kInfinity}) {
            for (const double p : {1e-200, 1e-10, 0.05, 0.5, 0.97}) {
                const double upper = studentizedRangeQuantileUpper(p, groups, df);
                EXPECT_NEAR(studentizedRangeSf(upper, groups, df), p, 1e-10 * p);
                const double lower = studentizedRangeQuantileLower(p, groups, df);
                EXPECT_NEAR(studentizedRangeCdf(lower, groups, df), p, 1e-10 * p);
            }
        }
    }
}

TEST(StudentizedRange, EndsAreExact) {
    EXPECT_EQ(studentizedRangeSf(0, 5, 3), 1);
    EXPECT_EQ(studentizedRangeCdf(-1, 5, 3), 0);
    EXPECT_EQ(studentizedRangeSf(kInfinity, 5, 3), 0);
    EXPECT_EQ(studentizedRangeQuantileUpper(0, 5, 3), kInfinity);
    EXPECT_EQ(studentizedRangeQuantileUpper(1, 5, 3), 0);
    EXPECT_EQ(studentizedRangeQuantileLower(0, 5, 3), 0);
}

TEST(StudentizedRange, WrongArgumentsAreRefused) {
    EXPECT_THROW(studentizedRangeCdf(3, 1, 10), std::domain_error);
    EXPECT_THROW(studentizedRangeCdf(3, 51, 10), std::domain_error);
    EXPECT_THROW(studentizedRangeCdf(3, 2.5, 10), std::domain_error);
    EXPECT_THROW(studentizedRangeSf(3, 4, 0), std::domain_error);
    EXPECT_THROW(studentizedRangeSf(std::nan(""), 4, 5), std::domain_error);
    EXPECT_THROW(studentizedRangeQuantileUpper(1.5, 4, 5), std::domain_error);
}

}  // namespace
}  // namespace stats
