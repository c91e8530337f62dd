// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <memory>
#include <vector>

#include "engine/runs/study_export.h"
#include "ui/figure_file.h"
#include "ui/figure_series.h"

namespace ui {

/// A figure of a study with the place of its files.
struct StudyFigure {
    QString path;     // in the export's folder, without ending
    QString caption;  // what is drawn, and what the bars mean
    Figure figure;
    runs::Choice inReport = runs::Choice::Yes;
};

/// Every figure that this study can show, the overview first. The figures own the data.
std::vector<StudyFigure> studyFigures(std::shared_ptr<const FigureData> data);

/// Three by three: loss, accuracy, time; optimal ratio, optimal k, improvement; effect size, loss
/// map, summary.
Figure overviewFigure(std::shared_ptr<const FigureData> data);

}  // namespace ui
