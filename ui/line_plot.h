// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QHash>
#include <QString>
#include <QWidget>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

class QCustomPlot;
class QCPGraph;
class QCPItemLine;
class QCPItemStraightLine;
class QCPItemText;

namespace ui {

struct Figure;

/// Points of one line in order of x; a y that is not finite breaks the line.
struct LineData {
    std::vector<double> x;
    std::vector<double> y;
};

/// A line of the plot. Two lines with the same key and data pointer are the same drawing.
struct PlotLine {
    QString key;
    QString name;
    QColor colour;
    Qt::PenStyle style = Qt::SolidLine;
    double width = 1.5;
    std::shared_ptr<const LineData> data;
};

struct ReferenceLine {
    QString name;  // "ln V 5.545"
    double value = 0.0;
};

enum class AxisScale { Linear, Logarithmic };

/// Lines against a common x (QCustomPlot). Every point is kept; the drawing takes minimum and
/// maximum of each pixel column. Wheel zooms at the cursor, drag makes a box, double click fits.
class LinePlot : public QWidget {
    Q_OBJECT
public:
    explicit LinePlot(QWidget* parent = nullptr);
    ~LinePlot() override;

    void setTitles(const QString& x, const QString& y);
    void setScales(AxisScale x, AxisScale y);
    void setLines(const std::vector<PlotLine>& lines);
    void setReferences(const std::vector<ReferenceLine>& references);
    /// Shows everything, and follows growing lines until the next zoom.
    void fit();
    /// Writes a figure with its legend in light colours; the ending of the path (png, svg, pdf)
    /// chooses the format. Empty on success, else one sentence.
    QString saveFigure(const QString& path, double scale);
    /// The same figure on the clipboard.
    void copyFigure(double scale);

    std::size_t lineCount() const;
    /// Points drawn from; for tests.
    int pointCount(const QString& key) const;

signals:
    /// The x under the mouse, or nothing when it has left the plot.
    void cursorMoved(std::optional<double> x);
    void exportRequested();

protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    enum class Fit { Following, ChosenByUser };
    void applyColours(const QPalette& palette);
    void follow();
    void queueReplot();
    /// Shows light colours and the legend beside the data while `use` paints.
    void withFigure(const std::function<void(const Figure&)>& use);
    void moveCursor(const QPointF& position);

    QCustomPlot* m_plot;
    QCPItemStraightLine* m_cursor;
    QHash<QString, QCPGraph*> m_graphs;
    QHash<QString, std::shared_ptr<const LineData>> m_data;
    std::vector<QCPItemStraightLine*> m_references;
    std::vector<QCPItemText*> m_referenceTexts;
    std::vector<double> m_referenceValues;
    Fit m_fit = Fit::Following;
};

}  // namespace ui
