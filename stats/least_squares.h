// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

namespace stats {

/// Columns of a design matrix that enter a linear model together.
using DesignColumns = std::vector<std::vector<double>>;

/// What each term adds to the fit when the terms enter in this order.
struct SequentialFit {
    std::vector<double> sumsOfSquares;  ///< one per term
    double residualSumOfSquares = 0;
    double residualDf = 0;
};

/// Least squares of y on the terms in order by Householder reflections: a term's sum of squares is
/// the squared length of y's components along its own directions, never a difference of fits.
/// Throws std::domain_error naming `function` where columns depend on earlier ones or where no
/// residual df are left. Source: Golub and Van Loan, Matrix Computations, 4th ed., 5.2.
SequentialFit fitSequentially(const char* function, const std::vector<DesignColumns>& terms,
                              std::vector<double> y);

}  // namespace stats
