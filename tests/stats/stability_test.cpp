// SPDX-License-Identifier: GPL-3.0-or-later
// What every function of stats/ must bear: losses with a tiny spread, few, equal and many values,
// huge and tiny numbers. The answer is a number or a refusal with its reason, never NaN.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "stats/argmin_trend.h"
#include "stats/bayes_factors.h"
#include "stats/distributions.h"
#include "stats/max_t_distribution.h"
#include "stats/studentized_range.h"
#include "tests/stats/function_families.h"
#include "tests/stats/random_samples.h"

namespace stats {
namespace {

using families::Function;
using families::Numbers;
using families::Table;

/// Whole numbers of about `spread`, a mean per row.
Table integers(RandomSamples& random, std::size_t rows, std::size_t columns, double spread) {
    Table table(rows, std::vector<double>(columns));
    for (auto& row : table) {
        const double mean = spread * random.normal();
        for (double& value : row) value = std::round(mean + spread * random.normal());
    }
    return table;
}

void expectClose(double got, double expected, double tolerance, const std::string& what) {
    if (std::isinf(expected)) {
        EXPECT_EQ(got, expected) << what;
        return;
    }
    EXPECT_LE(std::abs(got - expected), tolerance * (std::abs(expected) + 1e-12))
        << what << ": got " << got << ", expected " << expected;
}

/// `changed` is scale * data + shift.
void expectSame(const Function& function, const Table& data, const Table& changed, double scale,
                double tolerance) {
    const Numbers expected = function.call(data);
    const Numbers got = function.call(changed);
    ASSERT_EQ(got.unitFree.size(), expected.unitFree.size()) << function.name;
    for (std::size_t i = 0; i < expected.unitFree.size(); ++i) {
        expectClose(got.unitFree[i], expected.unitFree[i], tolerance,
                    function.name + " number " + std::to_string(i));
    }
    double largest = 0;
    for (const double value : expected.inUnits) {
        if (std::isfinite(value)) largest = std::max(largest, std::abs(value));
    }
    for (std::size_t i = 0; i < expected.inUnits.size(); ++i) {
        if (std::isinf(expected.inUnits[i])) {
            EXPECT_EQ(got.inUnits[i], expected.inUnits[i]) << function.name;
            continue;
        }
        EXPECT_NEAR(got.inUnits[i], scale * expected.inUnits[i], tolerance * scale * largest)
            << function.name << " difference " << i;
    }
}

struct Shape {
    const std::vector<Function>* functions;
    std::size_t rows;
    std::size_t columns;
};

std::vector<Shape> shapes() {
    return {{&families::onGroups(), 4, 3},
            {&families::onBlocks(), 5, 4},
            {&families::onPairs(), 2, 9},
            {&families::onSamples(), 1, 12}};
}

TEST(Stability, LossesAround1234567WithSpread1e4GiveTheNumbersOfTheirLastDigits) {
    // on a grid of 2^-20 both tables are exact, so nothing but the function can lose digits
    const double grid = 0x1p-20;
    const double level = std::floor(1.234567 / grid) * grid;
    RandomSamples random(101);
    for (int trial = 0; trial < 10; ++trial) {
        for (const Shape& shape : shapes()) {
            const Table data = integers(random, shape.rows, shape.columns, 100);  // about 1e-4
            const Table losses = moved(data, grid, level);
            for (const Function& function : *shape.functions)
                expectSame(function, data, losses, grid, 1e-8);
        }
    }
}

TEST(Stability, ShiftAndScaleChangeNothing) {
    RandomSamples random(102);
    for (int trial = 0; trial < 10; ++trial) {
        for (const Shape& shape : shapes()) {
            Table data;
            for (std::size_t row = 0; row < shape.rows; ++row)
                data.push_back(random.sample(shape.columns, random.normal(), 1));
            for (const Function& function : *shape.functions) {
                expectSame(function, data, moved(data, 1e-3, 10), 1e-3, 1e-7);
                expectSame(function, data, moved(data, 1e6, -1e6), 1e6, 1e-7);
            }
        }
    }
}

/// A number or a refusal that names the function; never NaN.
void expectNumberOrReason(const Function& function, const Table& data, const std::string& what) {
    try {
        const Numbers numbers = function.call(data);
        for (const auto* list : {&numbers.unitFree, &numbers.inUnits}) {
            for (const double number : *list)
                EXPECT_FALSE(std::isnan(number)) << function.name << ", " << what;
        }
    } catch (const std::domain_error& refusal) {
        const std::string message = refusal.what();
        EXPECT_TRUE(message.starts_with(function.name + ": ")) << message << " (" << what << ")";
        EXPECT_NE(message.find(" must "), std::string::npos) << message;
    }
}

TEST(Stability, AwkwardDataGiveANumberOrTheReason) {
    RandomSamples random(103);
    const auto normal = [&](std::size_t rows, std::size_t columns, double scale) {
        Table table;
        for (std::size_t row = 0; row < rows; ++row)
            table.push_back(random.sample(columns, scale * random.normal(), scale));
        return table;
    };
    for (const Shape& shape : shapes()) {
        std::vector<std::pair<const char*, Table>> cases;
        for (const double scale : {1.0, 1e-4, 1e149, 1e-160})
            cases.emplace_back("other size", normal(shape.rows, shape.columns, scale));
        cases.emplace_back("two of each", normal(shape.rows, 2, 1));
        cases.emplace_back("one of each", normal(shape.rows, 1, 1));
        cases.emplace_back("two rows of two", normal(2, 2, 1));
        cases.emplace_back("nothing", Table());
        cases.emplace_back("empty rows", Table(shape.rows));
        cases.emplace_back("all equal",
                           Table(shape.rows, std::vector<double>(shape.columns, 1.234567)));
        cases.emplace_back("many equal", Table(shape.rows, std::vector<double>(60, 1.234567)));
        Table oneConstant = normal(shape.rows, shape.columns, 1);
        oneConstant[0].assign(shape.columns, 2.5);
        cases.emplace_back("a constant row", oneConstant);
        Table constantRows(shape.rows, std::vector<double>(shape.columns));
        for (std::size_t row = 0; row < shape.rows; ++row)
            constantRows[row].assign(shape.columns, 1 + 0.1 * static_cast<double>(row));
        cases.emplace_back("constant rows", constantRows);
        Table constantColumns(shape.rows, std::vector<double>(shape.columns));
        for (auto& row : constantColumns)
            for (std::size_t c = 0; c < row.size(); ++c) row[c] = 0.1 * static_cast<double>(c);
        cases.emplace_back("constant columns", constantColumns);
        Table tied = normal(shape.rows, shape.columns, 1);
        for (auto& row : tied)
            for (double& value : row) value = std::round(value);
        cases.emplace_back("ties", tied);
        for (const auto& [what, data] : cases) {
            if (data.size() < shape.rows && shape.functions == &families::onSamples() &&
                data.empty())
                continue;  // a sample is a row
            if (data.empty() && shape.functions == &families::onPairs()) continue;
            for (const Function& function : *shape.functions)
                expectNumberOrReason(function, data, what);
        }
    }
}

TEST(Stability, AHundredThousandValuesAreNoBurden) {
    RandomSamples random(104);
    Table groups;
    for (int g = 0; g < 4; ++g) groups.push_back(random.sample(25000, 2 + 1e-4 * g, 1e-2));
    Table blocks(25000);
    for (auto& row : blocks) row = random.sample(4, 2, 1e-2);
    for (const Function& function : families::onGroups())
        expectNumberOrReason(function, groups, "100 000 values");
    for (const Function& function : families::onBlocks())
        expectNumberOrReason(function, blocks, "100 000 values");
    for (const Function& function : families::onSamples())
        expectNumberOrReason(function, {random.sample(100000, 2, 1e-2)}, "100 000 values");
    const Table pairs{random.sample(50000, 2, 1e-2), random.sample(50000, 2, 1e-2)};
    for (const Function& function : families::onPairs())
        expectNumberOrReason(function, pairs, "100 000 values");
}

TEST(Stability, TailsKeepTheirDigitsDownTo1e300) {
    const auto near = [](double got, double expected, double tolerance) {
        EXPECT_LE(std::abs(got / expected - 1), tolerance) << got << " instead of " << expected;
    };
    near(normalSf(37), 5.725571222524577e-300, 1e-12);  // mpmath, 50 digits
    near(normalCdf(-37), 5.725571222524577e-300, 1e-12);
    near(studentTSf(1e150, 2), 0.5e-300, 1e-10);  // 1 / (2 t^2) for large t
    near(studentTTwoSided(1e150, 2), 1e-300, 1e-10);
    near(fisherFSf(1e150, 4, 4), 3e-300, 1e-10);  // 3 / F^2 for large F
    near(chiSquaredSf(1380, 2), std::exp(-690.0), 1e-12);
    near(studentizedRangeSf(std::sqrt(2.0) * 1e150, 2, 2), 1e-300, 1e-9);
    near(MaxTDistribution({std::sqrt(0.5)}, 10, Sides::Two).sf(1e29), studentTTwoSided(1e29, 10),
         1e-8);
    near(noncentralTSf(1e150, 2, 0), 0.5e-300, 1e-8);
    near(noncentralFSf(1e150, 4, 4, 0), 3e-300, 1e-8);
    EXPECT_GT(bayesFactorAnova(1e6, 100, 6, 0.5).logBf10, 1000);  // no overflow of the logarithm
}

TEST(Stability, ManySeedsOfATrendStayFinite) {
    const std::vector<std::vector<std::int64_t>> rows(20000, {8, 6, 6, 4, 7});
    const ArgminTrend got = argminTrend(rows);
    EXPECT_TRUE(std::isfinite(got.pFalling));
    EXPECT_GE(got.pFalling, 0);
    EXPECT_LE(got.pTwo, 1);
}

}  // namespace
}  // namespace stats
