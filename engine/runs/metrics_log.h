// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "engine/result.h"
#include "engine/runs/run_record.h"

namespace runs {

/// One attempt's metrics, append-only: one write() per line, numbered, CRC-32C last. The first line
/// says at which step the attempt began. Not synced line by line: a crash of the machine costs the
/// last seconds at most.
class MetricsWriter {
public:
    /// Error Io; Superseded if the file exists (another writer used the same attempt number).
    static engine::Result<MetricsWriter> create(const std::filesystem::path& path, int attempt,
                                                std::int64_t beginStep);
    MetricsWriter(MetricsWriter&& other) noexcept;
    MetricsWriter& operator=(MetricsWriter&& other) noexcept;
    ~MetricsWriter();

    engine::Result<void> append(const MetricPoint& point);

private:
    MetricsWriter(std::filesystem::path path, int descriptor)
        : m_path(std::move(path)), m_descriptor(descriptor) {}
    engine::Result<void> writeLine(std::string body);

    std::filesystem::path m_path;
    int m_descriptor = -1;
    std::int64_t m_sequence = 0;
};

struct MetricsFile {
    std::int64_t beginStep = 0;
    std::vector<MetricPoint> points;
    std::int64_t damagedLines = 0;  // torn, altered or missing lines; each costs only itself
};

/// Text of one line, with its line end; a line above 64 KiB is refused by the reader.
std::string metricLine(std::int64_t sequence, const MetricPoint& point);

/// Reads what a file's text holds.
MetricsFile parseMetrics(std::string_view text);

/// Reads one attempt's file. Error Io.
engine::Result<MetricsFile> readMetricsFile(const std::filesystem::path& path);

/// Joins attempts, oldest first: each drops what earlier ones wrote beyond the step at which it
/// began.
std::vector<MetricPoint> mergeAttempts(const std::vector<MetricsFile>& attempts);

}  // namespace runs
