// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <boost/math/policies/policy.hpp>

/// Included by .cpp files of this folder only.
namespace stats {

/// Overflow gives infinity (p = 0 has its quantile there); everything else keeps throwing.
using BoostPolicy = boost::math::policies::policy<
    boost::math::policies::overflow_error<boost::math::policies::ignore_error>>;

}  // namespace stats
