// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

#include "ui/change.h"
#include "ui/curve_lines.h"

class QCheckBox;
class QComboBox;
class QHBoxLayout;
class QLabel;
class QStackedWidget;
class QTableView;

namespace ui {

class SeriesModel;
class Workbench;

/// Live curves of the selected cells; of those in training when none is selected.
class CurvesPage : public QWidget {
    Q_OBJECT
public:
    explicit CurvesPage(Workbench& workbench, QWidget* parent = nullptr);
    LinePlot& plot() { return *m_plot; }

protected:
    void changeEvent(QEvent* event) override;

private:
    void build();
    QHBoxLayout* toolRow();
    void buildTable();
    void onChange(const Change& change);
    void refresh();
    void chooseFigure();
    std::vector<CellKey> shownCells() const;

    Workbench& m_workbench;
    LinePlot* m_plot;
    SeriesModel* m_series;
    QTableView* m_table;
    QStackedWidget* m_stack;
    QComboBox* m_quantity;
    QComboBox* m_axis;
    QCheckBox* m_seeds;
    QCheckBox* m_logarithmic;
    QLabel* m_position;
    CurveLines m_lines;
    QTimer m_refreshTimer;  // coalesces what arrives between two drawings
};

}  // namespace ui
