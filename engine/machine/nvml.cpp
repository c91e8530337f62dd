// SPDX-License-Identifier: GPL-3.0-or-later
// The NVIDIA management library, loaded at run time: the program needs neither its header nor a
// driver. Names, types and values: NVML API reference, "Device Queries".
#include <dlfcn.h>

#include <charconv>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "engine/machine/device_monitor.h"

namespace machine {
namespace {

using Device = struct NvmlDevice*;
constexpr int kSuccess = 0;
constexpr int kTemperatureOfChip = 0;

struct Utilisation {
    unsigned chip, memory;  // percent of the last sampling period
};
struct Memory {
    unsigned long long total, free, used;  // bytes
};

/// Names of the devices that CUDA sees, in its order; empty when it sees all of them.
std::vector<std::string> visibleDevices() {
    const char* const variable = std::getenv("CUDA_VISIBLE_DEVICES");
    std::vector<std::string> names;
    std::string_view rest = variable == nullptr ? "" : variable;
    while (!rest.empty()) {
        const std::size_t comma = rest.find(',');
        names.emplace_back(rest.substr(0, comma));
        rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
    }
    return names;
}

class Nvml : public LoadSource {
public:
    explicit Nvml(void* library) : m_library(library), m_visible(visibleDevices()) {}
    ~Nvml() override {
        if (m_shutdown != nullptr) m_shutdown();
        ::dlclose(m_library);
    }
    Nvml(const Nvml&) = delete;
    Nvml& operator=(const Nvml&) = delete;

    bool start() {
        int (*initialise)() = nullptr;
        const bool complete = find("nvmlInit_v2", initialise) &&
                              find("nvmlDeviceGetHandleByIndex_v2", m_byIndex) &&
                              find("nvmlDeviceGetHandleByUUID", m_byUuid) &&
                              find("nvmlDeviceGetUtilizationRates", m_utilisation) &&
                              find("nvmlDeviceGetMemoryInfo", m_memory) &&
                              find("nvmlDeviceGetTemperature", m_temperature);
        return complete && initialise() == kSuccess && find("nvmlShutdown", m_shutdown);
    }

    std::optional<DeviceLoad> read(int index) override {
        Device device = nullptr;
        Utilisation utilisation{};
        Memory memory{};
        if (!open(index, device) || m_utilisation(device, &utilisation) != kSuccess ||
            m_memory(device, &memory) != kSuccess)
            return std::nullopt;
        DeviceLoad load{.busy = utilisation.chip / 100.0,
                        .memoryUsed = static_cast<std::int64_t>(memory.used),
                        .memoryTotal = static_cast<std::int64_t>(memory.total),
                        .celsius = {}};
        unsigned celsius = 0;
        if (m_temperature(device, kTemperatureOfChip, &celsius) == kSuccess)
            load.celsius = static_cast<int>(celsius);
        return load;
    }

private:
    template <class Function>
    bool find(const char* name, Function*& function) {
        function = reinterpret_cast<Function*>(::dlsym(m_library, name));
        return function != nullptr;
    }

    bool open(int index, Device& device) const {
        if (index < 0) return false;
        auto physical = static_cast<unsigned>(index);
        if (!m_visible.empty()) {
            if (static_cast<std::size_t>(index) >= m_visible.size()) return false;
            const std::string& name = m_visible[static_cast<std::size_t>(index)];
            const char* const end = name.data() + name.size();
            const auto [last, wrong] = std::from_chars(name.data(), end, physical);
            if (wrong != std::errc() || last != end)
                return m_byUuid(name.c_str(), &device) == kSuccess;
        }
        return m_byIndex(physical, &device) == kSuccess;
    }

    void* m_library;
    std::vector<std::string> m_visible;
    int (*m_shutdown)() = nullptr;
    int (*m_byIndex)(unsigned, Device*) = nullptr;
    int (*m_byUuid)(const char*, Device*) = nullptr;
    int (*m_utilisation)(Device, Utilisation*) = nullptr;
    int (*m_memory)(Device, Memory*) = nullptr;
    int (*m_temperature)(Device, int, unsigned*) = nullptr;
};

}  // namespace

std::unique_ptr<LoadSource> openNvml(const std::string& library) {
    void* const handle = ::dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (handle == nullptr) return nullptr;
    auto source = std::make_unique<Nvml>(handle);
    if (!source->start()) return nullptr;
    return source;
}

}  // namespace machine
