// SPDX-License-Identifier: GPL-3.0-or-later
#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <malloc.h>
#include <torch/headeronly/version.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <thread>

#include "engine/kernels/cpu/sequence_attention.h"
#include "engine/kernels/device_backend.h"
#include "engine/training/cohort_trainer.h"

/// MKL (inside libtorch_cpu) asks this function, found through the program's dynamic symbols,
/// whether to take its fast paths; its own answer is no on AMD. Only where the processor has AVX2;
/// SPARSITY_MKL_FAST=0 switches it off.
extern "C" __attribute__((visibility("default"), used)) int mkl_serv_intel_cpu_true() {
    const char* wish = std::getenv("SPARSITY_MKL_FAST");
    __builtin_cpu_init();
    return (!wish || wish[0] != '0') && __builtin_cpu_supports("avx2") &&
                   __builtin_cpu_supports("fma")
               ? 1
               : 0;
}

namespace training {
namespace {

struct ProductRate {
    double gflops = 0;
    double worstError = 0;  // against the same product in double, relative to its largest element
};

/// float32 matrix product of one thread, with a check that the path taken computes correctly.
ProductRate measureProduct() {
    constexpr std::int64_t n = 512;
    const at::NoGradGuard guard;
    const auto a = at::rand({n, n}), b = at::rand({n, n});
    auto c = at::empty({n, n});
    double best = 1e9;
    for (int i = 0; i < 6; ++i) {
        const auto begin = std::chrono::steady_clock::now();
        at::mm_out(c, a, b);
        best = std::min(
            best, std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
    }
    const auto exact = at::mm(a.to(at::kDouble), b.to(at::kDouble));
    return {2.0 * n * n * n / best / 1e9,
            ((c - exact).abs().max() / exact.abs().max()).item<double>()};
}

}  // namespace

void prepareProcess() {
    (void)kernels::cudaBackend();  // LibTorch asks once whether CUDA is there, so load it before
                                   // the first tensor
    // glibc maps tensors above 32 MiB anew at each use and returns them; keep the pages instead.
    mallopt(M_MMAP_THRESHOLD, 1 << 30);
    mallopt(M_TRIM_THRESHOLD, 2147483647);
    mallopt(M_TOP_PAD, 64 << 20);
}

std::vector<std::string> availableDevices() {
    std::vector<std::string> devices{"cpu"};
    if (auto* cuda = kernels::cudaBackend())
        for (int i = 0; i < cuda->deviceCount(); ++i)
            devices.push_back("cuda:" + std::to_string(i));
    return devices;
}

std::string environmentDescription() {
    const auto rate = measureProduct();
    char line[320];
    std::snprintf(line, sizeof line,
                  "LibTorch %s; %u cores; kernels %s; float32 product %.0f GFLOP/s on %d thread%s, "
                  "relative error %.0e%s",
                  TORCH_VERSION, std::thread::hardware_concurrency(),
                  kernels::cpu::instructionSet(), rate.gflops, at::get_num_threads(),
                  at::get_num_threads() == 1 ? "" : "s", rate.worstError,
                  mkl_serv_intel_cpu_true() ? "; MKL fast path allowed" : "");
    return line;
}

}  // namespace training
