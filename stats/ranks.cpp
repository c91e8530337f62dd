// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/ranks.h"

#include <algorithm>
#include <numeric>

#include "stats/exactness.h"

namespace stats {

const char* toText(Exactness exactness) {
    switch (exactness) {
        case Exactness::Exact:
            return "exact";
        case Exactness::Asymptotic:
            return "asymptotic";
        case Exactness::MonteCarlo:
            return "Monte Carlo";
    }
    return "unknown";
}

double Midranks::tieSum() const {
    double sum = 0;
    for (const std::int64_t count : tieCounts) {
        const auto t = static_cast<double>(count);
        sum += t * t * t - t;
    }
    return sum;
}

Midranks midranks(Sample values) {
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
    Midranks ranks;
    ranks.doubled.resize(values.size());
    for (std::size_t first = 0; first < order.size();) {
        std::size_t last = first + 1;
        while (last < order.size() && values[order[last]] == values[order[first]]) ++last;
        // ranks first+1 .. last share their mean; twice the mean is first + 1 + last
        const auto doubled = static_cast<std::int64_t>(first + 1 + last);
        for (std::size_t k = first; k < last; ++k) ranks.doubled[order[k]] = doubled;
        if (last - first > 1) ranks.tieCounts.push_back(static_cast<std::int64_t>(last - first));
        first = last;
    }
    return ranks;
}

}  // namespace stats
