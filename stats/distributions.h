// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// Distribution functions. Suffixes: Cdf P(X <= x), Sf P(X > x) as a true complement (relative
/// accuracy down to 1e-300), Quantile x with Cdf = p, QuantileUpper x with Sf = p.
/// p in [0, 1] (the ends give the ends of the support); df > 0, +infinity allowed where noted.
/// x may be infinite. Every function throws std::domain_error on a NaN or out-of-range argument.
namespace stats {

double normalCdf(double z);
double normalSf(double z);
double normalQuantile(double p);
double normalQuantileUpper(double p);

/// df may be +infinity (normal).
double studentTCdf(double t, double df);
double studentTSf(double t, double df);
/// P(|T| > |t|).
double studentTTwoSided(double t, double df);
double studentTQuantile(double p, double df);
double studentTQuantileUpper(double p, double df);

/// df2 may be +infinity (chi-square(df1) / df1).
double fisherFCdf(double x, double df1, double df2);
double fisherFSf(double x, double df1, double df2);
double fisherFQuantile(double p, double df1, double df2);
double fisherFQuantileUpper(double p, double df1, double df2);

double chiSquaredCdf(double x, double df);
double chiSquaredSf(double x, double df);
double chiSquaredQuantile(double p, double df);
double chiSquaredQuantileUpper(double p, double df);

/// T = (Z + ncp) / sqrt(chi2(df) / df).
double noncentralTCdf(double t, double df, double ncp);
double noncentralTSf(double t, double df, double ncp);
/// ncp with noncentralTCdf(t, df, ncp) = p, p in (0, 1).
double noncentralTFindNcp(double t, double df, double p);

/// F = (chi2(df1, ncp) / df1) / (chi2(df2) / df2), ncp = lambda >= 0.
double noncentralFCdf(double x, double df1, double df2, double ncp);
double noncentralFSf(double x, double df1, double df2, double ncp);
/// ncp >= 0 with noncentralFCdf(x, df1, df2, ncp) = p, p in (0, 1); 0 where even ncp = 0 gives
/// a smaller cdf.
double noncentralFFindNcp(double x, double df1, double df2, double p);

}  // namespace stats
