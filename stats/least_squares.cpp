// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/least_squares.h"

#include <cmath>

#include "stats/arguments.h"

namespace stats {
namespace {

/// Scalar product of the rows from `from` on. Four sums, because one alone would wait for itself.
double product(const std::vector<double>& left, const std::vector<double>& right,
               std::size_t from) {
    double sums[4] = {0, 0, 0, 0};
    std::size_t i = from;
    for (; i + 4 <= left.size(); i += 4) {
        for (std::size_t lane = 0; lane < 4; ++lane) sums[lane] += left[i + lane] * right[i + lane];
    }
    for (; i < left.size(); ++i) sums[0] += left[i] * right[i];
    return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

double squaredLength(const std::vector<double>& vector, std::size_t from) {
    return product(vector, vector, from);
}

/// One reflection I - 2 v v' / v'v that acts on rows `from` and below.
struct Reflection {
    std::size_t from = 0;
    std::vector<double> direction;
    double squaredLength = 0;

    void applyTo(std::vector<double>& vector) const {
        const double scale = 2 * product(direction, vector, from) / squaredLength;
        for (std::size_t i = from; i < vector.size(); ++i) vector[i] -= scale * direction[i];
    }
};

/// The reflection that maps the column (already reflected by the earlier ones) onto row `from`.
Reflection reflectionOf(const std::vector<double>& column, std::size_t from, double length) {
    Reflection reflection{from, column, 0};
    reflection.direction[from] += column[from] < 0 ? -length : length;
    reflection.squaredLength = squaredLength(reflection.direction, from);
    return reflection;
}

}  // namespace

SequentialFit fitSequentially(const char* function, const std::vector<DesignColumns>& terms,
                              std::vector<double> y) {
    SequentialFit fit;
    std::vector<Reflection> reflections;
    for (const DesignColumns& term : terms) {
        double sum = 0;
        for (std::vector<double> column : term) {
            const double originalLength = std::sqrt(squaredLength(column, 0));
            for (const Reflection& reflection : reflections) reflection.applyTo(column);
            const std::size_t from = reflections.size();
            if (from >= y.size()) {
                refuse(function, "y", "must leave residual degrees of freedom");
            }
            const double length = std::sqrt(squaredLength(column, from));
            if (length <= 1e-10 * originalLength) {
                refuse(function, "factors", "must not determine each other (dependent columns)");
            }
            reflections.push_back(reflectionOf(column, from, length));
            reflections.back().applyTo(y);
            sum += y[from] * y[from];
        }
        fit.sumsOfSquares.push_back(sum);
    }
    if (reflections.size() >= y.size()) {
        refuse(function, "y", "must leave residual degrees of freedom");
    }
    fit.residualSumOfSquares = squaredLength(y, reflections.size());
    fit.residualDf = static_cast<double>(y.size() - reflections.size());
    return fit;
}

}  // namespace stats
