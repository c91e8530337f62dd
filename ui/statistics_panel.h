// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/statistics_tables.h"

class QAction;
class QHBoxLayout;
class QLabel;
class QStackedWidget;
class QTableView;
class QToolButton;
class QVBoxLayout;

namespace ui {

class EmptyState;

/// A table of statistics with what was assumed under it; copied and saved as it stands, sorted by a
/// click on a header.
class StatisticsPanel : public QWidget {
    Q_OBJECT
public:
    explicit StatisticsPanel(const QString& name, QWidget* parent = nullptr);

    /// A table without columns is empty: its note then stands in its place, with the next steps.
    void setTable(StatisticsTable table);
    void setNextSteps(const QList<QAction*>& nextSteps);
    /// Puts a choice in the row above the table.
    void addChoice(QWidget* choice, int stretch = 0);
    /// Puts something between the table and the note.
    void addBelow(QWidget* widget, int stretch = 0);
    enum class Sorting { Off, On };
    void setSorting(Sorting sorting);
    /// Gives the table the height of all its rows: for a panel that is scrolled as a whole.
    void showAllRows();

    StatisticsModel& model() { return *m_model; }
    QTableView& view() { return *m_view; }
    QString note() const;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void fillCopyMenu();
    void chooseFile();
    /// Writes LaTeX where the path ends in .tex, else CSV.
    void save(const QString& path);
    void layOutColumns();
    void makeRoom();
    void fitHeight();

    QString m_name;
    StatisticsModel* m_model;
    QTableView* m_view;
    EmptyState* m_empty;
    QStackedWidget* m_stack;
    QLabel* m_note;
    QLabel* m_failure;
    QHBoxLayout* m_choices;
    QVBoxLayout* m_layout;
    QToolButton* m_copy;
    QToolButton* m_save;
    QList<QAction*> m_nextSteps;
    QList<QWidget*> m_below;
    bool m_showsAllRows = false;
    bool m_layingOut = false;
};

}  // namespace ui
