// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace stats {

/// A choice with two numbers that are both better when smaller.
struct Tradeoff {
    double cost = 0;
    double loss = 0;
};

/// Positions of the choices that no other one beats: none is at most as large in both numbers and
/// smaller in one. Ascending by cost; equal choices stand together in their order. Throws
/// std::domain_error for a number that is not finite.
std::vector<std::size_t> paretoFront(std::span<const Tradeoff> choices);

}  // namespace stats
