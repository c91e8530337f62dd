// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/machine/device_monitor.h"

#include <charconv>
#include <string_view>

namespace machine {

std::optional<DeviceLoad> DeviceMonitor::read(const std::string& device) {
    if (device == "cpu") return m_processor ? m_processor->read(0) : std::nullopt;
    constexpr std::string_view kPrefix = "cuda:";
    if (!m_gpus || !device.starts_with(kPrefix)) return std::nullopt;
    int index = 0;
    const char* const end = device.data() + device.size();
    const auto [last, wrong] = std::from_chars(device.data() + kPrefix.size(), end, index);
    if (wrong != std::errc() || last != end) return std::nullopt;
    return m_gpus->read(index);
}

}  // namespace machine
