// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/noncentral_interval.h"

#include "stats/arguments.h"
#include "stats/distributions.h"
#include "stats/noncentral_t_shift.h"

namespace stats {

Interval noncentralFInterval(double f, double df1, double df2, double conf) {
    requireInsideUnit("noncentralFInterval", "conf", conf);
    const double tail = (1 - conf) / 2;
    return {noncentralFFindNcp(f, df1, df2, 1 - tail), noncentralFFindNcp(f, df1, df2, tail)};
}

Interval noncentralTInterval(double t, double df, double conf) {
    requireInsideUnit("noncentralTInterval", "conf", conf);
    const double tail = (1 - conf) / 2;
    const NoncentralTShift shift(t, df);
    const auto ncpAt = [&](double p) {
        const auto fast = shift.isFeasible() ? shift.ncpAt(p) : std::nullopt;
        return fast ? *fast : noncentralTFindNcp(t, df, p);
    };
    return {ncpAt(1 - tail), ncpAt(tail)};
}

}  // namespace stats
