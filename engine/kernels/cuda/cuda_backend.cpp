// SPDX-License-Identifier: GPL-3.0-or-later
#include <ATen/Context.h>
#include <c10/cuda/CUDACachingAllocator.h>
#include <c10/cuda/CUDAFunctions.h>
#include <c10/cuda/CUDAGuard.h>

#include <exception>
#include <stdexcept>

#include "engine/kernels/cuda/self_check.h"
#include "engine/kernels/device_backend.h"

namespace kernels::cuda {
namespace {

namespace allocator = c10::cuda::CUDACachingAllocator;

c10::DeviceIndex checked(int device) {
    if (device < 0 || device >= c10::cuda::device_count())
        throw std::logic_error("There is no cuda:" + std::to_string(device) + " here");
    return static_cast<c10::DeviceIndex>(device);
}

struct Memory {
    std::size_t freeBytes = 0, totalBytes = 0;
};

Memory memoryOf(int device) {
    const c10::cuda::CUDAGuard guard(checked(device));
    Memory memory;
    C10_CUDA_CHECK(cudaMemGetInfo(&memory.freeBytes, &memory.totalBytes));
    return memory;
}

class CudaBackend final : public DeviceBackend {
public:
    CudaBackend() {
        if (c10::cuda::device_count() == 0) return;
        if (!at::globalContext().hasCUDA())
            throw std::runtime_error(
                "LibTorch was used before the CUDA part was loaded; call cudaBackend() first");
        at::globalContext().lazyInitDevice(c10::DeviceType::CUDA);
        // cuDNN's attention with a mask gives NaN gradients on Hopper where L mod 128 = 64.
        at::globalContext().setSDPUseCuDNN(false);
    }

    int deviceCount() const override { return c10::cuda::device_count(); }

    std::string name(int device) const override {
        cudaDeviceProp properties{};
        C10_CUDA_CHECK(cudaGetDeviceProperties(&properties, checked(device)));
        return properties.name;
    }

    std::int64_t freeBytes(int device) const override {
        return static_cast<std::int64_t>(memoryOf(device).freeBytes);
    }

    std::int64_t totalBytes(int device) const override {
        return static_cast<std::int64_t>(memoryOf(device).totalBytes);
    }

    std::int64_t peakBytes(int device) const override {
        constexpr auto kAllPools =
            static_cast<std::size_t>(c10::CachingAllocator::StatType::AGGREGATE);
        return allocator::getDeviceStats(checked(device)).allocated_bytes[kAllPools].peak;
    }

    void resetPeak(int device) override { allocator::resetPeakStats(checked(device)); }

    void synchronize(int device) override {
        const c10::cuda::CUDAGuard guard(checked(device));
        c10::cuda::device_synchronize();
    }

    void emptyCache() override { allocator::emptyCache(); }

    engine::Result<void> selfCheck(int device) override {
        constexpr std::uint32_t kCount = 100'003;  // not a multiple of the block
        constexpr std::uint64_t kSum = std::uint64_t{kCount} * (kCount - 1) / 2;
        const std::string where = "cuda:" + std::to_string(device);
        const c10::cuda::CUDAGuard guard(checked(device));
        try {
            const std::uint64_t sum = sumOfIndices(kCount);
            if (sum == kSum) return {};
            return engine::Error{engine::ErrorKind::Usage,
                                 "The self-check on " + where + " gave " + std::to_string(sum) +
                                     " in place of " + std::to_string(kSum) + "; do not use it."};
        } catch (const std::exception& error) {
            return engine::Error{engine::ErrorKind::Usage,
                                 "The self-check on " + where + " failed: " + error.what()};
        }
    }
};

}  // namespace
}  // namespace kernels::cuda

/// The one symbol that the engine looks up after loading this library.
extern "C" __attribute__((visibility("default"))) kernels::DeviceBackend* sparsityCudaBackend() {
    static kernels::cuda::CudaBackend backend;
    return &backend;
}
