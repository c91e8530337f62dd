// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

/// Every function of stats/ that takes data, by the shape of its data, so that a property is tested
/// on all of them and a new function is one line more.
namespace families {

using Table = std::vector<std::vector<double>>;

/// Numbers of a result, by how they follow the data.
struct Numbers {
    std::vector<double> unitFree;  ///< statistics, p, standardised effects: no shift, no scale
    std::vector<double> inUnits;   ///< differences and their bounds: scaled, not shifted
};

struct Function {
    std::string name;  ///< as in the message of a refusal
    std::function<Numbers(const Table&)> call;
};

/// A table of groups (rows of any length). Two to six groups.
const std::vector<Function>& onGroups();

/// A table of blocks (rows of equal length, one value per cell).
const std::vector<Function>& onBlocks();

/// Two rows: the samples x and y, of equal length.
const std::vector<Function>& onPairs();

/// One row: a sample.
const std::vector<Function>& onSamples();

/// The four lists together.
std::vector<Function> all();

}  // namespace families
