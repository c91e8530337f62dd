// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/runs/metrics_log.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <limits>
#include <utility>

#include "engine/runs/crc32c.h"
#include "engine/runs/file_commit.h"

namespace runs {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLongestLine = std::size_t{64} << 10;
constexpr std::uint64_t kLargestFile = std::uint64_t{1} << 30;
constexpr std::string_view kCrcKey = ",\"crc\":\"";
constexpr std::string_view kLineBegin = "{\"seq\":";
constexpr std::size_t kTail = 8 + 8 + 2;  // ,"crc":"xxxxxxxx"}

std::string hex(std::uint32_t value) {
    std::string text(8, '0');
    for (std::size_t i = 8; i-- > 0; value >>= 4) text[i] = "0123456789abcdef"[value & 15U];
    return text;
}

void addInteger(std::string& line, std::string_view key, std::int64_t value) {
    line.append(line.size() == 1 ? "\"" : ",\"")
        .append(key)
        .append("\":")
        .append(std::to_string(value));
}

/// Shortest digits that read back the same bits; what is not finite becomes a string, as JSON has
/// no such number.
void addReal(std::string& line, std::string_view key, double value) {
    line.append(",\"").append(key).append("\":");
    if (!std::isfinite(value)) {
        line.append(std::isnan(value) ? "\"nan\"" : value > 0 ? "\"inf\"" : "\"-inf\"");
        return;
    }
    char text[32];
    const auto end = std::to_chars(text, text + sizeof text, value).ptr;
    line.append(text, static_cast<std::size_t>(end - text));
}

/// Strict reader of the lines that this file writes: keys in their fixed order.
class LineReader {
public:
    explicit LineReader(std::string_view text) : m_rest(text) {}
    bool literal(std::string_view expected) {
        if (!m_rest.starts_with(expected)) return false;
        m_rest.remove_prefix(expected.size());
        return true;
    }
    bool integer(std::string_view key, std::int64_t& value) { return name(key) && number(value); }
    bool real(std::string_view key, double& value) {
        if (!name(key)) return false;
        if (literal("\"nan\"")) return value = std::numeric_limits<double>::quiet_NaN(), true;
        if (literal("\"inf\"")) return value = std::numeric_limits<double>::infinity(), true;
        if (literal("\"-inf\"")) return value = -std::numeric_limits<double>::infinity(), true;
        return number(value) && std::isfinite(value);
    }
    bool done() const { return m_rest.empty(); }

private:
    bool name(std::string_view key) {
        return (literal(",\"") || literal("\"")) && literal(key) && literal("\":");
    }
    template <class Number>
    bool number(Number& value) {
        const auto [end, error] =
            std::from_chars(m_rest.data(), m_rest.data() + m_rest.size(), value);
        if (error != std::errc()) return false;
        m_rest.remove_prefix(static_cast<std::size_t>(end - m_rest.data()));
        return true;
    }
    std::string_view m_rest;
};

/// The line's body without its checksum; empty if the checksum does not fit.
std::string_view verifiedBody(std::string_view line) {
    if (line.size() <= kTail || line.size() > kLongestLine) return {};
    const std::string_view body = line.substr(0, line.size() - kTail);
    const std::string_view tail = line.substr(line.size() - kTail);
    if (!tail.starts_with(kCrcKey) || !tail.ends_with("\"}")) return {};
    return tail.substr(kCrcKey.size(), 8) == hex(crc32c(body)) ? body : std::string_view{};
}

bool parsePoint(std::string_view body, std::int64_t& sequence, MetricPoint& point) {
    LineReader reader(body);
    const bool numbers =
        reader.literal("{") && reader.integer("seq", sequence) &&
        reader.integer("step", point.step) && reader.integer("tokens", point.tokens) &&
        reader.real("train_loss", point.trainLoss) && reader.real("lr", point.learningRate) &&
        reader.real("grad_norm", point.gradientNorm) &&
        reader.real("index_grad_norm", point.indexGradientNorm) &&
        reader.real("index_loss", point.indexLoss) &&
        reader.real("tokens_per_s", point.tokensPerSecond) &&
        reader.real("elapsed_s", point.elapsedSeconds);
    if (!numbers) return false;
    if (reader.done()) return true;
    double loss = 0.0, accuracy = 0.0;
    if (!reader.real("val_loss", loss) || !reader.real("val_accuracy", accuracy)) return false;
    point.validationLoss = loss;
    point.validationAccuracy = accuracy;
    if (reader.done()) return true;
    double recall = 0.0;
    if (!reader.real("recall", recall)) return false;
    point.recall = recall;
    return reader.done();
}

bool parseHeader(std::string_view body, std::int64_t& beginStep) {
    LineReader reader(body);
    std::int64_t sequence = 0, attempt = 0;
    return reader.literal("{") && reader.integer("seq", sequence) &&
           reader.integer("attempt", attempt) && reader.integer("begin", beginStep) &&
           reader.done() && sequence == 0;
}

/// Collects verified lines; a gap in the numbers and the damaged lines within it count once.
class Assembler {
public:
    void take(std::string_view line) {
        const std::string_view body = verifiedBody(line);
        std::int64_t sequence = 0;
        MetricPoint point;
        if (!m_headerSeen && m_lastSequence < 0 && parseHeader(body, m_file.beginStep)) {
            m_headerSeen = true;
            m_lastSequence = 0;
        } else if (!body.empty() && parsePoint(body, sequence, point) &&
                   sequence > m_lastSequence) {
            m_file.damagedLines += std::max(m_undecided, sequence - m_lastSequence - 1);
            m_undecided = 0;
            m_lastSequence = sequence;
            m_file.points.push_back(point);
        } else {
            ++m_undecided;
        }
    }
    MetricsFile finish() {
        m_file.damagedLines += m_undecided;
        // Without its first line an attempt replaces nothing before its first point.
        if (!m_headerSeen) {
            m_file.beginStep = m_file.points.empty() ? std::numeric_limits<std::int64_t>::max()
                                                     : m_file.points.front().step - 1;
        }
        return std::move(m_file);
    }

private:
    MetricsFile m_file;
    std::int64_t m_lastSequence = -1;
    bool m_headerSeen = false;
    std::int64_t m_undecided = 0;  // damaged lines since the last good one
};

std::string sealed(std::string body) {
    const std::string sum = hex(crc32c(body));
    return body.append(kCrcKey).append(sum).append("\"}\n");
}

}  // namespace

std::string metricLine(std::int64_t sequence, const MetricPoint& point) {
    std::string line = "{";
    line.reserve(320);
    addInteger(line, "seq", sequence);
    addInteger(line, "step", point.step);
    addInteger(line, "tokens", point.tokens);
    addReal(line, "train_loss", point.trainLoss);
    addReal(line, "lr", point.learningRate);
    addReal(line, "grad_norm", point.gradientNorm);
    addReal(line, "index_grad_norm", point.indexGradientNorm);
    addReal(line, "index_loss", point.indexLoss);
    addReal(line, "tokens_per_s", point.tokensPerSecond);
    addReal(line, "elapsed_s", point.elapsedSeconds);
    if (point.validationLoss && point.validationAccuracy) {
        addReal(line, "val_loss", *point.validationLoss);
        addReal(line, "val_accuracy", *point.validationAccuracy);
        if (point.recall) addReal(line, "recall", *point.recall);
    }
    return sealed(std::move(line));
}

engine::Result<MetricsWriter> MetricsWriter::create(const fs::path& path, int attempt,
                                                    std::int64_t beginStep) {
    const int descriptor =
        ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0644);
    if (descriptor < 0 && errno == EEXIST) {
        return engine::Error{engine::ErrorKind::Superseded,
                             path.string() + " belongs to another writer."};
    }
    if (descriptor < 0) return ioError("Could not create", path, errno);
    MetricsWriter writer(path, descriptor);
    std::string body = "{";
    addInteger(body, "seq", 0);
    addInteger(body, "attempt", attempt);
    addInteger(body, "begin", beginStep);
    if (const engine::Result<void> written = writer.writeLine(sealed(std::move(body))); !written)
        return written.error();
    return writer;
}

MetricsWriter::MetricsWriter(MetricsWriter&& other) noexcept
    : m_path(std::move(other.m_path)),
      m_descriptor(std::exchange(other.m_descriptor, -1)),
      m_sequence(other.m_sequence) {}

MetricsWriter& MetricsWriter::operator=(MetricsWriter&& other) noexcept {
    std::swap(m_path, other.m_path);
    std::swap(m_descriptor, other.m_descriptor);
    std::swap(m_sequence, other.m_sequence);
    return *this;
}

MetricsWriter::~MetricsWriter() {
    if (m_descriptor >= 0) ::close(m_descriptor);
}

engine::Result<void> MetricsWriter::append(const MetricPoint& point) {
    return writeLine(metricLine(m_sequence, point));
}

engine::Result<void> MetricsWriter::writeLine(std::string line) {
    ssize_t written = 0;
    do {
        written = ::write(m_descriptor, line.data(), line.size());
    } while (written < 0 && errno == EINTR);
    if (written < 0) return ioError("Could not append to", m_path, errno);
    if (static_cast<std::size_t>(written) != line.size())
        return ioError("Could not append to", m_path, ENOSPC);
    ++m_sequence;
    return {};
}

MetricsFile parseMetrics(std::string_view text) {
    Assembler assembler;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        // A damaged line end joins two lines: the second still begins with its number.
        const std::size_t second = line.find(kLineBegin, 1);
        if (second == std::string_view::npos || !verifiedBody(line).empty()) {
            assembler.take(line);
        } else {
            assembler.take(line.substr(0, second - 1));
            assembler.take(line.substr(second));
        }
    }
    return assembler.finish();
}

engine::Result<MetricsFile> readMetricsFile(const fs::path& path) {
    const engine::Result<std::string> text = readFile(path, kLargestFile);
    if (!text) return text.error();
    return parseMetrics(*text);
}

std::vector<MetricPoint> mergeAttempts(const std::vector<MetricsFile>& attempts) {
    std::vector<MetricPoint> merged;
    for (const MetricsFile& attempt : attempts) {
        while (!merged.empty() && merged.back().step > attempt.beginStep) merged.pop_back();
        for (const MetricPoint& point : attempt.points) {
            if (merged.empty() || point.step > merged.back().step) {
                merged.push_back(point);
            } else if (point.step == merged.back().step && point.validationLoss) {
                merged.back().validationLoss =
                    point.validationLoss;  // the last step is evaluated after its line
                merged.back().validationAccuracy = point.validationAccuracy;
                merged.back().recall = point.recall;
            }
        }
    }
    return merged;
}

}  // namespace runs
