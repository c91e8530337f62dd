// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace stats {

/// Exponentially weighted mean of a series as it grows: a value's weight halves with every
/// `halfLife` later values, and the weights are divided by their sum, so that the first values are
/// not drawn towards 0 (the debiased form, Kingma and Ba 2015, section 3).
/// Throws std::domain_error unless halfLife is finite and positive and every value is finite.
class ExponentialMean {
public:
    explicit ExponentialMean(double halfLife);
    /// The mean after this value.
    double add(double value);

private:
    double m_decay;
    double m_sum = 0.0;
    double m_weight = 0.0;
};

}  // namespace stats
