// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace data {

/// SHA-256 of a stream of bytes. Source: FIPS 180-4.
class Sha256 {
public:
    void update(std::span<const std::uint8_t> bytes);
    void update(std::string_view text);
    /// Lower-case hex, 64 characters. Ends the stream: the object must not be used afterwards.
    std::string hexDigest();

private:
    void compress(const std::uint8_t* block);

    std::array<std::uint32_t, 8> m_state = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                            0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    std::array<std::uint8_t, 64> m_block{};
    std::size_t m_filled = 0;    // bytes waiting in m_block
    std::uint64_t m_length = 0;  // bytes seen
};

std::string sha256Hex(std::span<const std::uint8_t> bytes);
std::string sha256Hex(std::string_view text);

}  // namespace data
