// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/experiment/settings_difference.h"

#include <utility>

#include "engine/experiment/range_text.h"

namespace experiment {
namespace {

std::string text(std::int64_t value) {
    return std::to_string(value);
}
std::string text(double value) {
    return shortest(value);
}

/// Collects every setting as (key, text).
class Lister {
public:
    void enter(const std::string& section) { m_prefix = section.empty() ? "" : section + "."; }

    template <class Enum>
    void operator()(const char* key, const Enum& value, Choices<Enum> choices) {
        for (const auto& choice : choices) {
            if (choice.value == value) add(key, choice.name);
        }
    }
    template <class Value, class Range>
    void operator()(const char* key, const std::vector<Value>& list, const ListRange<Range>&) {
        std::string joined;
        for (const Value& value : list) joined += (joined.empty() ? "" : ",") + text(value);
        add(key, joined);
    }
    void operator()(const char* key, std::int64_t value, const IntegerRange&) {
        add(key, text(value));
    }
    void operator()(const char* key, double value, const RealRange&) { add(key, text(value)); }
    void operator()(const char* key, const std::string& value, const TextRange&) {
        add(key, value);
    }
    void operator()(const char* key, bool value, Flag) { add(key, value ? "true" : "false"); }

    std::vector<std::pair<std::string, std::string>> entries;

private:
    void add(const char* key, std::string value) {
        entries.emplace_back(m_prefix + key, std::move(value));
    }
    std::string m_prefix;
};

std::vector<std::pair<std::string, std::string>> list(const ExperimentSettings& settings) {
    Lister lister;
    visitSections(settings, [&](const char* section, auto&& walk) {
        lister.enter(section);
        walk(lister);
    });
    return std::move(lister.entries);
}

}  // namespace

std::vector<SettingDifference> differences(const ExperimentSettings& left,
                                           const ExperimentSettings& right) {
    const auto lefts = list(left);
    const auto rights = list(right);
    std::vector<SettingDifference> found;
    for (std::size_t i = 0; i < lefts.size(); ++i) {
        if (lefts[i].second != rights[i].second) {
            found.push_back({lefts[i].first, lefts[i].second, rights[i].second});
        }
    }
    return found;
}

}  // namespace experiment
