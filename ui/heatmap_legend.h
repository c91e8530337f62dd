// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <qcustomplot.h>

#include <vector>

#include "ui/heatmap.h"

namespace ui {

/// Says under a heatmap what its outlines and hatches mean (those that occur) and where the numbers
/// come from. As high as its wrapped text at the width of the plot.
class HeatmapLegend : public QCPLayoutElement {
public:
    explicit HeatmapLegend(QCustomPlot* plot);
    void setHeatmap(const Heatmap& heatmap);
    void setLook(const QPalette& palette, const QFont& font);
    /// What it says, entry by entry, the note last.
    QStringList texts() const;
    void update(UpdatePhase phase) override;

protected:
    void draw(QCPPainter* painter) override;
    void applyDefaultAntialiasingHint(QCPPainter* painter) const override;

private:
    enum class Sign { Best, Equal, Undecided, TooFew, Failed, Missing };
    struct Entry {
        Sign sign;
        QString text;
    };
    /// Of these words, wrapped where they are wider than the room.
    QSizeF textSize(const QString& text, double room) const;
    /// Height of everything at this width; draws it where there is a painter.
    double layOut(const QRectF& area, QCPPainter* painter) const;
    void drawSign(QCPPainter& painter, const QRectF& area, Sign sign) const;

    std::vector<Entry> m_entries;
    QString m_note;
    QPalette m_palette;
    QFont m_font;
};

}  // namespace ui
