// SPDX-License-Identifier: GPL-3.0-or-later
// The short cuts of the grid analysis against the general functions that they stand in for.
#include <gtest/gtest.h>

#include <cmath>

#include "stats/distributions.h"
#include "stats/noncentral_f_shift.h"
#include "stats/noncentral_t_shift.h"
#include "stats/studentized_range.h"

namespace stats {
namespace {

TEST(FastInversions, ManyPointsOfOneStudentizedRangeAgreeWithSingleOnes) {
    for (const double groups : {2.0, 3.0, 6.0, 12.0}) {
        for (const double df : {0.7, 1.0, 2.3, 4.0, 12.0, 54.0, 1e4, 1e18}) {
            const StudentizedRange range(groups, df);
            for (const double q : {0.01, 0.3, 2.0, 3.5, 9.0, 60.0, 1e4}) {
                const double expected = studentizedRangeSf(q, groups, df);
                EXPECT_NEAR(range.sf(q), expected, 2e-13 * expected) << groups << " " << df;
            }
            for (const double p : {0.3, 0.05, 0.0034, 1e-6, 1e-20, 0.8}) {
                const double expected = studentizedRangeQuantileUpper(p, groups, df);
                EXPECT_NEAR(range.quantileUpper(p), expected, 2e-12 * expected)
                    << groups << " " << df << " " << p;
            }
        }
    }
}

TEST(FastInversions, NoncentralFIsInvertedAsTheDistributionSays) {
    for (const double df2 : {5.0, 12.0, 24.0, 300.0}) {
        for (const double x : {0.3, 1.0, 2.9, 12.0, 60.0}) {
            const NoncentralFShift shift(x, 5, df2);
            for (const double p : {0.05, 0.2, 0.95}) {
                const auto ncp = shift.ncpAt(p);
                if (!ncp) continue;  // many terms: left to the search
                if (*ncp == 0) {
                    EXPECT_LE(fisherFCdf(x, 5, df2), p);
                } else {
                    EXPECT_NEAR(noncentralFCdf(x, 5, df2, *ncp), p, 1e-12) << x << " " << df2;
                }
            }
            EXPECT_TRUE(x > 20 || shift.ncpAt(0.05)) << "a usual F takes the short way";
        }
    }
}

TEST(FastInversions, UpperTailsOfNoncentralTAgree) {
    for (const double df : {1.0, 2.0, 4.0, 9.0, 58.0}) {
        for (const double t : {0.1, 2.1, 4.3, 12.7}) {
            const NoncentralTShift shift(t, df);
            for (const double ncp : {-2.8, -0.3, 0.0, 1.0, 2.8, 9.0})
                EXPECT_NEAR(shift.sf(ncp), noncentralTSf(t, df, ncp), 2e-13) << t << " " << df;
        }
    }
}

TEST(FastInversions, EffectLimitsOfTwoPairsKeepTwelveDigits) {
    // one degree of freedom is the hardest: the density of s falls off slowest
    const auto ncp = NoncentralTShift(-4.037504546332213, 1).ncpAt(0.975);
    ASSERT_TRUE(ncp);
    EXPECT_NEAR(*ncp, noncentralTFindNcp(-4.037504546332213, 1, 0.975), 1e-11);
}

}  // namespace
}  // namespace stats
