// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <filesystem>
#include <memory>
#include <vector>

#include "engine/runs/study_export.h"
#include "ui/figure_file.h"
#include "ui/figure_series.h"
#include "ui/study_figures.h"

namespace ui {

/// A drawn figure and the file that it shall become.
struct FigureFile {
    DrawnFigure drawn;
    QString path;

    /// In any thread. Empty on success, else a sentence.
    QString save() const { return drawn.save(path); }
};

/// Hands out the figures of a study one file at a time, so that a window stays alive between them.
class FigureWriter {
public:
    FigureWriter(std::shared_ptr<const FigureData> data, const std::filesystem::path& folder,
                 const runs::ExportChoice& choice);

    std::size_t fileCount() const { return m_figures.size() * m_formats.size(); }
    bool isDone() const { return m_next == fileCount(); }
    /// The next file, drawn. GUI thread only.
    FigureFile draw();
    /// All figures with all their files.
    std::vector<runs::ExportedFigure> figures() const;

private:
    QString m_folder;
    std::vector<StudyFigure> m_figures;
    std::vector<FigureFormat> m_formats;
    double m_scale = 2.0;
    std::size_t m_next = 0;
};

}  // namespace ui
