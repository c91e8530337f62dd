// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include "engine/training/cohort_trainer.h"

namespace training {

/// Watches one run: a loss or gradient that is not finite, or a loss that stays above three times
/// the larger of its first value and ln V for five steps, means that it diverged.
class Guardian {
public:
    /// `firstLoss` of step 1 if it is known (a resumed run), else 0; ln V of the corpus'
    /// vocabulary.
    Guardian(double firstLoss, double uniformLoss);

    /// Looks at the step's report; the sentence that says why the run diverged, or nothing.
    std::optional<std::string> verdict(const StepReport& report);
    double firstLoss() const { return m_firstLoss; }

private:
    double m_firstLoss;
    double m_uniformLoss;
    int m_exploded = 0;  // steps in a row
};

}  // namespace training
