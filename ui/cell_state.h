// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QIcon>
#include <QString>

class QPainter;
class QPalette;
class QRectF;

namespace ui {

/// What a cell of the grid or a run of the queue is doing; told by glyph and word, not by colour
/// alone.
enum class CellState { Empty, Queued, Running, Paused, Done, Failed, Diverged };

/// "empty", "queued", "running", ... for tooltips, tables and screen readers.
QString stateName(CellState state);

/// Draws the glyph of the state into the square, in one colour.
void drawStateGlyph(QPainter& painter, const QRectF& square, CellState state, const QColor& colour);

/// The glyph as a 16-px icon in the palette's text colour.
QIcon stateIcon(CellState state, const QPalette& palette);

}  // namespace ui
