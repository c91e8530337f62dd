// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

#include "engine/result.h"

namespace kernels {

/// What only the CUDA library can tell or do about a device. Implemented by engine_cuda, which the
/// engine loads at run time; devices are counted from 0 as in "cuda:0". Calls throw std::exception
/// when the driver reports an error.
class DeviceBackend {
public:
    virtual ~DeviceBackend() = default;

    virtual int deviceCount() const = 0;
    /// The product name, "NVIDIA H200".
    virtual std::string name(int device) const = 0;
    /// Bytes that no process uses now, and bytes in all.
    virtual std::int64_t freeBytes(int device) const = 0;
    virtual std::int64_t totalBytes(int device) const = 0;
    /// Most bytes that tensors of this process held at once since resetPeak().
    virtual std::int64_t peakBytes(int device) const = 0;
    virtual void resetPeak(int device) = 0;
    /// Waits until all work queued on the device is done; timings start and end with it.
    virtual void synchronize(int device) = 0;
    /// Returns cached blocks to the driver, on all devices; after a run that ended out of memory.
    virtual void emptyCache() = 0;
    /// Runs one kernel of ours and compares its sums with the known answer. Error: the library was
    /// built for other GPU architectures, or the device computes wrongly.
    virtual engine::Result<void> selfCheck(int device) = 0;
};

/// The CUDA library, loaded at the first call where an NVIDIA driver is present; nullptr elsewhere.
/// LibTorch asks once whether CUDA is there: call this before the first tensor operation of the
/// process. Thread-safe.
DeviceBackend* cudaBackend();

/// One sentence why cudaBackend() is nullptr; empty where it is not.
const std::string& cudaUnavailableReason();

}  // namespace kernels
