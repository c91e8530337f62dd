// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace kernels::cuda {

/// Sums 0, 1, ..., count - 1 on the current device. Throws std::runtime_error naming the CUDA call
/// that failed and its message.
std::uint64_t sumOfIndices(std::uint32_t count);

}  // namespace kernels::cuda
