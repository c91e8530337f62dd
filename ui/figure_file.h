// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QImage>
#include <QPicture>
#include <QSize>
#include <QString>
#include <functional>

class QCPPainter;

namespace ui {

/// A drawing that can be put on paper: its size in units of 1/96 inch (the pixels of an ordinary
/// screen) and what paints it there, origin top left. QCustomPlot and Qt Charts paint alike: a
/// QCPPainter is a QPainter.
struct Figure {
    QSize size;
    std::function<void(QCPPainter& painter)> paint;
};

enum class FigureFormat { Png, Svg, Pdf };

/// The format that the ending of this path names, PNG where it names none.
FigureFormat figureFormat(const QString& path);
/// "png", "svg", "pdf".
QString fileEnding(FigureFormat format);
/// Filters for a file dialog, in the order PNG, SVG, PDF.
QString figureFilters();

/// A figure on its way to a file: its strokes are recorded in the GUI thread, because plots are
/// widgets; pixels and files, which take longer, are made of them in any.
class DrawnFigure {
public:
    /// `scale` is the number of PNG pixels per unit; drawings of lines have none. GUI thread only.
    DrawnFigure(const Figure& figure, FigureFormat format, double scale);

    /// What a PNG shows; a null image where one of this size does not fit into memory.
    QImage image() const;
    /// The file's content; empty where an image of this size does not fit into memory.
    QByteArray bytes() const;
    /// Writes the file whole or not at all. Empty on success, else a sentence with path, reason and
    /// remedy.
    QString save(const QString& path) const;

private:
    QPicture m_picture;
    QSize m_size;
    FigureFormat m_format;
    double m_scale;
};

/// Draws and writes; the ending of the path chooses the format. GUI thread only.
QString saveFigure(const Figure& figure, const QString& path, double scale);

/// Puts the figure on the clipboard as an image and as an SVG drawing. GUI thread only.
void copyFigure(const Figure& figure, double scale);

}  // namespace ui
