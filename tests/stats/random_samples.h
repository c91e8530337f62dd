// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>
#include <random>
#include <vector>

/// Random data for property tests; the same numbers in every run and on every platform.
class RandomSamples {
public:
    explicit RandomSamples(std::uint64_t seed) : m_generator(seed) {}

    /// In (0, 1).
    double uniform() { return (static_cast<double>(m_generator() >> 11) + 0.5) * 0x1p-53; }
    double uniform(double low, double high) { return low + (high - low) * uniform(); }

    /// Box-Muller.
    double normal() {
        return std::sqrt(-2 * std::log(uniform())) * std::cos(2 * std::numbers::pi * uniform());
    }

    std::vector<double> sample(std::size_t n, double mean, double sd) {
        std::vector<double> values(n);
        for (double& value : values) value = mean + sd * normal();
        return values;
    }

    /// k groups of n losses whose means differ by about `spread` sds.
    std::vector<std::vector<double>> groups(std::size_t k, std::size_t n, double spread) {
        std::vector<std::vector<double>> all;
        for (std::size_t g = 0; g < k; ++g) all.push_back(sample(n, 2 + spread * normal(), 1));
        return all;
    }

    /// n blocks of k losses, each block with a level of its own.
    std::vector<std::vector<double>> blocks(std::size_t n, std::size_t k) {
        std::vector<std::vector<double>> all;
        for (std::size_t b = 0; b < n; ++b) all.push_back(sample(k, normal(), 0.5));
        return all;
    }

private:
    std::mt19937_64 m_generator;
};

/// values * scale + shift.
inline std::vector<double> moved(std::vector<double> values, double scale, double shift) {
    for (double& value : values) value = scale * value + shift;
    return values;
}

inline std::vector<std::vector<double>> moved(std::vector<std::vector<double>> groups, double scale,
                                              double shift) {
    for (auto& group : groups) group = moved(std::move(group), scale, shift);
    return groups;
}
