// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace machine {

/// How busy a device is now.
struct DeviceLoad {
    double busy = 0.0;                             // share of the time, 0..1
    std::int64_t memoryUsed = 0, memoryTotal = 0;  // bytes
    std::optional<int> celsius;
    bool operator==(const DeviceLoad&) const = default;
};

/// One source of loads: the NVIDIA driver, or the kernel's figures of the processor.
class LoadSource {
public:
    virtual ~LoadSource() = default;
    /// nullopt when this device is not known here or does not answer.
    virtual std::optional<DeviceLoad> read(int index) = 0;
};

/// GPUs through NVML, found at run time: nullptr where there is no driver. `index` counts as CUDA
/// does, CUDA_VISIBLE_DEVICES included.
std::unique_ptr<LoadSource> openNvml(const std::string& library = "libnvidia-ml.so.1");

/// The processor and main memory from /proc. The first reading has no time to compare with and is
/// nullopt.
std::unique_ptr<LoadSource> openProc(const std::string& folder = "/proc");

/// Load of a training device by its name, "cpu" or "cuda:N". Not thread-safe.
class DeviceMonitor {
public:
    DeviceMonitor(std::unique_ptr<LoadSource> gpus, std::unique_ptr<LoadSource> processor)
        : m_gpus(std::move(gpus)), m_processor(std::move(processor)) {}
    std::optional<DeviceLoad> read(const std::string& device);

private:
    std::unique_ptr<LoadSource> m_gpus;  // nullptr: none
    std::unique_ptr<LoadSource> m_processor;
};

}  // namespace machine
