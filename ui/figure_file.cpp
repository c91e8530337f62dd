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
#include <QSvgGenerator>
#include <cmath>
#include <span>

#include "engine/runs/file_commit.h"

namespace ui {
namespace {

constexpr int kUnitsPerInch = 96;
constexpr double kPointsPerUnit = 72.0 / kUnitsPerInch;

void paintLines(const Figure& figure, QPaintDevice& device) {
    QCPPainter painter;
    if (!painter.begin(&device)) return;
    painter.setMode(QCPPainter::pmVectorized);
    painter.setMode(QCPPainter::pmNoCaching);
    painter.setMode(QCPPainter::pmNonCosmetic);  // a line keeps its width when the paper is scaled
    figure.paint(painter);
    painter.end();
}

QImage painted(const Figure& figure, double scale) {
    const QSize pixels(static_cast<int>(std::lround(figure.size.width() * scale)),
                       static_cast<int>(std::lround(figure.size.height() * scale)));
    QImage image(pixels, QImage::Format_RGB32);
    if (image.isNull()) return image;
    image.fill(Qt::white);
    const int dotsPerMeter = static_cast<int>(std::lround(kUnitsPerInch / 0.0254));
    image.setDotsPerMeterX(dotsPerMeter);  // fonts are measured at the density of one unit
    image.setDotsPerMeterY(dotsPerMeter);
    QCPPainter painter(&image);
    painter.setMode(QCPPainter::pmNoCaching);
    painter.setMode(QCPPainter::pmNonCosmetic);
    painter.scale(scale, scale);
    figure.paint(painter);
    painter.end();
    image.setDotsPerMeterX(static_cast<int>(std::lround(dotsPerMeter * scale)));
    image.setDotsPerMeterY(static_cast<int>(std::lround(dotsPerMeter * scale)));
    return image;
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

DrawnFigure::DrawnFigure(const Figure& figure, FigureFormat format, double scale) {
    if (format == FigureFormat::Png) {
        m_image = painted(figure, scale);
        return;
    }
    QBuffer buffer(&m_lines);
    buffer.open(QIODevice::WriteOnly);
    if (format == FigureFormat::Svg) {
        QSvgGenerator generator;
        generator.setOutputDevice(&buffer);
        generator.setResolution(kUnitsPerInch);
        generator.setSize(figure.size);
        generator.setViewBox(QRect(QPoint(0, 0), figure.size));
        paintLines(figure, generator);
    } else {
        QPdfWriter writer(&buffer);
        writer.setResolution(kUnitsPerInch);
        writer.setPageSize(QPageSize(QSizeF(figure.size) * kPointsPerUnit, QPageSize::Point,
                                     QString(), QPageSize::ExactMatch));
        writer.setPageMargins(QMarginsF());
        writer.setCreator(QCoreApplication::applicationName());
        paintLines(figure, writer);
    }
}

QByteArray DrawnFigure::bytes() const {
    if (m_image.isNull()) return m_lines;
    QByteArray encoded;
    QBuffer buffer(&encoded);
    buffer.open(QIODevice::WriteOnly);
    return m_image.save(&buffer, "png") ? encoded : QByteArray();
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
    content->setImageData(painted(figure, scale));
    QGuiApplication::clipboard()->setMimeData(content);
}

}  // namespace ui
