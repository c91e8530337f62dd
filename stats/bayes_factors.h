// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace stats {

/// Evidence for a difference over none, with a Jeffreys-Zellner-Siow prior (Cauchy on the effect).
struct BayesFactor {
    double bf10 = 1;     ///< may overflow to +infinity: use the logarithm then
    double logBf10 = 0;  ///< natural logarithm
};

/// From the t statistic of two samples (n1, n2 >= 1, n1 + n2 > 2) and the Cauchy scale r > 0, e.g.
/// sqrt(2)/2. Throws std::domain_error. Source: Rouder et al., Psychon. Bull. Rev. 16 (2009)
/// 225-237.
BayesFactor bayesFactorTwoSample(double t, double n1, double n2, double scale);

/// One sample or paired differences, n >= 2.
BayesFactor bayesFactorOneSample(double t, double n, double scale);

/// Balanced one-way ANOVA: F of k >= 2 groups of n >= 2, scale of the fixed effects, e.g. 1/2.
/// Source: Rouder et al., J. Math. Psychol. 56 (2012) 356-374.
BayesFactor bayesFactorAnova(double f, double n, double k, double scale);

/// "strong evidence for a difference" or "... for no difference", by Jeffreys' grades of the larger
/// of BF10 and BF01 (3, 10, 30, 100). Source: Jeffreys, Theory of Probability (1961), appendix B.
std::string evidenceInWords(const BayesFactor& factor);

}  // namespace stats
