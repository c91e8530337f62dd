// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "engine/result.h"

namespace runs {

/// Whether a commit replaces an older file of that name or must be the first.
enum class CommitMode { Replace, First };

/// Asked after the data are on disk and just before the file gets its name; an error abandons the
/// commit.
using CommitGuard = std::function<engine::Result<void>()>;

/// Saves a file so that after a crash either the old or the new content is there, whole: temporary
/// file in the same folder (O_EXCL), write, fsync, close, rename (First: link), fsync of the
/// folder. Any error means "not saved", the old file stays and the temporary one goes. Errors: Io,
/// naming path, bytes needed and reason; Superseded if CommitMode::First finds the name taken.
engine::Result<void> commitFile(const std::filesystem::path& path,
                                std::span<const std::span<const std::byte>> parts,
                                CommitMode mode = CommitMode::Replace,
                                const CommitGuard& guard = {});
engine::Result<void> commitText(const std::filesystem::path& path, std::string_view text,
                                CommitMode mode = CommitMode::Replace,
                                const CommitGuard& guard = {});

/// fsync of a folder, so that names made or removed in it last. Error: Io.
engine::Result<void> syncFolder(const std::filesystem::path& folder);

/// Reads a whole file of at most `limit` bytes. Error: Io (missing, unreadable, larger).
engine::Result<std::string> readFile(const std::filesystem::path& path, std::uint64_t limit);

/// Error of kind Io: "<what> <path>: <reason of errno>."
engine::Error ioError(std::string_view what, const std::filesystem::path& path, int errorNumber);

}  // namespace runs
