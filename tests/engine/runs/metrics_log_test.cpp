// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/runs/metrics_log.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "engine/runs/crc32c.h"
#include "engine/runs/file_commit.h"
#include "tests/engine/runs/fake_trainer.h"

namespace {

namespace fs = std::filesystem;
using runs::MetricPoint;

MetricPoint pointAt(std::int64_t step) {
    MetricPoint point{
        step, 100 * step, 1.0 / static_cast<double>(step), 1e-3, 0.5, 0.25, 0.125, 1234.5, 0.1,
        {},   {},         {}};
    if (step % 3 == 0) {
        point.validationLoss = 2.5;
        point.validationAccuracy = 0.3;
        if (step % 2 == 0) point.recall = 0.75;
    }
    return point;
}

/// A metrics file with the lines of steps 1..10, as text.
std::string tenLines() {
    const fake::Folder folder;
    const fs::path path = folder.path() / "metrics-1.jsonl";
    auto writer = runs::MetricsWriter::create(path, 1, 0);
    EXPECT_TRUE(writer);
    for (std::int64_t step = 1; step <= 10; ++step) EXPECT_TRUE(writer->append(pointAt(step)));
    return *runs::readFile(path, 1 << 20);
}

TEST(Crc32c, MatchesThePublishedCheckValue) {
    EXPECT_EQ(runs::crc32c("123456789"),
              0xe3069283U);  // RFC 3720 and the catalogue of CRC algorithms
}

TEST(MetricsLog, ReadsBackWhatWasWrittenBitForBit) {
    const runs::MetricsFile file = runs::parseMetrics(tenLines());
    ASSERT_EQ(file.points.size(), 10U);
    EXPECT_EQ(file.beginStep, 0);
    EXPECT_EQ(file.damagedLines, 0);
    for (std::int64_t step = 1; step <= 10; ++step)
        EXPECT_EQ(file.points[static_cast<std::size_t>(step - 1)], pointAt(step));
}

TEST(MetricsLog, KeepsNumbersThatAreNotFinite) {
    MetricPoint point = pointAt(1);
    point.trainLoss = std::numeric_limits<double>::quiet_NaN();
    point.gradientNorm = -std::numeric_limits<double>::infinity();
    const runs::MetricsFile file = runs::parseMetrics(runs::metricLine(1, point));
    ASSERT_EQ(file.points.size(), 1U);
    EXPECT_TRUE(std::isnan(file.points[0].trainLoss));
    EXPECT_EQ(file.points[0].gradientNorm, -std::numeric_limits<double>::infinity());
}

TEST(MetricsLog, ATornTailCostsAtMostTheTornLine) {
    const std::string text = tenLines();
    const std::size_t lastLine = text.rfind('\n', text.size() - 2) + 1;
    for (std::size_t size = lastLine; size < text.size(); ++size) {
        const runs::MetricsFile file = runs::parseMetrics(std::string_view(text).substr(0, size));
        EXPECT_GE(file.points.size(), 9U) << size;
    }
    const runs::MetricsFile zeros = runs::parseMetrics(text + std::string(4096, '\0'));
    EXPECT_EQ(zeros.points.size(), 10U);
    EXPECT_EQ(zeros.damagedLines, 1);
    EXPECT_EQ(runs::parseMetrics(text + "garbage\n\n{}\n").points.size(), 10U);
}

TEST(MetricsLog, ADamagedLineCostsOnlyItself) {
    const std::string text = tenLines();
    std::size_t lost = 0;
    for (std::size_t byte = 0; byte < text.size(); ++byte) {
        for (int bit = 0; bit < 8; ++bit) {
            std::string bad = text;
            bad[byte] = static_cast<char>(bad[byte] ^ (1 << bit));
            const runs::MetricsFile file = runs::parseMetrics(bad);
            ASSERT_GE(file.points.size(), 9U) << "byte " << byte << ", bit " << bit;
            lost += 10 - file.points.size();
            EXPECT_GE(file.damagedLines, static_cast<std::int64_t>(10 - file.points.size()));
            for (const MetricPoint& point : file.points) EXPECT_EQ(point, pointAt(point.step));
        }
    }
    EXPECT_GT(lost, 0U);
}

TEST(MetricsLog, ALineAbove64KiBIsRefused) {
    const std::string line = "{\"seq\":1," + std::string(70000, ' ') + "\"x\":1}\n";
    EXPECT_EQ(runs::parseMetrics(line).damagedLines, 1);
}

TEST(MetricsLog, ALaterAttemptReplacesWhatTheEarlierWroteBeyondItsBeginning) {
    runs::MetricsFile first{0, {pointAt(1), pointAt(2), pointAt(3), pointAt(4)}, 0};
    runs::MetricsFile second{2, {pointAt(3), pointAt(5)}, 0};
    second.points[0].trainLoss = 77.0;
    const auto merged = runs::mergeAttempts({first, second});
    ASSERT_EQ(merged.size(), 4U);
    EXPECT_EQ(merged[2].trainLoss, 77.0);
    EXPECT_EQ(merged[3].step, 5);
}

TEST(MetricsLog, AnAttemptThatDiedBeforeItsFirstLineReplacesNothing) {
    const runs::MetricsFile first{0, {pointAt(1), pointAt(2)}, 0};
    for (const char* torn : {"", "{\"seq\":0,\"att"}) {
        EXPECT_EQ(runs::mergeAttempts({first, runs::parseMetrics(torn)}).size(), 2U);
    }
}

TEST(MetricsLog, TwoWritersOfOneAttemptAreRefused) {
    const fake::Folder folder;
    ASSERT_TRUE(runs::MetricsWriter::create(folder.path() / "metrics-1.jsonl", 1, 0));
    const auto second = runs::MetricsWriter::create(folder.path() / "metrics-1.jsonl", 1, 0);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().kind, engine::ErrorKind::Superseded);
}

}  // namespace
