// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/anova_oneway.h"

#include <cmath>
#include <string>
#include <vector>

#include "stats/arguments.h"
#include "stats/distributions.h"
#include "stats/error_term.h"
#include "stats/noncentral_interval.h"

namespace stats {
namespace {

/// Moments of every group around the first observation of all.
std::vector<Moments> groupMoments(const char* function, Groups groups) {
    requireGroups(function, groups, 2, 2);
    std::vector<Moments> moments;
    moments.reserve(groups.size());
    for (const auto& group : groups) moments.push_back(momentsAround(groups[0][0], group));
    return moments;
}

bool isConstant(const std::vector<double>& values) {
    for (const double value : values) {
        if (value != values.front()) return false;
    }
    return true;
}

double totalSize(const std::vector<Moments>& moments) {
    double n = 0;
    for (const Moments& group : moments) n += group.n;
    return n;
}

double grandMean(const std::vector<Moments>& moments) {
    double sum = 0;
    for (const Moments& group : moments) sum += group.n * group.mean;
    return sum / totalSize(moments);
}

}  // namespace

OneWayAnova oneWayAnova(Groups groups, double conf) {
    requireInsideUnit("oneWayAnova", "conf", conf);
    const ErrorTerm error = withinGroups("oneWayAnova", groups);
    double n = 0;
    double sum = 0;
    for (std::size_t g = 0; g < groups.size(); ++g) {
        n += error.sizes[g];
        sum += error.sizes[g] * error.means[g];
    }
    OneWayAnova result;
    for (std::size_t g = 0; g < groups.size(); ++g) {
        const double deviation = error.means[g] - sum / n;
        result.ssBetween += error.sizes[g] * deviation * deviation;
    }
    result.n = static_cast<std::size_t>(n);
    result.groups = groups.size();
    result.dfBetween = static_cast<double>(groups.size() - 1);
    result.dfWithin = error.df;
    result.msWithin = error.meanSquare;
    result.residualSd = std::sqrt(error.meanSquare);
    result.ssWithin = error.meanSquare * error.df;
    result.ssTotal = result.ssBetween + result.ssWithin;
    result.msBetween = result.ssBetween / result.dfBetween;
    result.f = result.msBetween / result.msWithin;
    result.p = fisherFSf(result.f, result.dfBetween, result.dfWithin);
    const double excess = result.ssBetween - result.dfBetween * result.msWithin;
    result.eta2 = result.ssBetween / result.ssTotal;
    result.omega2 = excess / (result.ssTotal + result.msWithin);
    result.epsilon2 = excess / result.ssTotal;
    result.cohenF = std::sqrt(result.ssBetween / result.ssWithin);
    result.conf = conf;
    result.ncp = noncentralFInterval(result.f, result.dfBetween, result.dfWithin, conf);
    result.eta2Interval = {result.ncp.lower / (result.ncp.lower + n),
                           result.ncp.upper / (result.ncp.upper + n)};
    return result;
}

UnequalVarianceAnova welchAnova(Groups groups) {
    const std::vector<Moments> moments = groupMoments("welchAnova", groups);
    for (std::size_t g = 0; g < groups.size(); ++g) {
        if (isConstant(groups[g])) {
            refuse("welchAnova", "groups[" + std::to_string(g) + "]",
                   "must vary, but all its values are equal");
        }
    }
    const auto k = static_cast<double>(groups.size());
    // weights in units of 1 / unit, so that very small variances do not overflow them
    const double unit = moments[0].variance;
    double weights = 0;
    double weightedSum = 0;
    for (const Moments& group : moments) {
        weights += group.n * (unit / group.variance);
        weightedSum += group.n * (unit / group.variance) * group.mean;
    }
    double between = 0;
    double imbalance = 0;
    for (const Moments& group : moments) {
        const double weight = group.n * (unit / group.variance);
        const double deviation = group.mean - weightedSum / weights;
        between += weight * deviation * deviation / unit;
        imbalance += (1 - weight / weights) * (1 - weight / weights) / (group.n - 1);
    }
    UnequalVarianceAnova result;
    result.n = static_cast<std::size_t>(totalSize(moments));
    result.groups = groups.size();
    result.df1 = k - 1;
    result.df2 = (k * k - 1) / (3 * imbalance);
    result.f = between / (k - 1) / (1 + 2 * (k - 2) / (k * k - 1) * imbalance);
    result.p = fisherFSf(result.f, result.df1, result.df2);
    return result;
}

UnequalVarianceAnova brownForsytheMeans(Groups groups) {
    const std::vector<Moments> moments = groupMoments("brownForsytheMeans", groups);
    const double n = totalSize(moments);
    const double centre = grandMean(moments);
    double between = 0;
    double spread = 0;
    for (std::size_t g = 0; g < groups.size(); ++g) {
        const Moments& group = moments[g];
        between += group.n * (group.mean - centre) * (group.mean - centre);
        if (!isConstant(groups[g])) spread += (1 - group.n / n) * group.variance;
    }
    if (spread == 0) {
        refuse("brownForsytheMeans", "groups", "must vary within at least one group");
    }
    double inverseDf = 0;
    for (std::size_t g = 0; g < groups.size(); ++g) {
        if (isConstant(groups[g])) continue;
        const double share = (1 - moments[g].n / n) * moments[g].variance / spread;
        inverseDf += share * share / (moments[g].n - 1);
    }
    UnequalVarianceAnova result;
    result.n = static_cast<std::size_t>(n);
    result.groups = groups.size();
    result.df1 = static_cast<double>(groups.size() - 1);
    result.df2 = 1 / inverseDf;
    result.f = between / spread;
    result.p = fisherFSf(result.f, result.df1, result.df2);
    return result;
}

}  // namespace stats
