// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "engine/result.h"
#include "engine/runs/file_commit.h"
#include "engine/training/cohort_trainer.h"

namespace runs {

/// Text pairs kept in the header under "__metadata__".
using TensorMetadata = std::map<std::string, std::string>;

struct TensorFile {
    TensorMetadata metadata;
    std::vector<training::StateTensor> tensors;
};

/// Saves tensors in safetensors form (github.com/huggingface/safetensors), F32 and I64, with two
/// SHA-256 in the metadata: of the payload ("sha256") and of the header without itself
/// ("headerSha256"). Errors: Io; Data if shape and bytes of a tensor disagree or the header exceeds
/// 16 MiB.
engine::Result<void> writeTensorFile(const std::filesystem::path& path,
                                     const std::vector<training::StateTensor>& tensors,
                                     TensorMetadata metadata, const CommitGuard& guard = {});

/// Reads and verifies a file of writeTensorFile(). Every length is checked before memory is taken.
/// Errors: Io (unreadable); Data (damaged: names the file and what does not fit).
engine::Result<TensorFile> readTensorFile(const std::filesystem::path& path);

/// The verified metadata alone, without reading the payload. Errors as above.
engine::Result<TensorMetadata> readTensorMetadata(const std::filesystem::path& path);

}  // namespace runs
