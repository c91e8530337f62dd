// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/runs/crc32c.h"

#include <array>

namespace runs {
namespace {

constexpr std::array<std::uint32_t, 256> makeTable() {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t byte = 0; byte < 256; ++byte) {
        std::uint32_t value = byte;
        for (int bit = 0; bit < 8; ++bit)
            value = (value >> 1) ^ ((value & 1U) != 0 ? 0x82f63b78U : 0U);
        table[byte] = value;
    }
    return table;
}

constexpr std::array<std::uint32_t, 256> kTable = makeTable();

}  // namespace

std::uint32_t crc32c(std::string_view bytes) {
    std::uint32_t value = 0xffffffffU;
    for (const char c : bytes)
        value = (value >> 8) ^ kTable[(value ^ static_cast<unsigned char>(c)) & 0xffU];
    return ~value;
}

}  // namespace runs
