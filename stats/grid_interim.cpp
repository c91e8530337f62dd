// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/grid_interim.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include "stats/alpha_spending.h"
#include "stats/number_text.h"

namespace stats {
namespace {

bool isDone(const GridRun& run) {
    return run.state == RunState::Done;
}

bool isExpected(const GridRun& run) {
    return run.state == RunState::Done || run.state == RunState::Missing;
}

using Counts = bool (*)(const GridRun&);

std::size_t countRuns(const GridTable& table, std::span<const std::size_t> lengths, Counts counts) {
    std::size_t runs = 0;
    for (const std::size_t l : lengths)
        for (std::size_t r = 0; r < table.keepRatios.size(); ++r) {
            const auto cell = table.cell(l, r);
            runs += static_cast<std::size_t>(std::count_if(cell.begin(), cell.end(), counts));
        }
    return runs;
}

/// Lengths with any run that counts, ratios with one at each of them, seeds that count in all of
/// these cells: the runs that a test blocked on seed uses.
std::size_t countBlockedRuns(const GridTable& table, std::span<const std::size_t> lengths,
                             Counts counts) {
    const auto hasRuns = [&](std::size_t l, std::size_t r) {
        const auto cell = table.cell(l, r);
        return std::any_of(cell.begin(), cell.end(), counts);
    };
    std::vector<std::size_t> ratios(table.keepRatios.size());
    for (std::size_t r = 0; r < ratios.size(); ++r) ratios[r] = r;
    std::vector<std::size_t> used;
    for (const std::size_t l : lengths) {
        if (countRuns(table, std::array{l}, counts) == 0) continue;
        used.push_back(l);
        std::erase_if(ratios, [&](std::size_t r) { return !hasRuns(l, r); });
    }
    std::size_t seeds = 0;
    for (std::size_t s = 0; s < table.seeds.size(); ++s) {
        const bool complete = std::all_of(used.begin(), used.end(), [&](std::size_t l) {
            return std::all_of(ratios.begin(), ratios.end(),
                               [&](std::size_t r) { return counts(table.at(l, r, s)); });
        });
        if (complete) ++seeds;
    }
    return seeds * ratios.size() * used.size();
}

InterimLook lookAt(double fraction, double alpha) {
    InterimLook look;
    look.informationFraction = fraction;
    if (!(fraction > 0)) {  // nothing to test yet, and nothing spent
        look.z = std::numeric_limits<double>::infinity();
        look.finalNominalP = alpha;
        return look;
    }
    const std::array times{fraction, 1.0};
    const AlphaSpending boundary =
        alphaSpending(times, alpha, LookSides::Two, Spending::OBrienFleming);
    look.z = boundary.z[0];
    look.nominalP = boundary.nominalP[0];
    look.finalNominalP = boundary.nominalP[1];
    return look;
}

double share(std::size_t part, std::size_t whole) {
    return whole == 0 ? 1 : static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

InterimLooks interimLooks(const GridTable& table, std::span<const std::size_t> lengths,
                          double alpha) {
    const std::size_t done = countRuns(table, lengths, isDone);
    const std::size_t expected = countRuns(table, lengths, isExpected);
    if (done == 0 || done == expected) return {};
    const double runs = share(done, expected);
    const double blocks = std::min(runs, share(countBlockedRuns(table, lengths, isDone),
                                               countBlockedRuns(table, lengths, isExpected)));
    const InterimLook look = lookAt(runs, alpha);
    return {look, blocks == runs ? look : lookAt(blocks, alpha)};
}

double levelAt(const std::optional<InterimLook>& look, double alpha) {
    return look ? look->nominalP : alpha;
}

std::string shareText(const InterimLook& look) {
    return fixedText(std::min(99.0, std::round(100 * look.informationFraction)), 0) + " %";
}

std::string interimText(const InterimLook& look) {
    const std::string text = "interim look at " + shareText(look) + " of the planned runs, ";
    return look.nominalP > 0 ? text + "only p below " + pValueText(look.nominalP) + " counts"
                             : text + "no p counts yet";
}

}  // namespace stats
