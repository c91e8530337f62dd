// SPDX-License-Identifier: GPL-3.0-or-later
#include <cuda_runtime.h>

#include <stdexcept>
#include <string>

#include "engine/kernels/cuda/self_check.h"

namespace kernels::cuda {
namespace {

void check(cudaError_t status, const char* call) {
    if (status != cudaSuccess)
        throw std::runtime_error(std::string(call) + ": " + cudaGetErrorString(status));
}

/// Owns one 64-bit sum in device memory.
class DeviceSum {
public:
    DeviceSum() {
        check(cudaMalloc(&m_sum, sizeof *m_sum), "cudaMalloc");
        check(cudaMemset(m_sum, 0, sizeof *m_sum), "cudaMemset");
    }
    ~DeviceSum() { cudaFree(m_sum); }
    DeviceSum(const DeviceSum&) = delete;
    DeviceSum& operator=(const DeviceSum&) = delete;

    unsigned long long* get() { return m_sum; }
    unsigned long long value() const {
        unsigned long long result = 0;
        check(cudaMemcpy(&result, m_sum, sizeof result, cudaMemcpyDeviceToHost), "cudaMemcpy");
        return result;
    }

private:
    unsigned long long* m_sum = nullptr;
};

/// Each warp adds its 32 indices by shuffles, then its first lane adds to the sum.
__global__ void addIndices(std::uint32_t count, unsigned long long* sum) {
    const std::uint32_t index = blockIdx.x * blockDim.x + threadIdx.x;
    unsigned long long value = index < count ? index : 0;
    for (int offset = 16; offset > 0; offset /= 2)
        value += __shfl_down_sync(0xffffffffu, value, offset);
    if (threadIdx.x % 32 == 0) atomicAdd(sum, value);
}

}  // namespace

std::uint64_t sumOfIndices(std::uint32_t count) {
    constexpr std::uint32_t kThreads = 256;
    DeviceSum sum;
    addIndices<<<(count + kThreads - 1) / kThreads, kThreads>>>(count, sum.get());
    check(cudaGetLastError(), "addIndices");
    return sum.value();
}

}  // namespace kernels::cuda
