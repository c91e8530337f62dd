// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <string>

#include "engine/experiment/nearest_name.h"
#include "engine/experiment/range_text.h"
#include "engine/experiment/settings_json.h"

namespace experiment {
namespace {

/// Valid UTF-8: JSON cannot hold other text without loss. Source: RFC 3629.
bool isUtf8(std::string_view text) {
    std::size_t i = 0;
    while (i < text.size()) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const std::size_t more = lead < 0x80   ? 0
                                 : lead < 0xc2 ? 9
                                 : lead < 0xe0 ? 1
                                 : lead < 0xf0 ? 2
                                 : lead < 0xf5 ? 3
                                               : 9;
        if (more > 3 || i + more >= text.size()) return false;
        for (std::size_t j = 1; j <= more; ++j) {
            const auto next = static_cast<unsigned char>(text[i + j]);
            const bool tooLow =
                j == 1 && ((lead == 0xe0 && next < 0xa0) || (lead == 0xf0 && next < 0x90));
            const bool tooHigh =
                j == 1 && ((lead == 0xed && next > 0x9f) || (lead == 0xf4 && next > 0x8f));
            if ((next & 0xc0) != 0x80 || tooLow || tooHigh) return false;
        }
        i += more + 1;
    }
    return true;
}

/// Keeps the first violation that it meets.
class Checker {
public:
    void enter(const std::string& section) { m_prefix = section.empty() ? "" : section + "."; }

    void operator()(const char* key, std::int64_t value, const IntegerRange& range) {
        if (!contains(range, value)) reject(key, std::to_string(value), describe(range));
    }
    void operator()(const char* key, double value, const RealRange& range) {
        if (!contains(range, value)) reject(key, shortest(value), describe(range));
    }
    void operator()(const char* key, const std::string& value, const TextRange& range) {
        if (value.size() > range.longest || !isUtf8(value)) {
            reject(key, inQuotes(value), describe(range));
        }
    }
    void operator()(const char*, bool, Flag) {}
    template <class Enum>
    void operator()(const char* key, Enum value, Choices<Enum> choices) {
        const bool known = std::any_of(choices.begin(), choices.end(),
                                       [&](const auto& choice) { return choice.value == value; });
        if (!known) reject(key, std::to_string(static_cast<int>(value)), describe(choices));
    }
    template <class Value, class Range>
    void operator()(const char* key, const std::vector<Value>& list,
                    const ListRange<Range>& range) {
        if (list.size() < range.shortest || list.size() > range.longest) {
            reject(key, "a list of " + std::to_string(list.size()) + " values", describe(range));
        }
        for (auto value = list.begin(); value != list.end(); ++value) {
            if (!contains(range.each, *value)) reject(key, text(*value), describe(range));
            if (std::find(list.begin(), value, *value) != value) {
                reject(key, text(*value) + " twice", describe(range));
            }
        }
    }

    void require(bool holds, const char* key, const std::string& value,
                 const std::string& allowed) {
        if (!holds) reject(key, value, allowed);
    }
    engine::Result<void> result() const {
        if (m_message.empty()) return {};
        return engine::Error{engine::ErrorKind::Usage, m_message};
    }

private:
    static std::string text(std::int64_t value) { return std::to_string(value); }
    static std::string text(double value) { return shortest(value); }
    void reject(const char* key, const std::string& value, const std::string& allowed) {
        if (!m_message.empty()) return;
        m_message = m_prefix + key + " is " + value + "; allowed: " + allowed;
    }

    std::string m_prefix;
    std::string m_message;
};

void checkModel(const ModelSettings& model, Checker& checker) {
    const std::string width = "model.dModel = " + std::to_string(model.dModel);
    checker.require(model.dModel % model.heads == 0, "model.heads", std::to_string(model.heads),
                    "a number of heads that divides " + width);
    const std::int64_t headWidth = model.dModel / model.heads;
    checker.require(headWidth % 2 == 0, "model.heads", std::to_string(model.heads),
                    "a number of heads that gives an even head width (now " +
                        std::to_string(headWidth) + ") with " + width);
    checker.require(model.indexDim % 4 == 0, "model.indexDim", std::to_string(model.indexDim),
                    "a multiple of 4, because rotary positions turn pairs in its first half");
}

void checkData(const ExperimentSettings& settings, Checker& checker) {
    const DataSettings& data = settings.data;
    const bool isMade =
        data.kind == CorpusKind::LaggedCopy || data.kind == CorpusKind::UniformRandom;
    const std::int64_t symbols = isMade ? data.alphabet : 256;
    checker.require(settings.model.vocabulary == symbols, "model.vocabulary",
                    std::to_string(settings.model.vocabulary),
                    std::to_string(symbols) + ", the symbols of corpus " + name(data.kind));
    checker.require(data.kind != CorpusKind::File || !data.path.empty(), "data.path", "empty",
                    "a text file or a folder of them, because data.kind is file");
    checker.require(data.kind != CorpusKind::LaggedCopy || data.lag < data.tokens, "data.lag",
                    std::to_string(data.lag),
                    "less than data.tokens = " + std::to_string(data.tokens));
}

void checkSteps(const ExperimentSettings& settings, Checker& checker) {
    const TrainingSettings& training = settings.training;
    if (training.budgetUnit == BudgetUnit::Steps) {
        checker.require(
            training.budget == static_cast<double>(static_cast<std::int64_t>(training.budget)),
            "training.budget", shortest(training.budget), "a whole number of steps");
    }
    if (training.batchUnit != BatchUnit::Tokens) return;
    for (const std::int64_t length : settings.grid.lengths) {
        checker.require(training.batch >= length, "training.batch", std::to_string(training.batch),
                        "at least one sequence of " + std::to_string(length) +
                            " tokens, because training.batchUnit is tokens");
    }
}

}  // namespace

engine::Result<void> validate(const ExperimentSettings& settings) {
    Checker checker;
    visitSections(settings, [&](const char* section, auto&& walk) {
        checker.enter(section);
        walk(checker);
    });
    checker.enter("");
    if (const auto inRange = checker.result(); !inRange) return inRange;
    checkModel(settings.model, checker);
    checkData(settings, checker);
    checkSteps(settings, checker);
    return checker.result();
}

}  // namespace experiment
