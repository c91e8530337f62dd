// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "stats/anova_block.h"
#include "stats/anova_oneway.h"
#include "stats/anova_twoway.h"
#include "stats/argmin_bootstrap.h"
#include "stats/dunnett.h"
#include "stats/friedman.h"
#include "stats/grid_length.h"
#include "stats/hsu_mcb.h"
#include "stats/jonckheere.h"
#include "stats/kruskal.h"
#include "stats/nemenyi.h"
#include "stats/page.h"
#include "stats/pairwise_t.h"
#include "stats/shapiro_wilk.h"
#include "stats/variance_tests.h"
#include "tests/stats/golden/golden_case.h"

namespace golden {

/// A result under the field names of the golden files (tests/golden/README.md); a result may
/// answer more fields than a row asks for.
Json fieldsOf(const stats::OneWayAnova& result);
Json fieldsOf(const stats::UnequalVarianceAnova& result);
Json fieldsOf(const stats::BlockAnova& result);
Json fieldsOf(const stats::LeveneTest& result);
Json fieldsOf(const stats::ShapiroWilk& result);
Json fieldsOf(const stats::KruskalWallis& result);
Json fieldsOf(const stats::Friedman& result);
Json fieldsOf(const stats::FriedmanExact& result);
Json fieldsOf(const stats::Jonckheere& result);
Json fieldsOf(const stats::Page& result);
Json fieldsOf(const stats::AdjustedPairs& result);
Json fieldsOf(const stats::Dunnett& result);
Json fieldsOf(const stats::HsuMcb& result);
Json fieldsOf(const stats::Nemenyi& result);
Json fieldsOf(const stats::ArgminBootstrap& result);

/// All effects share one error term.
Json fieldsWithCommonError(const stats::FactorialAnova& result);
/// Every effect has its own error term.
Json fieldsWithOwnErrors(const stats::FactorialAnova& result);
/// Pairs with one error mean square and its df (Tukey).
Json fieldsWithCommonDf(const stats::PairComparisons& result);
/// Every pair has its own df (Games-Howell).
Json fieldsWithOwnDf(const stats::PairComparisons& result);

}  // namespace golden
