// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

namespace ui {

/// The table that a sentence of the answer rests on.
struct Proof {
    enum class Table { Results, Pairs, Hypotheses, Power } table = Table::Results;
    std::optional<double> length;  // tokens
};

}  // namespace ui
