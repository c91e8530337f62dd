// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/exponential_mean.h"

#include <cmath>

#include "stats/arguments.h"

namespace stats {

ExponentialMean::ExponentialMean(double halfLife) {
    requirePositive("ExponentialMean", "halfLife", halfLife);
    m_decay = std::exp2(-1.0 / halfLife);
}

double ExponentialMean::add(double value) {
    requireFinite("ExponentialMean::add", "value", value);
    m_sum = m_decay * m_sum + value;
    m_weight = m_decay * m_weight + 1.0;
    return m_sum / m_weight;
}

}  // namespace stats
