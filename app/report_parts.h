// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/report.h"

/// The chapters of the report; included by its .cpp files only.
namespace app {

void addResults(Document& document, const ReportInput& input);
void addFindings(Document& document, const ReportInput& input);
void addLimits(Document& document, const ReportInput& input);
void addMethods(Document& document, const ReportInput& input);

/// "L = 64, k/L = 0.5".
std::string placeText(const runs::CellOutcome& cell);
/// "3 runs", "1 run".
std::string countText(std::size_t count, const std::string& what);
/// "a, b and c".
std::string listText(const std::vector<std::string>& items);

}  // namespace app
