// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <optional>

#include "ui/line_plot.h"

namespace ui {

/// Which part of the curves the user looks at, kept for the next start. It belongs to one
/// experiment and to one subject: what is shown there, in words that only this class compares.
class CurveZoom {
public:
    /// `experiment` names its settings; empty: none is open.
    void open(const QString& experiment);
    /// The zoom of this subject, if it is the one shown now or the one that the last start left.
    std::optional<PlotView> show(const QString& subject);
    /// The user zoomed, or wants to see everything.
    void keep(const QString& subject, const std::optional<PlotView>& view);

private:
    QString key() const;

    QString m_experiment;
    QString m_subject;
    std::optional<PlotView> m_view;
    // Of the last start; its subject comes only when the selection is restored.
    QString m_leftSubject;
    std::optional<PlotView> m_left;
};

}  // namespace ui
