// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/machine/device_monitor.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace {

using machine::DeviceLoad;
using machine::DeviceMonitor;

/// /proc with figures of our own.
class FakeProc {
public:
    FakeProc() {
        std::string name = (std::filesystem::temp_directory_path() / "proc-test-XXXXXX").string();
        m_path = ::mkdtemp(name.data());
    }
    ~FakeProc() { std::filesystem::remove_all(m_path); }
    void write(const char* file, const char* text) const { std::ofstream(m_path / file) << text; }
    std::string path() const { return m_path.string(); }

private:
    std::filesystem::path m_path;
};

class Nvml : public testing::Test {
protected:
    void SetUp() override { ::unsetenv("CUDA_VISIBLE_DEVICES"); }
    void TearDown() override { ::unsetenv("CUDA_VISIBLE_DEVICES"); }
};

TEST_F(Nvml, TellsUtilisationMemoryAndTemperatureOfAGpu) {
    DeviceMonitor monitor(machine::openNvml(FAKE_NVML), nullptr);
    EXPECT_EQ(monitor.read("cuda:0"), (DeviceLoad{0.93, 21'000'000'000, 80'000'000'000, 61}));
    EXPECT_EQ(monitor.read("cuda:1"),
              (DeviceLoad{0.07, 1'000'000'000, 80'000'000'000, std::nullopt}));
}

TEST_F(Nvml, KnowsNothingOfADeviceThatIsNotThere) {
    DeviceMonitor monitor(machine::openNvml(FAKE_NVML), nullptr);
    for (const char* device : {"cuda:2", "cuda:-1", "cuda:", "cuda:0x", "cpu", "tpu"})
        EXPECT_EQ(monitor.read(device), std::nullopt) << device;
}

TEST_F(Nvml, CountsAsCudaDoes) {
    ::setenv("CUDA_VISIBLE_DEVICES", "1,0", 1);
    DeviceMonitor swapped(machine::openNvml(FAKE_NVML), nullptr);
    EXPECT_EQ(swapped.read("cuda:0")->busy, 0.07);
    EXPECT_EQ(swapped.read("cuda:1")->busy, 0.93);
    ::setenv("CUDA_VISIBLE_DEVICES", "GPU-second", 1);
    DeviceMonitor named(machine::openNvml(FAKE_NVML), nullptr);
    EXPECT_EQ(named.read("cuda:0")->busy, 0.07);
    EXPECT_EQ(named.read("cuda:1"), std::nullopt);
}

TEST_F(Nvml, IsAbsentWithoutADriver) {
    EXPECT_EQ(machine::openNvml("libof-no-driver.so.1"), nullptr);
    EXPECT_EQ(machine::openNvml("libm.so.6"), nullptr);  // a library, but not this one
    DeviceMonitor monitor(nullptr, nullptr);
    EXPECT_EQ(monitor.read("cuda:0"), std::nullopt);
    EXPECT_EQ(monitor.read("cpu"), std::nullopt);
}

TEST(ProcessorLoad, IsTheBusyShareSinceTheLastReading) {
    const FakeProc proc;
    proc.write("meminfo", "MemTotal:  16000 kB\nMemFree: 1 kB\nMemAvailable:  4000 kB\n");
    proc.write("stat", "cpu  100 0 50 800 50 0 0 0 0 0\ncpu0 1 1 1 1\n");
    DeviceMonitor monitor(nullptr, machine::openProc(proc.path()));
    EXPECT_EQ(monitor.read("cpu"), std::nullopt);
    proc.write("stat", "cpu  160 0 65 810 65 0 0 0 0 0\ncpu0 1 1 1 1\n");  // 75 busy, 25 idle
    EXPECT_EQ(monitor.read("cpu"), (DeviceLoad{0.75, 12000 * 1024, 16000 * 1024, std::nullopt}));
}

TEST(ProcessorLoad, IsUnknownWhereTheKernelSaysNothing) {
    const FakeProc proc;
    DeviceMonitor monitor(nullptr, machine::openProc(proc.path()));
    EXPECT_EQ(monitor.read("cpu"), std::nullopt);
    proc.write("stat", "cpu  100 garbage\n");
    EXPECT_EQ(monitor.read("cpu"), std::nullopt);
}

TEST(ProcessorLoad, OfThisMachineIsAShare) {
    DeviceMonitor monitor(nullptr, machine::openProc());
    std::optional<DeviceLoad> load;
    while (!load) load = monitor.read("cpu");  // until the first clock tick has passed
    EXPECT_GE(load->busy, 0.0);
    EXPECT_LE(load->busy, 1.0);
    EXPECT_GT(load->memoryTotal, load->memoryUsed);
}

}  // namespace
