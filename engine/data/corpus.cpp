// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/corpus.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <mutex>

#include "engine/data/corpus_files.h"
#include "engine/data/made_corpora.h"
#include "engine/data/sha256.h"
#include "resources/embedded.h"

namespace data {
namespace {

/// "1 115 394"
std::string grouped(std::size_t number) {
    std::string digits = std::to_string(number);
    for (std::size_t at = digits.size(); at > 3;) digits.insert(at -= 3, " ");
    return digits;
}

/// Any bytes, held by `owner` for as long as the corpus lives.
class ByteCorpus final : public Corpus {
public:
    ByteCorpus(Bytes bytes, double validationShare, std::int64_t vocabulary, std::string label)
        : m_bytes(std::move(bytes)), m_vocabulary(vocabulary), m_label(std::move(label)) {
        const double kept = static_cast<double>(m_bytes.view.size()) * (1.0 - validationShare);
        m_border = std::min(m_bytes.view.size(), static_cast<std::size_t>(std::floor(kept + 1e-6)));
    }

    std::span<const std::uint8_t> training() const override { return m_bytes.view.first(m_border); }
    std::span<const std::uint8_t> validation() const override {
        return m_bytes.view.subspan(m_border);
    }
    std::int64_t vocabulary() const override { return m_vocabulary; }
    std::string sha256() const override {
        std::call_once(m_hashed, [this] { m_sha256 = sha256Hex(m_bytes.view); });
        return m_sha256;
    }
    std::string description() const override {
        return m_label + ", " + grouped(m_bytes.view.size()) + " bytes";
    }

private:
    Bytes m_bytes;
    std::int64_t m_vocabulary;
    std::string m_label;
    std::size_t m_border = 0;
    mutable std::once_flag m_hashed;
    mutable std::string m_sha256;
};

}  // namespace

engine::Result<std::shared_ptr<const Corpus>> openCorpus(const experiment::DataSettings& settings) {
    using experiment::CorpusKind;
    constexpr std::int64_t kBytes = 256;
    Bytes bytes;
    std::string label = experiment::name(settings.kind);
    std::int64_t vocabulary = settings.alphabet;
    switch (settings.kind) {
        case CorpusKind::File: {
            auto read = readBytes(settings.path);
            if (!read) return read.error();
            bytes = std::move(*read);
            label = settings.path;
            vocabulary = kBytes;
            break;
        }
        case CorpusKind::TinyShakespeare:
            bytes.view = resources::tinyShakespeare();
            vocabulary = kBytes;
            break;
        case CorpusKind::LaggedCopy:
            bytes = ownBytes(makeLaggedCopy(settings));
            break;
        case CorpusKind::UniformRandom:
            bytes = ownBytes(makeUniformRandom(settings));
            break;
    }
    return std::shared_ptr<const Corpus>(std::make_shared<ByteCorpus>(
        std::move(bytes), settings.validationShare, vocabulary, std::move(label)));
}

double unigramEntropy(std::span<const std::uint8_t> region) {
    std::array<std::int64_t, 256> counts{};
    for (const std::uint8_t token : region) ++counts[token];
    double entropy = 0.0;
    for (const std::int64_t count : counts) {
        if (count == 0) continue;
        const double share = static_cast<double>(count) / static_cast<double>(region.size());
        entropy -= share * std::log(share);
    }
    return entropy;
}

engine::Result<void> checkWindows(const Corpus& corpus, std::span<const std::int64_t> lengths) {
    struct Region {
        const char* name;
        std::size_t tokens;
    };
    const Region regions[] = {{"training", corpus.training().size()},
                              {"validation", corpus.validation().size()}};
    for (const std::int64_t length : lengths) {
        for (const Region& region : regions) {
            const auto tokens = static_cast<std::int64_t>(region.tokens);
            const std::int64_t windows = windowCount(tokens, length);
            if (windows < 1) {
                return engine::Error{
                    engine::ErrorKind::Data,
                    "corpus " + corpus.description() + ": its " + region.name + " part has " +
                        std::to_string(region.tokens) + " tokens, but one window of length " +
                        std::to_string(length) + " needs " + std::to_string(length + 1) +
                        "; use a longer text, a shorter length or another data.validationShare"};
            }
            if (windows > std::numeric_limits<std::int32_t>::max()) {
                return engine::Error{
                    engine::ErrorKind::Data,
                    "corpus " + corpus.description() + ": its " + region.name + " part has " +
                        std::to_string(windows) + " windows of length " + std::to_string(length) +
                        "; at most 2147483647 are allowed, use a longer length or a shorter text"};
            }
        }
    }
    return {};
}

}  // namespace data
