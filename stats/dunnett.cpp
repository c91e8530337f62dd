// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/dunnett.h"

#include <cmath>
#include <limits>

#include "stats/arguments.h"
#include "stats/error_term.h"
#include "stats/max_t_distribution.h"

namespace stats {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

Dunnett dunnettFrom(const ErrorTerm& term, std::size_t control, Sides sides, double alpha) {
    Dunnett result;
    result.control = control;
    result.errorMeanSquare = term.meanSquare;
    result.df = term.df;
    std::vector<double> loadings;
    for (std::size_t g = 0; g < term.means.size(); ++g) {
        if (g == control) continue;
        loadings.push_back(std::sqrt(term.sizes[g] / (term.sizes[g] + term.sizes[control])));
    }
    const MaxTDistribution maximum(loadings, term.df,
                                   sides == Sides::Two ? Sides::Two : Sides::Greater);
    result.criticalValue = maximum.quantileUpper(alpha);
    for (std::size_t g = 0; g < term.means.size(); ++g) {
        if (g == control) continue;
        ControlComparison one;
        one.group = g;
        one.diff = term.means[g] - term.means[control];
        const double se =
            std::sqrt(term.meanSquare * (1 / term.sizes[g] + 1 / term.sizes[control]));
        one.t = one.diff / se;
        const double extreme = sides == Sides::Two    ? std::abs(one.t)
                               : sides == Sides::Less ? -one.t
                                                      : one.t;
        one.p = maximum.sf(extreme);
        one.lo = sides == Sides::Less ? -kInfinity : one.diff - result.criticalValue * se;
        one.hi = sides == Sides::Greater ? kInfinity : one.diff + result.criticalValue * se;
        result.comparisons.push_back(one);
    }
    return result;
}

}  // namespace

Dunnett dunnett(Groups groups, std::size_t control, Sides sides, double alpha) {
    requireInsideUnit("dunnett", "alpha", alpha);
    requireIndex("dunnett", "control", control, groups.size());
    return dunnettFrom(withinGroups("dunnett", groups), control, sides, alpha);
}

Dunnett dunnettOnBlocks(Blocks blocks, std::size_t control, Sides sides, double alpha) {
    requireInsideUnit("dunnettOnBlocks", "alpha", alpha);
    const ErrorTerm term = withinBlocks("dunnettOnBlocks", blocks);
    requireIndex("dunnettOnBlocks", "control", control, term.means.size());
    return dunnettFrom(term, control, sides, alpha);
}

}  // namespace stats
