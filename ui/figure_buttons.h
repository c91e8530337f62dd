// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <functional>

#include "ui/figure_file.h"

class QAction;
class QActionGroup;

namespace ui {

/// What to save: the figure and the name its file has by default, without ending.
struct NamedFigure {
    Figure figure;
    QString name;
};

/// Asks for the file of a figure, beginning with this name in the folder of the last one, and hands
/// its path over.
void chooseFigureFile(QWidget& parent, const QString& name,
                      const std::function<void(const QString& path)>& save);

/// "Save figure…" with the scale of PNG images, and "Copy", for the figure that a page shows.
class FigureButtons : public QWidget {
    Q_OBJECT
public:
    explicit FigureButtons(std::function<NamedFigure()> figure, QWidget* parent = nullptr);
    /// PNG pixels per unit, 1 to 4; remembered.
    int scale() const;
    void setScale(int scale);
    QAction* saveAction() const { return m_save; }
    QAction* copyAction() const { return m_copy; }
    /// Saves without a dialog; tells failed() where that cannot be done.
    void saveTo(const QString& path);

signals:
    void failed(const QString& sentence);

private:
    void chooseFile();

    std::function<NamedFigure()> m_figure;
    QAction* m_save;
    QAction* m_copy;
    QActionGroup* m_scales;
};

}  // namespace ui
