// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QHash>
#include <QString>
#include <QWidget>
#include <memory>
#include <optional>
#include <vector>

#include "ui/line_data.h"
#include "ui/plot_graph.h"

class QCPPainter;
class QCustomPlot;
class QCPAxis;
class QCPItemStraightLine;
class QCPItemText;

namespace ui {

class ColumnInk;
struct Figure;

enum class LineDepth { Front, Behind };
enum class LineListing { InLegend, Silent };

/// A line of the plot; the key tells which drawing it goes on with.
struct PlotLine {
    QString key;
    QString name;
    QColor colour;
    Qt::PenStyle style = Qt::SolidLine;
    double width = 1.5;
    std::shared_ptr<const LineData> data;
    LineDepth depth = LineDepth::Front;
    LineListing listing = LineListing::InLegend;
};

/// A translucent band behind the lines.
struct PlotBand {
    QString key;
    QColor colour;
    std::shared_ptr<const BandData> data;
};

/// An outlined point on a line, such as its minimum.
struct PlotMark {
    double x = 0.0;
    double y = 0.0;
    QColor colour;
};

struct PlotContent {
    std::vector<PlotLine> lines;
    std::vector<PlotBand> bands;
    std::vector<PlotMark> marks;
};

struct ReferenceLine {
    QString name;  // "ln V 5.545"
    double value = 0.0;
    bool operator==(const ReferenceLine&) const = default;
};

/// A part of the axes that the user chose to see.
struct PlotView {
    double xLower = 0.0;
    double xUpper = 0.0;
    double yLower = 0.0;
    double yUpper = 0.0;
    bool operator==(const PlotView&) const = default;
};

enum class AxisScale { Linear, Logarithmic };
/// What the vertical axis makes room for.
enum class ValueFit { Everything, WithoutOutliers };

/// Lines against a common x (QCustomPlot). Every point is kept; the drawing takes minimum and
/// maximum of each pixel column. The wheel zooms at the cursor (Ctrl: only x, Shift: only y), drag
/// makes a box, double click fits; arrows pan, + and - zoom, 0 and Home fit, comma and
/// period move the cursor by one recorded point.
class LinePlot : public QWidget {
    Q_OBJECT
public:
    explicit LinePlot(QWidget* parent = nullptr);
    ~LinePlot() override;

    void setTitles(const QString& x, const QString& y);
    void setScales(AxisScale x, AxisScale y);
    void setValueFit(ValueFit fit);
    void setContent(const PlotContent& content);
    void setLines(const std::vector<PlotLine>& lines) { setContent({lines, {}, {}}); }
    void setReferences(const std::vector<ReferenceLine>& references);
    /// Shows everything, and follows growing lines until the next zoom.
    void fit();
    /// What the user zoomed to; nothing while everything is shown.
    std::optional<PlotView> view() const;
    /// Shows this part as if the user had zoomed to it; a part that the axes cannot show is
    /// ignored.
    void setView(const PlotView& view);
    /// The plot as it is shown now in light colours, the names of its lines below where they fit.
    /// Drawn when it is painted.
    Figure figure();

    std::size_t lineCount() const;
    std::size_t bandCount() const;
    /// Points drawn from; for tests.
    int pointCount(const QString& key) const;
    /// Measured values above or below the axis because outliers are clipped; none where the user
    /// chose what to see.
    std::size_t clippedCount() const { return m_clipped; }
    QCustomPlot& canvas() { return *m_plot; }

signals:
    /// The x under the mouse or where keys took the cursor, or nothing when the mouse has left the
    /// plot.
    void cursorMoved(std::optional<double> x);
    void menuRequested(const QPoint& global);
    /// The user zoomed, panned, or went back to everything.
    void viewChanged();

protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    enum class Fit { Following, ChosenByUser };
    enum class FigureLegend { Below, LeftOut };
    enum class Side { Left, Right };
    enum class Room { Exact, AsLongAsItLasts };
    struct Drawn {
        PlotGraph line;   // or the lower bound of a band
        PlotGraph upper;  // of a band
    };
    void addLayers();
    void connectMouse();
    /// Leaves no box that the mouse was drawing.
    void cancelBox();
    void drawLine(const PlotLine& line, Drawn& drawn);
    void drawBand(const PlotBand& band, Drawn& drawn);
    void drawMarks(const std::vector<PlotMark>& marks);
    PlotGraph addGraph(const QString& layer);
    void remove(QHash<QString, Drawn>& drawings);
    void applyColours(const QPalette& palette);
    void follow(Room room = Room::AsLongAsItLasts);
    void chooseView();
    static void showExtent(QCPAxis* axis, const Extent& extent, Room room);
    void markClipped();
    void zoom(double factor);
    void placeReferenceNames();
    void queueReplot();
    void fillLegend();
    void paint(QCPPainter& painter, const QSize& size, FigureLegend legend);
    void moveCursor(const QPointF& position);
    void setCursorX(std::optional<double> x);
    /// To the nearest recorded point on this side, within what is shown.
    void stepCursor(Side side);

    QCustomPlot* m_plot;
    QCPItemStraightLine* m_cursor;
    QCPItemText* m_clippedText;
    QHash<QString, ColumnInk*> m_inks;  // by layer
    QHash<QString, Drawn> m_lines;
    QHash<QString, Drawn> m_bands;
    std::vector<QString> m_listed;  // keys of the lines that a legend names
    std::vector<PlotGraph> m_marks;
    std::vector<ReferenceLine> m_references;
    std::vector<QCPItemStraightLine*> m_referenceLines;
    std::vector<QCPItemText*> m_referenceTexts;
    Fit m_fit = Fit::Following;
    ValueFit m_valueFit = ValueFit::Everything;
    std::size_t m_clipped = 0;
};

}  // namespace ui
