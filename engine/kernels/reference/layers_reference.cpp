// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/kernels/reference/layers_reference.h"

#include <algorithm>
#include <cmath>

namespace kernels::reference {

Values linear(const Values& x, const Values& weight, std::int64_t in, std::int64_t out) {
    const auto width = static_cast<std::size_t>(in), wide = static_cast<std::size_t>(out),
               rows = x.size() / width;
    Values y(rows * wide);
    for (std::size_t n = 0; n < rows; ++n)
        for (std::size_t o = 0; o < wide; ++o)
            for (std::size_t i = 0; i < width; ++i)
                y[n * wide + o] += x[n * width + i] * weight[i * wide + o];
    return y;
}

Values rmsNorm(const Values& x, const Values& weight) {
    Values y(x.size());
    for (std::size_t row = 0; row < x.size(); row += weight.size()) {
        double square = 0;
        for (std::size_t d = 0; d < weight.size(); ++d) square += x[row + d] * x[row + d];
        const double scale = 1.0 / std::sqrt(square / static_cast<double>(weight.size()) + 1e-6);
        for (std::size_t d = 0; d < weight.size(); ++d) y[row + d] = x[row + d] * scale * weight[d];
    }
    return y;
}

Values gelu(Values x) {
    for (double& v : x) v = 0.5 * v * (1.0 + std::erf(v / std::sqrt(2.0)));
    return x;
}

double crossEntropy(const Values& logits, const std::vector<std::int64_t>& targets) {
    const std::size_t width = logits.size() / targets.size();
    double total = 0;
    for (std::size_t n = 0; n < targets.size(); ++n) {
        const double* row = &logits[n * width];
        const double top = *std::max_element(row, row + width);
        double mass = 0;
        for (std::size_t v = 0; v < width; ++v) mass += std::exp(row[v] - top);
        total += top + std::log(mass) - row[targets[n]];
    }
    return total / static_cast<double>(targets.size());
}

void adamW(double gradient, double learningRate, double beta1, double beta2, double epsilon,
           double decay, std::int64_t step, double& weight, double& first, double& second) {
    const auto count = static_cast<double>(step);
    first = beta1 * first + (1 - beta1) * gradient;
    second = beta2 * second + (1 - beta2) * gradient * gradient;
    const double m = first / (1 - std::pow(beta1, count)),
                 v = second / (1 - std::pow(beta2, count));
    weight -= learningRate * decay * weight;
    weight -= learningRate * m / (std::sqrt(v) + epsilon);
}

}  // namespace kernels::reference
