// SPDX-License-Identifier: GPL-3.0-or-later
// The design is complete and balanced, so every sum of squares is that of a table of effects
// (means with their margins swept out), without differences of large numbers.
#include <array>

#include "stats/anova_twoway.h"
#include "stats/arguments.h"
#include "stats/factorial_design.h"

namespace stats {
namespace {

/// Values indexed by block, a, b.
class Cube {
public:
    Cube(std::size_t blocks, std::size_t a, std::size_t b)
        : m_extent{blocks, a, b}, m_values(blocks * a * b, 0.0) {}

    double& at(std::size_t s, std::size_t i, std::size_t j) {
        return m_values[(s * m_extent[1] + i) * m_extent[2] + j];
    }
    std::size_t extent(std::size_t axis) const { return m_extent[axis]; }

    /// Takes off the mean over an axis and returns those means (extent 1 there).
    Cube sweep(std::size_t axis) {
        std::array<std::size_t, 3> reduced = m_extent;
        reduced[axis] = 1;
        Cube means(reduced[0], reduced[1], reduced[2]);
        const auto share = 1 / static_cast<double>(m_extent[axis]);
        forEach(
            [&](std::array<std::size_t, 3> at) { means.project(at, axis) += share * value(at); });
        forEach([&](std::array<std::size_t, 3> at) { value(at) -= means.project(at, axis); });
        return means;
    }

    double sumOfSquares() const {
        double sum = 0;
        for (const double value : m_values) sum += value * value;
        return sum;
    }

private:
    double& value(const std::array<std::size_t, 3>& index) {
        return at(index[0], index[1], index[2]);
    }
    double& project(std::array<std::size_t, 3> index, std::size_t axis) {
        index[axis] = 0;
        return value(index);
    }
    template <typename Visit>
    void forEach(Visit visit) {
        for (std::size_t s = 0; s < m_extent[0]; ++s) {
            for (std::size_t i = 0; i < m_extent[1]; ++i) {
                for (std::size_t j = 0; j < m_extent[2]; ++j) visit({s, i, j});
            }
        }
    }

    std::array<std::size_t, 3> m_extent;
    std::vector<double> m_values;
};

Cube cubeOf(const char* function, const Factorial& data, const FactorialSize& size,
            const std::vector<double>& y) {
    Cube cube(size.blocks, size.a, size.b);
    Cube counts(size.blocks, size.a, size.b);
    for (std::size_t i = 0; i < size.n; ++i) {
        cube.at(data.block[i], data.a[i], data.b[i]) = y[i];
        if (++counts.at(data.block[i], data.a[i], data.b[i]) > 1) {
            refuse(function, "y", "must have one run per block and cell, but one has two");
        }
    }
    if (size.n != size.blocks * size.a * size.b) {
        refuse(function, "y", "must have one run per block and cell, but one is missing");
    }
    return cube;
}

FactorialEffect effectOf(const char* name, double df, double blocks, const Cube& effect,
                         double repeats, const Cube& error) {
    FactorialEffect result;
    result.name = name;
    result.df = df;
    result.ss = effect.sumOfSquares() * repeats * blocks;
    result.dfError = df * (blocks - 1);
    result.ssError = error.sumOfSquares() * repeats;
    return result;
}

}  // namespace

FactorialAnova twoWayWithinAnova(const Factorial& data) {
    const char* function = "twoWayWithinAnova";
    if (data.block.empty()) refuse(function, "block", "must hold one index per value of y");
    const FactorialSize size = checkedSize(function, data);
    FactorialAnova result;
    result.n = size.n;
    Cube interaction =
        cubeOf(function, data, size, centredResponse(data.y, result.ssTotal));  // block x a x b
    Cube byA = interaction.sweep(2);                                            // block x a
    Cube byB = interaction.sweep(1);  // block x b, swept of its mean over b
    byA.sweep(1);                     // takes the block means off
    const Cube effectAB = interaction.sweep(0);
    const Cube effectA = byA.sweep(0);
    const Cube effectB = byB.sweep(0);
    const auto a = static_cast<double>(size.a);
    const auto b = static_cast<double>(size.b);
    const auto blocks = static_cast<double>(size.blocks);
    result.effects = {effectOf("a", a - 1, blocks, effectA, b, byA),
                      effectOf("b", b - 1, blocks, effectB, a, byB),
                      effectOf("a:b", (a - 1) * (b - 1), blocks, effectAB, 1, interaction)};
    for (FactorialEffect& effect : result.effects) {
        requireError(function, effect.ssError, data);
        finishEffect(effect, static_cast<double>(size.n), result.ssTotal);
    }
    return result;
}

}  // namespace stats
