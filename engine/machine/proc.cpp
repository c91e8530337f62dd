// SPDX-License-Identifier: GPL-3.0-or-later
// Load of the processor and of main memory as the Linux kernel tells it. Source: proc(5).
#include <filesystem>
#include <fstream>
#include <utility>

#include "engine/machine/device_monitor.h"

namespace machine {
namespace {

/// Clock ticks since boot, summed over all processors.
struct Ticks {
    std::int64_t busy = 0, all = 0;
};

class Proc : public LoadSource {
public:
    explicit Proc(std::filesystem::path folder) : m_folder(std::move(folder)) {}

    std::optional<DeviceLoad> read(int) override {
        DeviceLoad load;
        const std::optional<Ticks> now = ticks();
        if (!now || !readMemory(load)) return std::nullopt;
        const std::optional<Ticks> before = std::exchange(m_before, now);
        if (!before || now->all <= before->all) return std::nullopt;
        load.busy = static_cast<double>(now->busy - before->busy) /
                    static_cast<double>(now->all - before->all);
        return load;
    }

private:
    /// The first line of /proc/stat: user nice system idle iowait irq softirq steal ...
    std::optional<Ticks> ticks() const {
        constexpr int kFields = 8;  // guest time is part of user time
        std::ifstream file(m_folder / "stat");
        std::string label;
        file >> label;
        Ticks sum;
        for (int field = 0; field < kFields; ++field) {
            std::int64_t value = 0;
            if (!(file >> value)) return std::nullopt;
            sum.all += value;
            const bool idle = field == 3 || field == 4;
            if (!idle) sum.busy += value;
        }
        return label == "cpu" ? std::optional(sum) : std::nullopt;
    }

    bool readMemory(DeviceLoad& load) const {
        std::ifstream file(m_folder / "meminfo");
        std::int64_t total = -1, available = -1, kilobytes = 0;
        std::string name, unit;
        while ((total < 0 || available < 0) && (file >> name >> kilobytes)) {
            std::getline(file, unit);
            if (name == "MemTotal:") total = kilobytes * 1024;
            if (name == "MemAvailable:") available = kilobytes * 1024;
        }
        load.memoryTotal = total;
        load.memoryUsed = total - available;
        return total > 0 && available >= 0;
    }

    std::filesystem::path m_folder;
    std::optional<Ticks> m_before;
};

}  // namespace

std::unique_ptr<LoadSource> openProc(const std::string& folder) {
    return std::make_unique<Proc>(folder);
}

}  // namespace machine
