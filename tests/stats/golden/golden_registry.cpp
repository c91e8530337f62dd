// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/stats/golden/golden_registry.h"

#include <map>
#include <set>
#include <stdexcept>

namespace golden {
namespace {

// Function-local statics: they exist before the first Family object of any other file needs them.
std::map<std::string, Callable>& functionTable() {
    static std::map<std::string, Callable> table;
    return table;
}

std::set<std::string>& familyNames() {
    static std::set<std::string> names{"grid", "nist", "errors"};
    return names;
}

}  // namespace

Family::Family(const std::string& name,
               std::initializer_list<std::pair<const char*, Callable>> functions) {
    familyNames().insert(name);
    for (const auto& [function, callable] : functions) {
        if (!functionTable().emplace(function, callable).second) {
            throw std::logic_error("golden function registered twice: " + std::string(function));
        }
    }
}

bool isKnownFamily(const std::string& family) {
    return familyNames().contains(family);
}

const Callable* findFunction(const std::string& function) {
    const auto found = functionTable().find(function);
    return found == functionTable().end() ? nullptr : &found->second;
}

}  // namespace golden
