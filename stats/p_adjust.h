// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "stats/data_views.h"

namespace stats {

enum class Adjustment {
    None,
    Bonferroni,
    Holm,
    Hochberg,
    Hommel,
    BenjaminiHochberg,
    BenjaminiYekutieli
};

const char* toText(Adjustment adjustment);

/// Adjusted p values in the order of the input, each >= its raw value and <= 1. All but the last
/// two control the family-wise error rate, the last two the false discovery rate. p: in [0, 1],
/// else std::domain_error; empty gives empty. Source: Holm 1979, Hochberg 1988, Hommel 1988
/// (Biometrika 75, 383-386), Benjamini and Hochberg 1995, Benjamini and Yekutieli 2001.
std::vector<double> adjustP(Sample p, Adjustment adjustment);

}  // namespace stats
