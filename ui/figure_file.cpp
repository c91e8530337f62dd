// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figure_file.h"

#include <qcustomplot.h>

#include <QBuffer>
#include <QClipboard>
#include <QCoreApplication>
#include <QFileInfo>
#include <QGuiApplication>
#include <QMimeData>
#include <QPdfWriter>
#include <QPicture>
#include <QSvgGenerator>
#include <cmath>
#include <span>

#include "engine/runs/file_commit.h"

namespace ui {
namespace {

constexpr int kUnitsPerInch = 96;
constexpr double kPointsPerUnit = 72.0 / kUnitsPerInch;

QPicture recorded(const Figure& figure, FigureFormat format) {
    QPicture picture;
    QCPPainter painter(&picture);
    if (format != FigureFormat::Png) painter.setMode(QCPPainter::pmVectorized);
    painter.setMode(QCPPainter::pmNoCaching);
    painter.setMode(QCPPainter::pmNonCosmetic);  // a line keeps its width when the paper is scaled
    figure.paint(painter);
    painter.end();
    return picture;
}

void play(const QPicture& picture, QPaintDevice& device, double scale) {
    QPainter painter;
    if (!painter.begin(&device)) return;
    // A picture plays in the size it would have on the screen that it was recorded for.
    painter.scale(scale * picture.logicalDpiX() / device.logicalDpiX(),
                  scale * picture.logicalDpiY() / device.logicalDpiY());
    painter.drawPicture(0, 0, picture);
}

QImage painted(const QPicture& picture, const QSize& size, double scale) {
    const QSize pixels(static_cast<int>(std::lround(size.width() * scale)),
                       static_cast<int>(std::lround(size.height() * scale)));
    QImage image(pixels, QImage::Format_RGB32);
    if (image.isNull()) return image;
    image.fill(Qt::white);
    const int dotsPerMeter = static_cast<int>(std::lround(kUnitsPerInch / 0.0254));
    image.setDotsPerMeterX(dotsPerMeter);  // fonts are measured at the density of one unit
    image.setDotsPerMeterY(dotsPerMeter);
    play(picture, image, scale);
    image.setDotsPerMeterX(static_cast<int>(std::lround(dotsPerMeter * scale)));
    image.setDotsPerMeterY(static_cast<int>(std::lround(dotsPerMeter * scale)));
    return image;
}

QByteArray png(const QImage& image) {
    QByteArray encoded;
    QBuffer buffer(&encoded);
    buffer.open(QIODevice::WriteOnly);
    return !image.isNull() && image.save(&buffer, "png") ? encoded : QByteArray();
}

QByteArray svg(const QPicture& picture, const QSize& size) {
    QByteArray lines;
    QBuffer buffer(&lines);
    buffer.open(QIODevice::WriteOnly);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setResolution(kUnitsPerInch);
    generator.setSize(size);
    generator.setViewBox(QRect(QPoint(0, 0), size));
    play(picture, generator, 1.0);
    return lines;
}

QByteArray pdf(const QPicture& picture, const QSize& size) {
    QByteArray lines;
    QBuffer buffer(&lines);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setResolution(kUnitsPerInch);
    writer.setPageSize(QPageSize(QSizeF(size) * kPointsPerUnit, QPageSize::Point, QString(),
                                 QPageSize::ExactMatch));
    writer.setPageMargins(QMarginsF());
    writer.setCreator(QCoreApplication::applicationName());
    play(picture, writer, 1.0);
    return lines;
}

}  // namespace

FigureFormat figureFormat(const QString& path) {
    if (path.endsWith(QLatin1String(".svg"), Qt::CaseInsensitive)) return FigureFormat::Svg;
    if (path.endsWith(QLatin1String(".pdf"), Qt::CaseInsensitive)) return FigureFormat::Pdf;
    return FigureFormat::Png;
}

QString fileEnding(FigureFormat format) {
    switch (format) {
        case FigureFormat::Png:
            return QStringLiteral("png");
        case FigureFormat::Svg:
            return QStringLiteral("svg");
        case FigureFormat::Pdf:
            return QStringLiteral("pdf");
    }
    return {};
}

QString figureFilters() {
    return QCoreApplication::translate(
        "ui", "PNG image (*.png);;SVG drawing (*.svg);;PDF document (*.pdf)");
}

DrawnFigure::DrawnFigure(const Figure& figure, FigureFormat format, double scale)
    : m_picture(recorded(figure, format)), m_size(figure.size), m_format(format), m_scale(scale) {}

QImage DrawnFigure::image() const {
    return painted(m_picture, m_size, m_scale);
}

QByteArray DrawnFigure::bytes() const {
    switch (m_format) {
        case FigureFormat::Png:
            return png(image());
        case FigureFormat::Svg:
            return svg(m_picture, m_size);
        case FigureFormat::Pdf:
            return pdf(m_picture, m_size);
    }
    return {};
}

QString DrawnFigure::save(const QString& path) const {
    const QByteArray content = bytes();
    if (content.isEmpty()) {
        return QCoreApplication::translate("ui",
                                           "%1 was not saved: an image of that size does not fit "
                                           "into memory. Choose a smaller scale, SVG or PDF.")
            .arg(path);
    }
    const std::span<const std::byte> part =
        std::as_bytes(std::span(content.constData(), static_cast<std::size_t>(content.size())));
    const auto saved =
        runs::commitFile(QFileInfo(path).absoluteFilePath().toStdString(), std::span(&part, 1));
    if (saved) return {};
    return QString::fromStdString(saved.error().message) +
           QCoreApplication::translate("ui", " Choose a folder that can be written to.");
}

QString saveFigure(const Figure& figure, const QString& path, double scale) {
    return DrawnFigure(figure, figureFormat(path), scale).save(path);
}

void copyFigure(const Figure& figure, double scale) {
    auto* content = new QMimeData;
    content->setData(QStringLiteral("image/svg+xml"),
                     DrawnFigure(figure, FigureFormat::Svg, scale).bytes());
    content->setImageData(DrawnFigure(figure, FigureFormat::Png, scale).image());
    QGuiApplication::clipboard()->setMimeData(content);
}

}  // namespace ui
