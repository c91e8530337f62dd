// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/cell_state.h"

#include <QPainter>
#include <QPainterPath>
#include <QPalette>
#include <QPixmap>

namespace ui {
namespace {

QPointF at(const QRectF& square, double x, double y) {
    return {square.left() + x * square.width(), square.top() + y * square.height()};
}

void drawClock(QPainter& painter, const QRectF& square) {
    painter.drawEllipse(square.adjusted(1, 1, -1, -1));
    painter.drawLine(square.center(), at(square, 0.5, 0.2));
    painter.drawLine(square.center(), at(square, 0.74, 0.5));
}

void drawTriangle(QPainter& painter, const QRectF& square, const QColor& colour) {
    QPainterPath path(at(square, 0.22, 0.1));
    path.lineTo(at(square, 0.92, 0.5));
    path.lineTo(at(square, 0.22, 0.9));
    path.closeSubpath();
    painter.fillPath(path, colour);
}

void drawBars(QPainter& painter, const QRectF& square, const QColor& colour) {
    painter.fillRect(QRectF(at(square, 0.2, 0.12), at(square, 0.42, 0.88)), colour);
    painter.fillRect(QRectF(at(square, 0.58, 0.12), at(square, 0.8, 0.88)), colour);
}

void drawTick(QPainter& painter, const QRectF& square) {
    painter.drawPolyline(QPolygonF{
        QList<QPointF>{at(square, 0.1, 0.55), at(square, 0.4, 0.85), at(square, 0.92, 0.18)}});
}

void drawCross(QPainter& painter, const QRectF& square) {
    painter.drawLine(at(square, 0.15, 0.15), at(square, 0.85, 0.85));
    painter.drawLine(at(square, 0.85, 0.15), at(square, 0.15, 0.85));
}

void drawWave(QPainter& painter, const QRectF& square) {
    QPainterPath path(at(square, 0.0, 0.7));
    path.cubicTo(at(square, 0.3, -0.3), at(square, 0.45, 0.6), at(square, 0.5, 0.6));
    path.cubicTo(at(square, 0.6, 0.9), at(square, 0.8, 0.9), at(square, 1.0, 0.05));
    painter.drawPath(path);
}

}  // namespace

QString stateName(CellState state) {
    switch (state) {
        case CellState::Empty:
            return QStringLiteral("empty");
        case CellState::Queued:
            return QStringLiteral("queued");
        case CellState::Running:
            return QStringLiteral("running");
        case CellState::Paused:
            return QStringLiteral("paused");
        case CellState::Done:
            return QStringLiteral("done");
        case CellState::Failed:
            return QStringLiteral("failed");
        case CellState::Diverged:
            return QStringLiteral("diverged");
    }
    return {};
}

void drawStateGlyph(QPainter& painter, const QRectF& square, CellState state,
                    const QColor& colour) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(colour, square.width() / 7.0, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    switch (state) {
        case CellState::Empty: {
            painter.setBrush(colour);
            painter.setPen(Qt::NoPen);
            painter.drawEllipse(square.center(), 1.5, 1.5);
            break;
        }
        case CellState::Queued:
            drawClock(painter, square);
            break;
        case CellState::Running:
            drawTriangle(painter, square, colour);
            break;
        case CellState::Paused:
            drawBars(painter, square, colour);
            break;
        case CellState::Done:
            drawTick(painter, square);
            break;
        case CellState::Failed:
            drawCross(painter, square);
            break;
        case CellState::Diverged:
            drawWave(painter, square);
            break;
    }
    painter.restore();
}

QIcon stateIcon(CellState state, const QPalette& palette) {
    QIcon icon;
    for (const int scale : {1, 2}) {
        QPixmap pixmap(16 * scale, 16 * scale);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        painter.scale(scale, scale);
        drawStateGlyph(painter, QRectF(3, 3, 10, 10), state, palette.color(QPalette::Text));
        painter.end();
        pixmap.setDevicePixelRatio(scale);
        icon.addPixmap(pixmap);
    }
    return icon;
}

}  // namespace ui
