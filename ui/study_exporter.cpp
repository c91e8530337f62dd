// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/study_exporter.h"

#include <QFileInfo>
#include <QTimer>
#include <stdexcept>

#include "engine/runs/grid_table.h"
#include "ui/background.h"
#include "ui/figure_writer.h"
#include "ui/study_analysis.h"

namespace ui {
namespace {

/// A damaged file is told when the tables are written.
runs::AnalysisChoices choicesOf(const runs::Study& study) {
    const auto choices = runs::readAnalysisChoices(study.folder());
    return choices ? *choices : runs::AnalysisChoices{};
}

std::shared_ptr<const FigureData> dataOf(const runs::Study& study) {
    auto data = std::make_shared<FigureData>();
    data->table = study.results();
    if (data->table.count(runs::RunStatus::Done) > 0)
        data->analysis =
            stats::analyseGrid(runs::gridTable<stats::GridTable>(data->table),
                               runs::optionsOf<stats::GridAnalysisOptions>(choicesOf(study)));
    return data;
}

/// The files written, or why not.
struct Written {
    int files = 0;
    QString error;
};

}  // namespace

StudyExporter::StudyExporter(const runs::Study& study, ExportStudy exportStudy, QString folder,
                             const runs::ExportChoice& choice, QObject* parent)
    : QObject(parent),
      m_study(std::make_shared<const runs::Study>(study)),
      m_exportStudy(std::move(exportStudy)),
      m_folder(std::move(folder)),
      m_choice(choice) {
    if (!choice.wantsFigures()) {
        QTimer::singleShot(0, this, &StudyExporter::writeRest);
        return;
    }
    inBackground(
        this, [copy = m_study] { return dataOf(*copy); },
        [this](std::shared_ptr<const FigureData> data) {
            m_figures =
                std::make_unique<FigureWriter>(std::move(data), m_folder.toStdString(), m_choice);
            QTimer::singleShot(0, this, &StudyExporter::draw);  // one thing in each turn
        });
}

StudyExporter::~StudyExporter() = default;

void StudyExporter::cancel() {
    m_isCancelled = true;
}

void StudyExporter::draw() {
    if (m_isCancelled) {
        emit cancelled();
        return;
    }
    if (m_figures->isDone()) {
        writeRest();
        return;
    }
    const auto file = std::make_shared<const FigureFile>(m_figures->draw());
    emit progressed(m_done, static_cast<int>(m_figures->fileCount()) + 1,
                    QFileInfo(file->path).fileName());
    inBackground(
        this, [file] { return file->save(); },
        [this](const QString& error) {
            if (!error.isEmpty()) {
                fail(error);
                return;
            }
            ++m_done;
            draw();
        });
}

void StudyExporter::writeRest() {
    if (m_isCancelled) {
        emit cancelled();
        return;
    }
    if (!m_exportStudy) {
        emit finished(m_done, {});
        return;
    }
    emit progressed(m_done, m_done + 1, tr("tables and report"));
    const auto work =
        [study = m_study, write = m_exportStudy, folder = m_folder.toStdString(), choice = m_choice,
         figures = m_figures ? m_figures->figures() : std::vector<runs::ExportedFigure>()] {
            const auto written = write(*study, folder, choice, figures);
            if (!written) return Written{0, QString::fromStdString(written.error().message)};
            return Written{static_cast<int>(written->size()), {}};
        };
    inBackground(this, work, [this](const Written& written) {
        if (!written.error.isEmpty()) {
            fail(written.error);
            return;
        }
        emit finished(m_done + written.files, {});
    });
}

void StudyExporter::fail(const QString& error) {
    emit finished(m_done, error);
}

}  // namespace ui
