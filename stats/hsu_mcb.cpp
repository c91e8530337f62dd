// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/hsu_mcb.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "stats/arguments.h"
#include "stats/error_term.h"
#include "stats/max_t_distribution.h"

namespace stats {
namespace {

HsuMcb mcbFrom(const ErrorTerm& term, Best best, double alpha) {
    const std::size_t k = term.means.size();
    const MaxTDistribution maximum(std::vector<double>(k - 1, std::sqrt(0.5)), term.df,
                                   Sides::Greater);
    HsuMcb result;
    result.df = term.df;
    result.criticalValue = maximum.quantileUpper(alpha);
    const double se = std::sqrt(2 * term.meanSquare / term.sizes[0]);
    result.margin = result.criticalValue * se;
    const double sign = best == Best::Smallest ? 1 : -1;
    for (std::size_t i = 0; i < k; ++i) {
        double bestOther = std::numeric_limits<double>::infinity();
        for (std::size_t j = 0; j < k; ++j) {
            if (j != i) bestOther = std::min(bestOther, sign * term.means[j]);
        }
        const double difference = sign * term.means[i] - bestOther;  // above 0: worse
        const double lo = std::min(0.0, difference - result.margin);
        const double hi = std::max(0.0, difference + result.margin);
        result.diffToBestOther.push_back(sign * difference);
        result.lo.push_back(sign > 0 ? lo : -hi);
        result.hi.push_back(sign > 0 ? hi : -lo);
        result.candidate.push_back(difference - result.margin < 0);
        result.p.push_back(difference > 0 ? maximum.sf(difference / se) : 1);
    }
    return result;
}

}  // namespace

HsuMcb hsuMcb(Groups groups, Best best, double alpha) {
    requireInsideUnit("hsuMcb", "alpha", alpha);
    const ErrorTerm term = withinGroups("hsuMcb", groups);
    for (const double size : term.sizes) {
        if (size != term.sizes[0]) refuse("hsuMcb", "groups", "must be of equal size");
    }
    return mcbFrom(term, best, alpha);
}

HsuMcb hsuMcbOnBlocks(Blocks blocks, Best best, double alpha) {
    requireInsideUnit("hsuMcbOnBlocks", "alpha", alpha);
    return mcbFrom(withinBlocks("hsuMcbOnBlocks", blocks), best, alpha);
}

}  // namespace stats
