// SPDX-License-Identifier: GPL-3.0-or-later
#include <dlfcn.h>
#include <gtest/gtest.h>

#include "engine/kernels/device_backend.h"

namespace kernels {
namespace {

TEST(DeviceBackend, IsThereOrSaysWhyNot) {
    EXPECT_EQ(cudaBackend() == nullptr, !cudaUnavailableReason().empty())
        << cudaUnavailableReason();
}

TEST(DeviceBackend, LoadsNothingWithoutADriver) {
    if (void* driver = dlopen("libcuda.so.1", RTLD_LAZY)) {
        dlclose(driver);
        GTEST_SKIP() << "this machine has an NVIDIA driver";
    }
    EXPECT_EQ(cudaBackend(), nullptr);
    EXPECT_NE(cudaUnavailableReason().find("driver"), std::string::npos);
    EXPECT_EQ(dlopen("libengine_cuda.so", RTLD_LAZY | RTLD_NOLOAD), nullptr);
    EXPECT_EQ(dlopen("libtorch_cuda.so", RTLD_LAZY | RTLD_NOLOAD), nullptr);
}

TEST(DeviceBackend, EveryDeviceComputesAKnownSum) {
    DeviceBackend* backend = cudaBackend();
    if (!backend) GTEST_SKIP() << cudaUnavailableReason();
    for (int device = 0; device < backend->deviceCount(); ++device) {
        const auto checked = backend->selfCheck(device);
        EXPECT_TRUE(checked) << checked.error().message;
        EXPECT_FALSE(backend->name(device).empty());
        EXPECT_GT(backend->totalBytes(device), backend->freeBytes(device));
        backend->resetPeak(device);
        EXPECT_GE(backend->peakBytes(device), 0);
    }
}

}  // namespace
}  // namespace kernels
