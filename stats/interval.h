// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace stats {

/// Two-sided interval; its level is kept beside it in the result that holds it.
struct Interval {
    double lower = 0;
    double upper = 0;
};

}  // namespace stats
