// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace stats {

/// How a p value or probability came about; every result that has a choice says which.
enum class Exactness {
    Exact,       ///< full enumeration of the null or of all resamples
    Asymptotic,  ///< limiting distribution
    MonteCarlo,  ///< seeded random resamples
};

const char* toText(Exactness exactness);

/// Which alternative a test looks for.
enum class Sides { Two, Less, Greater };

}  // namespace stats
