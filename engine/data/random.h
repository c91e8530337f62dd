// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <bit>
#include <cstdint>

namespace data {

/// One step of splitmix64: a bijection of 64 bits that spreads counters well.
/// Source: Steele, Lea, Flood 2014; constants of Vigna's public-domain splitmix64.c.
constexpr std::uint64_t splitMix(std::uint64_t value) {
    value += 0x9e3779b97f4a7c15U;
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9U;
    value = (value ^ (value >> 27)) * 0x94d049bb133111ebU;
    return value ^ (value >> 31);
}

/// xoshiro256**, the same bits on every machine (std:: distributions differ between libraries).
/// Source: Blackman, Vigna 2018, public-domain xoshiro256starstar.c.
class Generator {
public:
    /// Different streams of one seed are independent for all purposes here.
    constexpr explicit Generator(std::uint64_t seed, std::uint64_t stream = 0) {
        std::uint64_t counter = splitMix(seed) ^ splitMix(~stream);
        for (std::uint64_t& word : m_state) {
            word = splitMix(counter);
            counter += 0x9e3779b97f4a7c15U;
        }
    }

    constexpr std::uint64_t next() {
        const std::uint64_t result = std::rotl(m_state[1] * 5, 7) * 9;
        const std::uint64_t shifted = m_state[1] << 17;
        m_state[2] ^= m_state[0];
        m_state[3] ^= m_state[1];
        m_state[1] ^= m_state[2];
        m_state[0] ^= m_state[3];
        m_state[2] ^= shifted;
        m_state[3] = std::rotl(m_state[3], 45);
        return result;
    }

    /// Uniform in [0, bound) without bias; bound >= 1.
    constexpr std::uint64_t below(std::uint64_t bound) {
        const std::uint64_t rejected = (0 - bound) % bound;  // 2^64 mod bound
        std::uint64_t value = next();
        while (value < rejected) value = next();
        return value % bound;
    }

    /// Uniform in [0, 1) with 53 bits.
    constexpr double unit() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }

private:
    std::array<std::uint64_t, 4> m_state{};
};

}  // namespace data
