// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/figure_file.h"

class QCustomPlot;

namespace ui {

/// A QCustomPlot that follows the theme of the window and is saved in colours for paper.
class ThemedPlot : public QWidget {
    Q_OBJECT
public:
    explicit ThemedPlot(QWidget* parent = nullptr);
    /// As it is drawn now, in colours for paper.
    Figure figure();

protected:
    QCustomPlot& plot() { return *m_plot; }
    const QCustomPlot& plot() const { return *m_plot; }
    /// Called whenever the theme changes; a subclass calls it once at the end of its construction.
    virtual void applyColours(const QPalette& palette) = 0;
    void changeEvent(QEvent* event) override;
    /// The wheel scrolls what the plot stands in.
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QCustomPlot* m_plot;
};

}  // namespace ui
