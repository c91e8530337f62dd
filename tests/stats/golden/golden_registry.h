// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <initializer_list>
#include <string>
#include <utility>

#include "tests/stats/golden/golden_case.h"

namespace golden {

/// Announces the functions of one family. Use one object at namespace scope per family's .cpp:
///   const Family kPower{"power", {{"power_anova", powerAnova}, ...}};
/// where powerAnova is Json(const GoldenCase&). Families that hold rows of other families'
/// functions ("grid", "nist", "errors") are known to the program itself.
class Family {
public:
    Family(const std::string& name,
           std::initializer_list<std::pair<const char*, Callable>> functions);
};

bool isKnownFamily(const std::string& family);
/// nullptr where no such function is registered.
const Callable* findFunction(const std::string& function);

}  // namespace golden
