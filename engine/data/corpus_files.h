// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/result.h"

namespace data {

/// Bytes and whoever keeps them alive (a mapping, a vector, nobody for embedded text).
struct Bytes {
    std::shared_ptr<const void> owner;
    std::span<const std::uint8_t> view;
};

Bytes ownBytes(std::vector<std::uint8_t> bytes);

/// A regular file, memory-mapped; or a folder: its files one after the other in name order,
/// subfolders included, hidden names left out. Errors (Data): missing, unreadable, not a file,
/// empty; each names the path and the remedy.
engine::Result<Bytes> readBytes(const std::string& path);

}  // namespace data
