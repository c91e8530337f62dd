// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/noncentral_f_shift.h"

#include <algorithm>
#include <boost/math/special_functions/beta.hpp>
#include <cmath>

#include "stats/distributions.h"

namespace stats {
namespace {

constexpr std::size_t kMostTerms = 4000;
constexpr double kLargestNcp = 1000;
constexpr double kCubicallySettled = 3e-6;  // relative; the step after it would be its cube

}  // namespace

NoncentralFShift::NoncentralFShift(double x, double df1, double df2)
    : m_x(x), m_df1(df1), m_df2(df2) {
    const double a = df1 / 2;
    const double b = df2 / 2;
    const double y = df1 * x / (df1 * x + df2);
    const double rest = df2 / (df1 * x + df2);  // 1 - y
    if (!(y > 0 && rest > 0) || b > 1e6) return;
    // I(a + j) - I(a + j + 1) = y^(a+j) (1-y)^b / ((a+j) B(a+j, b)), each from the one before
    double step = boost::math::ibeta_derivative(a, b, y) * y * rest / a;
    double sum = 0;
    for (std::size_t j = 0; j < kMostTerms && step > 0; ++j) {
        m_terms.push_back({0, step});
        sum += step;
        const double at = a + static_cast<double>(j);
        const double ratio = y * (at + b) / (at + 1);
        step *= ratio;
        if (ratio < 1 && step < 1e-18 * sum * (1 - ratio)) break;
    }
    if (m_terms.size() >= kMostTerms) m_terms.clear();
    double tail = 0;
    for (std::size_t j = m_terms.size(); j-- > 0;) m_terms[j].cdf = tail += m_terms[j].step;
}

NoncentralFShift::Local NoncentralFShift::around(double ncp) const {
    Local sum;
    const double mean = ncp / 2;
    double poisson = std::exp(-mean);
    for (std::size_t j = 0; j < m_terms.size(); ++j) {
        const double next = j + 1 < m_terms.size() ? m_terms[j + 1].step : 0;
        sum.cdf += poisson * m_terms[j].cdf;
        sum.slope -= 0.5 * poisson * m_terms[j].step;
        sum.bend += 0.25 * poisson * (m_terms[j].step - next);
        poisson *= mean / static_cast<double>(j + 1);
        if (static_cast<double>(j) > mean && poisson < 1e-19) break;
    }
    return sum;
}

std::optional<double> NoncentralFShift::ncpAt(double p) const {
    if (m_terms.empty()) return std::nullopt;
    if (m_terms[0].cdf <= p) return 0;
    const double root = std::sqrt(m_df1 * m_x);
    const double sd = std::sqrt(1 + m_df1 * m_x / (2 * m_df2));
    const double shifted = std::max(0.5, root - normalQuantile(p) * sd);
    double ncp = std::max(0.1, shifted * shifted - m_df1 + 1);
    double low = 0;
    double high = kLargestNcp;
    for (int halley = 0; halley < 60; ++halley) {
        if (ncp > kLargestNcp) return std::nullopt;
        const Local local = around(ncp);
        const double excess = local.cdf - p;
        (excess > 0 ? low : high) = ncp;  // the cdf falls as ncp grows
        const double newton = -excess / local.slope;
        double next = ncp + newton / (1 + 0.5 * newton * local.bend / local.slope);
        if (!(next >= low && next <= high)) next = (low + high) / 2;
        const double step = std::abs(next - ncp);
        ncp = next;
        if (step <= kCubicallySettled * ncp)
            return high < kLargestNcp ? std::optional(ncp) : std::nullopt;
    }
    return std::nullopt;
}

}  // namespace stats
