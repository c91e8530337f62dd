// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/result.h"

namespace app {

/// Names of the columns of a table of losses; an empty one is found by its usual names.
struct ColumnNames {
    std::string length;
    std::string ratio;  ///< keep ratio k/L; "1-NAME" where the column holds the share dropped
    std::string seed;
    std::string loss;
};

/// Reads "length=L,ratio=1-s,seed=run,loss=val_loss" (any subset). Error (Usage) names what is
/// wrong with it.
engine::Result<ColumnNames> parseColumnNames(std::string_view text);

enum class RatioColumn { Kept, Dropped };

/// Where the columns of a table are.
struct ColumnPlaces {
    std::size_t count = 0;  ///< columns of the header
    std::size_t length = 0;
    std::size_t ratio = 0;
    std::size_t seed = 0;
    std::size_t loss = 0;
    RatioColumn ratioHolds = RatioColumn::Kept;
    std::optional<std::size_t> status;     ///< "status": done, failed, running, ...
    std::optional<std::size_t> attention;  ///< "attention": dense, sparse
};

/// Finds the columns in the header; upper and lower case count only where both occur. Error (Data)
/// names the column that is missing or there twice, and what the header holds.
engine::Result<ColumnPlaces> findColumns(const std::vector<std::string>& header,
                                         const ColumnNames& names);

}  // namespace app
