// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>

#include "engine/result.h"

namespace runs {

/// Writes the files of a POSIX ustar archive below `folder`. Error Data if it is no such archive or
/// a name leads out of the folder, Io if a file cannot be written.
engine::Result<void> unpackArchive(std::span<const std::uint8_t> archive,
                                   const std::filesystem::path& folder);

/// The finished experiment that the program carries, with every run done and metrics thinned, as a
/// folder below `parent`. Unpacked at the first call; whole, by a rename, or not at all. Another
/// version of the archive gets another folder. Error Io.
engine::Result<std::filesystem::path> placeExample(const std::filesystem::path& parent);

}  // namespace runs
