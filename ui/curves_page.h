// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/change.h"
#include "ui/curve_lines.h"
#include "ui/curve_zoom.h"
#include "ui/lazy_refresh.h"

class QAction;
class QCheckBox;
class QComboBox;
class QHBoxLayout;
class QLabel;
class QMenu;
class QSpinBox;
class QStackedWidget;
class QTableView;
class QToolButton;

namespace ui {

class SeriesModel;
struct NamedFigure;
class Workbench;

/// Live curves of the selected cells; of those in training when none is selected.
class CurvesPage : public QWidget {
    Q_OBJECT
public:
    explicit CurvesPage(Workbench& workbench, QWidget* parent = nullptr);
    LinePlot& plot() { return *m_plot; }
    SeriesModel& series() { return *m_series; }

    /// What is shown, in the colours for paper; drawn when it is painted.
    NamedFigure figure();

public slots:
    /// Draws at once what the workbench holds.
    void refresh();

protected:
    void changeEvent(QEvent* event) override;

private:
    void build();
    void fillChoices();
    void connectChoices();
    QHBoxLayout* quantityRow();
    QHBoxLayout* viewRow();
    void buildTable();
    void onChange(const Change& change);
    void choose();
    void setScales();
    void showZoom();
    /// What the zoom belongs to: cells, quantity and axes.
    QString zoomSubject() const;
    CurveChoice choice() const;
    void buildLines(const CurveChoice& choice);
    std::vector<ReferenceLine> references(const CurveChoice& choice) const;
    void sayValidationPart();
    void showCursor(std::optional<double> x);
    QMenu* figureMenu();
    void saveFigure(double scale);
    void copyFigure();
    void copyValues();
    /// The selected cells; where none is, those in training, else all that have a run.
    std::vector<CellKey> shownCells() const;
    QString whyEmpty() const;

    Workbench& m_workbench;
    LinePlot* m_plot;
    SeriesModel* m_series;
    QTableView* m_table;
    QStackedWidget* m_stack;
    QLabel* m_empty;
    QComboBox* m_quantity;
    QComboBox* m_axis;
    QComboBox* m_band;
    QSpinBox* m_smoothing;
    QCheckBox* m_logX;
    QCheckBox* m_logY;
    QCheckBox* m_clip;
    QLabel* m_position;
    QLabel* m_validationPart;
    CurveLines m_lines;
    CurveZoom m_zoom;
    LazyRefresh m_refresh;
};

}  // namespace ui
