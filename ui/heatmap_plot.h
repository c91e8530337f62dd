// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <memory>
#include <optional>
#include <vector>

#include "ui/figure_file.h"
#include "ui/heatmap.h"

class QCPColorScale;
class QCustomPlot;

namespace ui {

class HeatmapCells;
class HeatmapLegend;

/// A heatmap with numbers in its cells, a colour bar and a legend of its hatches. A click chooses a
/// cell, with Ctrl one more; the arrow keys move from the chosen one.
class HeatmapPlot : public QWidget {
    Q_OBJECT
public:
    explicit HeatmapPlot(QWidget* parent = nullptr);
    ~HeatmapPlot() override;

    void setHeatmap(Heatmap heatmap);
    const Heatmap& heatmap() const { return *m_heatmap; }
    void setSelection(std::vector<CellKey> selection);
    void paint(QCPPainter& painter, const QSize& size);
    /// What the legend under the map says.
    QStringList legendTexts() const;
    /// Ends of the colour bar.
    std::pair<double, double> colourRange() const;

    /// Where the cell is, in coordinates of canvas().
    QRectF cellRect(const CellKey& key) const;
    QWidget* canvas() const;

signals:
    void cellChosen(const ui::CellKey& key, Qt::KeyboardModifiers modifiers);

protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    const HeatmapCell* cellAt(const QPointF& position) const;
    void applyColours();
    void fillColourBar();
    void labelAxes();

    QCustomPlot* m_plot;
    QCPColorScale* m_scale;
    HeatmapCells* m_cells;
    HeatmapLegend* m_legend;
    std::shared_ptr<const Heatmap> m_heatmap;
    std::vector<CellKey> m_selection;
};

/// The heatmap on paper: needs no window, a QApplication only.
Figure heatmapFigure(const Heatmap& heatmap);

}  // namespace ui
