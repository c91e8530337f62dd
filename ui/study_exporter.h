// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

#include "engine/result.h"
#include "engine/runs/study.h"
#include "engine/runs/study_export.h"

namespace ui {

class FigureWriter;
struct FigureData;

/// Writes everything but the figures into a folder and returns the files. The program's own export,
/// lent to the window so that it writes what --batch writes; called on any thread.
using ExportStudy = std::function<engine::Result<std::vector<std::filesystem::path>>(
    const runs::Study& study, const std::filesystem::path& folder, const runs::ExportChoice& choice,
    const std::vector<runs::ExportedFigure>& figures)>;

/// One export, begun by the constructor, from a copy of the study: analysis, encoding and writing
/// go on beside the GUI thread, which draws one figure in each turn of its event loop.
class StudyExporter : public QObject {
    Q_OBJECT
public:
    StudyExporter(const runs::Study& study, ExportStudy exportStudy, QString folder,
                  const runs::ExportChoice& choice, QObject* parent = nullptr);
    ~StudyExporter() override;

    /// Ends after the file that is being written; what is there stays.
    void cancel();

signals:
    void progressed(int done, int total, const QString& what);
    /// The only end of an export that was not cancelled. `error` is empty on success.
    void finished(int files, const QString& error);
    void cancelled();

private:
    void draw();
    void writeRest();
    void fail(const QString& error);

    std::shared_ptr<const runs::Study> m_study;
    ExportStudy m_exportStudy;
    QString m_folder;
    runs::ExportChoice m_choice;
    std::unique_ptr<FigureWriter> m_figures;
    int m_done = 0;
    bool m_isCancelled = false;
};

}  // namespace ui
