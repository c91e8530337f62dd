// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <cstdint>
#include <vector>

#include "engine/result.h"

namespace ui {

/// "64, 128, 256": how lists of numbers stand in a text field.
template <class Number>
QString listed(const std::vector<Number>& values) {
    QStringList texts;
    for (const Number value : values) texts.push_back(QString::number(value));
    return texts.join(QStringLiteral(", "));
}

/// The whole numbers of a text, separated by commas, semicolons or spaces. Error (Usage): names the
/// field and what is not a number.
engine::Result<std::vector<std::int64_t>> wholeNumbers(const QString& field, const QString& text);
engine::Result<std::vector<double>> numbers(const QString& field, const QString& text);

}  // namespace ui
