// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/grid_power.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <tuple>

#include "stats/power.h"

namespace stats {
namespace {

LengthPower powerOf(std::size_t groupCount, std::size_t runs, const GridAnalysisOptions& options) {
    const auto groups = static_cast<double>(groupCount);
    const auto n = static_cast<double>(runs);
    const double alpha = options.alpha;
    const double target = options.targetPower;
    LengthPower power;
    power.groups = groupCount;
    power.n = runs;
    power.runsForMediumF =
        computed([&] { return sampleSizeAnova(groups, options.mediumF, alpha, target).n; });
    if (runs < 2) {
        const std::string why = "needs two runs per cell, has " + std::to_string(runs);
        power.smallestF.whyNot = why;
        power.smallestD.whyNot = why;
        power.smallestDz.whyNot = why;
        power.powerForMediumF.whyNot = why;
        return power;
    }
    power.smallestF = computed([&] { return detectableF(groups, n, alpha, target); });
    power.smallestD = computed([&] { return detectableDTwoSample(n, alpha, target); });
    power.smallestDz = computed([&] { return detectableDPaired(n, alpha, target); });
    power.powerForMediumF =
        computed([&] { return powerAnova(groups, n, options.mediumF, alpha).power; });
    return power;
}

}  // namespace

LengthPower powerOfCells(Groups groups, const GridAnalysisOptions& options) {
    std::size_t n = groups.empty() ? 0 : groups[0].size();
    for (const auto& group : groups) n = std::min(n, group.size());
    static std::mutex mutex;
    static std::map<std::tuple<std::size_t, std::size_t, double, double, double>, LengthPower> kept;
    const auto key =
        std::tuple(groups.size(), n, options.alpha, options.targetPower, options.mediumF);
    const std::lock_guard lock(mutex);
    if (const auto found = kept.find(key); found != kept.end()) return found->second;
    if (kept.size() > 256) kept.clear();
    return kept[key] = powerOf(groups.size(), n, options);
}

}  // namespace stats
