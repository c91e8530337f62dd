// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/number_list.h"

#include <QObject>
#include <QRegularExpression>

namespace ui {
namespace {

const QRegularExpression kSeparators(QStringLiteral("[,;\\s]+"));

engine::Error badNumber(const QString& field, const QString& text, const QString& kind) {
    return {engine::ErrorKind::Usage,
            QObject::tr("%1: \"%2\" is not a %3; separate numbers by commas.")
                .arg(field, text, kind)
                .toStdString()};
}

}  // namespace

engine::Result<std::vector<std::int64_t>> wholeNumbers(const QString& field, const QString& text) {
    std::vector<std::int64_t> values;
    for (const QString& part : text.split(kSeparators, Qt::SkipEmptyParts)) {
        bool ok = false;
        values.push_back(part.toLongLong(&ok));
        if (!ok) return badNumber(field, part, QObject::tr("whole number"));
    }
    return values;
}

engine::Result<std::vector<double>> numbers(const QString& field, const QString& text) {
    std::vector<double> values;
    for (const QString& part : text.split(kSeparators, Qt::SkipEmptyParts)) {
        bool ok = false;
        values.push_back(part.toDouble(&ok));
        if (!ok) return badNumber(field, part, QObject::tr("number"));
    }
    return values;
}

}  // namespace ui
