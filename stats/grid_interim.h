// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>

#include "stats/grid_table.h"

namespace stats {

/// A look before all planned runs are in.
struct InterimLook {
    double informationFraction = 1;  ///< share of the planned runs that the tests rest on now
    double nominalP = 0;             ///< O'Brien-Fleming boundary for p at this look (two-sided)
    double z = 0;                    ///< +infinity where no p is small enough
    double finalNominalP = 0;        ///< what remains for the final look
};

/// The looks of the tests of some lengths; empty once nothing is missing there.
struct InterimLooks {
    /// Tests of single runs: finished runs over those that are finished or still expected.
    std::optional<InterimLook> runs;
    /// Tests blocked on seed, which use complete seeds only: runs in complete seeds over those that
    /// will be in complete seeds at the end. Never above the share of finished runs.
    std::optional<InterimLook> blocks;
};

/// Looks at the tests over these lengths (positions in the table), alpha in (0, 1). Failed and
/// unplanned runs are not expected any more. The boundaries are two-sided for every test, which is
/// the stricter choice for a one-sided one.
InterimLooks interimLooks(const GridTable& table, std::span<const std::size_t> lengths,
                          double alpha);

/// p below it counts as significant: the boundary of the look, else alpha.
double levelAt(const std::optional<InterimLook>& look, double alpha);

/// "67 %" of the planned runs; never 100 %, because some are missing.
std::string shareText(const InterimLook& look);

/// "interim look at 67 % of the planned runs, only p below 0.0121 counts".
std::string interimText(const InterimLook& look);

}  // namespace stats
