// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/experiment/settings_json.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "engine/experiment/nearest_name.h"
#include "engine/experiment/presets.h"
#include "engine/experiment/range_text.h"

namespace experiment {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

constexpr std::size_t kLargestText = 1024 * 1024;  // bytes
constexpr int kDeepest = 8;  // no setting lies deeper than 3; what lies deep cannot be shown either

engine::Error usageError(std::string message) {
    return {engine::ErrorKind::Usage, "settings: " + std::move(message)};
}

std::string shown(const json& value) {
    constexpr std::size_t kShown = 80;
    const std::string text = value.dump(-1, ' ', false, json::error_handler_t::replace);
    return text.size() > kShown ? text.substr(0, kShown) + "..." : text;
}

/// Names of all keys, "training.learningRate", for spelling help.
std::vector<std::string> knownKeys() {
    std::vector<std::string> keys;
    const ExperimentSettings settings;
    visitSections(settings, [&](const std::string& section, auto&& walk) {
        if (!section.empty()) keys.push_back(section);
        walk([&](const char* key, const auto&, const auto&) {
            keys.push_back(section.empty() ? key : section + "." + key);
        });
    });
    return keys;
}

std::string nearestKey(const std::string& unknown) {
    const std::vector<std::string> keys = knownKeys();
    // A right name in the wrong section is likelier than a wrong name: compare last parts first.
    const std::string last = unknown.substr(unknown.rfind('.') + 1);
    for (const std::string& key : keys) {
        if (key.substr(key.rfind('.') + 1) == last) return key;
    }
    return nearestName(unknown, keys);
}

/// Fills fields from one JSON object and notes the first value of a wrong type.
class Reader {
public:
    void enter(const std::string& section, const json& object) {
        m_prefix = section.empty() ? "" : section + ".";
        m_object = &object;
    }

    void operator()(const char* key, std::int64_t& value, const IntegerRange& range) {
        read(key, range, [&](const json& found) { return readInteger(found, value); });
    }
    void operator()(const char* key, double& value, const RealRange& range) {
        read(key, range, [&](const json& found) { return readReal(found, value); });
    }
    void operator()(const char* key, std::string& value, const TextRange& range) {
        read(key, range, [&](const json& found) {
            if (found.is_string()) value = found.get<std::string>();
            return found.is_string();
        });
    }
    void operator()(const char* key, bool& value, Flag flag) {
        read(key, flag, [&](const json& found) {
            if (found.is_boolean()) value = found.get<bool>();
            return found.is_boolean();
        });
    }
    template <class Enum>
    void operator()(const char* key, Enum& value, Choices<Enum> choices) {
        read(key, choices, [&](const json& found) {
            const auto choice = std::find_if(choices.begin(), choices.end(), [&](const auto& each) {
                return found.is_string() &&
                       found.template get_ref<const std::string&>() == each.name;
            });
            if (choice != choices.end()) value = choice->value;
            return choice != choices.end();
        });
    }
    template <class Value, class Range>
    void operator()(const char* key, std::vector<Value>& list, const ListRange<Range>& range) {
        read(key, range, [&](const json& found) {
            if (!found.is_array() || found.size() > range.longest) return false;
            list.assign(found.size(), Value{});
            for (std::size_t i = 0; i < list.size(); ++i) {
                if (!readElement(found[i], list[i])) return false;
            }
            return true;
        });
    }

    const std::string& problem() const { return m_problem; }

private:
    static bool readInteger(const json& found, std::int64_t& value) {
        if (found.is_number_unsigned()) {
            const auto number = found.get<std::uint64_t>();
            value = static_cast<std::int64_t>(std::min<std::uint64_t>(number, INT64_MAX));
            return number <= INT64_MAX;
        }
        if (found.is_number_integer()) {
            value = found.get<std::int64_t>();
            return true;
        }
        if (!found.is_number_float()) return false;
        const double number = found.get<double>();  // 1e5 is a whole number, too
        if (std::floor(number) != number || std::abs(number) > static_cast<double>(kMaxExact)) {
            return false;
        }
        value = static_cast<std::int64_t>(number);
        return true;
    }
    static bool readReal(const json& found, double& value) {
        if (found.is_number()) value = found.get<double>();
        return found.is_number();
    }
    static bool readElement(const json& found, std::int64_t& value) {
        return readInteger(found, value);
    }
    static bool readElement(const json& found, double& value) { return readReal(found, value); }

    template <class Range, class Take>
    void read(const char* key, const Range& range, Take take) {
        const auto found = m_object->find(key);
        if (found == m_object->end() || take(*found) || !m_problem.empty()) return;
        m_problem = m_prefix + key + " is " + shown(*found) + "; allowed: " + describe(range);
    }

    std::string m_prefix;
    const json* m_object = nullptr;
    std::string m_problem;
};

/// Parses strictly: no duplicate keys, nothing after the value, no NaN (JSON has none).
engine::Result<json> parseStrictly(std::string_view text) {
    if (text.size() > kLargestText) {
        return usageError("the text has " + std::to_string(text.size()) + " bytes; at most " +
                          std::to_string(kLargestText) + " are allowed");
    }
    std::vector<std::set<std::string>>
        open;  // keys of the objects around the current place, by depth
    std::string problem;
    const auto watch = [&](int depth, json::parse_event_t event, json& parsed) {
        const auto level = static_cast<std::size_t>(depth);
        if (depth > kDeepest) {
            if (problem.empty()) problem = "objects and lists stand inside each other too deeply";
            return false;
        }
        open.resize(std::max(open.size(), level + 2));
        if (event == json::parse_event_t::object_start) open[level + 1].clear();
        if (event == json::parse_event_t::key && problem.empty() &&
            !open[level].insert(parsed.get<std::string>()).second) {
            problem = "the key " + inQuotes(parsed.get<std::string>()) +
                      " appears twice; keep one of them";
        }
        return true;
    };
    try {
        json parsed = json::parse(text, watch);
        if (!problem.empty()) return usageError(problem);
        return parsed;
    } catch (const json::exception& error) {
        std::string what = error.what();
        what.erase(0, what.find("] ") == std::string::npos ? 0 : what.find("] ") + 2);
        return usageError("not valid JSON: " + what);
    }
}

/// Names the first key that no setting has.
engine::Result<void> refuseUnknownKeys(const json& root) {
    const std::vector<std::string> keys = knownKeys();
    const auto check = [&](const std::string& key) -> engine::Result<void> {
        if (std::find(keys.begin(), keys.end(), key) != keys.end()) return {};
        return usageError("unknown key " + inQuotes(key) + "; did you mean " + nearestKey(key) +
                          "?");
    };
    for (const auto& [name, value] : root.items()) {
        if (name.find('.') != std::string::npos) {
            return usageError("unknown key " + inQuotes(name) +
                              "; a setting of a section stands inside it, as in "
                              "{\"model\": {\"dModel\": 512}}");
        }
        if (auto known = check(name); !known) return known;
        const bool isSection = std::any_of(keys.begin(), keys.end(), [&](const std::string& key) {
            return key.starts_with(name + ".");
        });
        if (!isSection) continue;
        if (!value.is_object()) {
            return usageError(name + " is " + shown(value) + "; allowed: an object of settings");
        }
        for (const auto& [field, unused] : value.items()) {
            if (auto known = check(name + "." + field); !known) return known;
        }
    }
    return {};
}

engine::Result<ExperimentSettings> fill(const json& root, ExperimentSettings settings) {
    if (auto known = refuseUnknownKeys(root); !known) return known.error();
    Reader reader;
    const json empty = json::object();
    visitSections(settings, [&](const std::string& section, auto&& walk) {
        const auto found = root.find(section);
        reader.enter(section, section.empty() ? root : found == root.end() ? empty : *found);
        walk(reader);
    });
    if (!reader.problem().empty()) return usageError(reader.problem());
    if (auto valid = validate(settings); !valid) return usageError(valid.error().message);
    return settings;
}

engine::Result<json> parseObject(std::string_view text) {
    auto root = parseStrictly(text);
    if (root && !root->is_object()) {
        return usageError("the text is " + shown(*root) + "; allowed: a JSON object");
    }
    return root;
}

/// Appends fields to an object in order.
class Writer {
public:
    explicit Writer(ordered_json& object) : m_object(object) {}
    template <class Enum>
    void operator()(const char* key, const Enum& value, Choices<Enum> choices) {
        for (const auto& choice : choices) {
            if (choice.value == value) m_object[key] = choice.name;
        }
    }
    template <class Value, class Range>
    void operator()(const char* key, const Value& value, const Range&) {
        m_object[key] = value;
    }

private:
    ordered_json& m_object;
};

}  // namespace

engine::Result<ExperimentSettings> parseSettings(std::string_view text) {
    const auto root = parseObject(text);
    if (!root) return root.error();
    const auto named = root->find("preset");
    if (named == root->end() || !named->is_string()) return fill(*root, ExperimentSettings{});
    auto base = preset(named->get_ref<const std::string&>());
    if (!base) return usageError(base.error().message);
    return fill(*root, std::move(*base));
}

engine::Result<ExperimentSettings> parseSettings(std::string_view text,
                                                 const ExperimentSettings& base) {
    const auto root = parseObject(text);
    if (!root) return root.error();
    return fill(*root, base);
}

std::string toJson(const ExperimentSettings& settings) {
    ordered_json root;
    visitSections(settings, [&](const std::string& section, auto&& walk) {
        walk(Writer(section.empty() ? root : root[section]));
    });
    return root.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

std::string identityJson(const ExperimentSettings& settings, const RunSpec& run) {
    ordered_json model;
    visitModel(settings.model, Writer(model));
    ordered_json training;
    visitTraining(settings.training, Writer(training));
    training.erase("checkpointSeconds");
    json spec = {{"attention", name(run.attention)},
                 {"keep", run.keep},
                 {"keepRatio", run.keepRatio},
                 {"learningRateFactor", run.learningRateFactor},
                 {"length", run.length},
                 {"seed", run.seed}};
    // Dense attention selects nothing, so its runs serve every selector's study.
    if (run.attention == AttentionKind::Sparse) spec["selector"] = name(run.selector);
    const json identity = {{"model", json(model)},
                           {"run", spec},
                           {"training", json(training)},
                           {"validationShare", settings.data.validationShare}};
    return identity.dump();
}

}  // namespace experiment
