// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/curve_zoom.h"

#include <QSettings>
#include <QStringList>

namespace ui {
namespace {

constexpr int kExactDigits = 17;

QStringList written(const QString& subject, const PlotView& view) {
    QStringList parts{subject};
    for (const double bound : {view.xLower, view.xUpper, view.yLower, view.yUpper})
        parts << QString::number(bound, 'g', kExactDigits);
    return parts;
}

}  // namespace

QString CurveZoom::key() const {
    return QStringLiteral("zoom/") + m_experiment;
}

void CurveZoom::open(const QString& experiment) {
    if (experiment == m_experiment) return;
    *this = {};
    m_experiment = experiment;
    if (experiment.isEmpty()) return;
    const QStringList parts = QSettings().value(key()).toStringList();
    if (parts.size() != 5) return;
    m_leftSubject = parts[0];
    m_left = {parts[1].toDouble(), parts[2].toDouble(), parts[3].toDouble(), parts[4].toDouble()};
}

std::optional<PlotView> CurveZoom::show(const QString& subject) {
    if (m_experiment.isEmpty() || subject == m_subject) return m_view;
    const bool isLeft = m_left && subject == m_leftSubject;
    if (!isLeft && !m_left) {
        keep(subject, {});
    } else {
        m_subject = subject;
        m_view = isLeft ? m_left : std::nullopt;
        if (isLeft) m_left.reset();
    }
    return m_view;
}

void CurveZoom::keep(const QString& subject, const std::optional<PlotView>& view) {
    if (m_experiment.isEmpty()) return;
    m_subject = subject;
    m_view = view;
    m_left.reset();
    QSettings settings;
    if (view)
        settings.setValue(key(), written(subject, *view));
    else
        settings.remove(key());
}

}  // namespace ui
