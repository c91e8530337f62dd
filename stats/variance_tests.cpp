// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/variance_tests.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "stats/anova_oneway.h"
#include "stats/arguments.h"
#include "stats/descriptives.h"
#include "stats/distributions.h"
#include "stats/error_term.h"

namespace stats {

LeveneTest leveneTest(Groups groups, Centre centre) {
    requireGroups("leveneTest", groups, 2, 1);
    std::vector<std::vector<double>> distances;
    for (const auto& group : groups) {
        std::vector<double>& row = distances.emplace_back();
        for (const double value : group) row.push_back(value - group[0]);
        const double middle = centre == Centre::Mean ? mean(row) : median(row);
        for (double& value : row) value = std::abs(value - middle);
    }
    const ErrorTerm error = withinGroups("leveneTest", distances);
    LeveneTest result;
    result.centre = centre;
    result.df1 = static_cast<double>(groups.size() - 1);
    result.df2 = error.df;
    double n = 0;
    double sum = 0;
    for (std::size_t g = 0; g < groups.size(); ++g) {
        n += error.sizes[g];
        sum += error.sizes[g] * error.means[g];
    }
    double between = 0;
    for (std::size_t g = 0; g < groups.size(); ++g) {
        between += error.sizes[g] * (error.means[g] - sum / n) * (error.means[g] - sum / n);
    }
    result.n = static_cast<std::size_t>(n);
    result.f = between / result.df1 / error.meanSquare;
    result.p = fisherFSf(result.f, result.df1, result.df2);
    return result;
}

BartlettTest bartlettTest(Groups groups) {
    requireGroups("bartlettTest", groups, 2, 2);
    std::vector<Moments> moments;
    double squares = 0;
    double df = 0;
    double inverses = 0;
    for (std::size_t g = 0; g < groups.size(); ++g) {
        moments.push_back(momentsAround(groups[g][0], groups[g]));
        if (!(moments[g].variance > 0)) {
            refuse("bartlettTest", "groups[" + std::to_string(g) + "]",
                   "must vary, but all its values are equal");
        }
        squares += moments[g].variance * (moments[g].n - 1);
        df += moments[g].n - 1;
        inverses += 1 / (moments[g].n - 1);
    }
    const double pooled = squares / df;
    double sum = 0;
    for (const Moments& group : moments) {
        sum -= (group.n - 1) * std::log(group.variance / pooled);
    }
    BartlettTest result;
    result.df = static_cast<double>(groups.size() - 1);
    result.n = static_cast<std::size_t>(df) + groups.size();
    result.k2 = std::max(0.0, sum / (1 + (inverses - 1 / df) / (3 * result.df)));
    result.p = chiSquaredSf(result.k2, result.df);
    return result;
}

}  // namespace stats
