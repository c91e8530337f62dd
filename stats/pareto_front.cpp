// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/pareto_front.h"

#include <algorithm>
#include <numeric>

#include "stats/arguments.h"

namespace stats {

std::vector<std::size_t> paretoFront(std::span<const Tradeoff> choices) {
    for (const Tradeoff& choice : choices) {
        requireFinite("paretoFront", "cost", choice.cost);
        requireFinite("paretoFront", "loss", choice.loss);
    }
    std::vector<std::size_t> order(choices.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t i, std::size_t j) {
        if (choices[i].cost != choices[j].cost) return choices[i].cost < choices[j].cost;
        return choices[i].loss < choices[j].loss;
    });
    std::vector<std::size_t> front;
    for (const std::size_t candidate : order) {
        const Tradeoff& choice = choices[candidate];
        if (!front.empty()) {
            const Tradeoff& last = choices[front.back()];
            const bool equal = choice.cost == last.cost && choice.loss == last.loss;
            if (choice.loss >= last.loss && !equal) continue;
        }
        front.push_back(candidate);
    }
    return front;
}

}  // namespace stats
