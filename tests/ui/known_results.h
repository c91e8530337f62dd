// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include "engine/runs/results_table.h"
#include "stats/grid_analysis.h"

class WindowFixture;

/// A grid of known losses: [length][ratio][seed], 2 x 3 x 3, without run folders. Seeds shift whole
/// rows; 0.25 is clearly worse than 0.5, 0.75 hardly differs.
runs::ResultsTable knownResults();
stats::GridAnalysis analysisOf(const runs::ResultsTable& results);

QByteArray contentOf(const QString& path);
/// All text of an SVG drawing; empty where it is not well-formed.
QString svgText(const QString& path);

/// Opens the fixture's study, trains its 12 runs and waits for their analysis.
void trainEverything(WindowFixture& fixture);
