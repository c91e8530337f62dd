// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <qcustomplot.h>

#include "ui/column_ink.h"
#include "ui/column_spans.h"

namespace ui {

/// A graph whose line, or fill down to another such graph, is drawn by the ink of its layer on a
/// screen, and as ever on paper.
class InkGraph : public QCPGraph {
public:
    InkGraph(QCPAxis* x, QCPAxis* y, ColumnInk* ink) : QCPGraph(x, y), m_ink(ink) {}

    /// The data were replaced, not only extended.
    void restart() { m_spans.restart(); }

protected:
    void draw(QCPPainter* painter) override;

private:
    ColumnInk* m_ink;
    ColumnSpans m_spans;
    ColumnRange m_changed;  // by the newest points
};

}  // namespace ui
