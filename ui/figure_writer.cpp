// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figure_writer.h"

#include <QDir>

namespace ui {
namespace {

QString fileName(const StudyFigure& figure, FigureFormat format) {
    return figure.path + QLatin1Char('.') + fileEnding(format);
}

}  // namespace

FigureWriter::FigureWriter(std::shared_ptr<const FigureData> data,
                           const std::filesystem::path& folder, const runs::ExportChoice& choice)
    : m_folder(QString::fromStdString(folder.string())), m_scale(choice.scale) {
    using runs::Choice;
    if (choice.png == Choice::Yes) m_formats.push_back(FigureFormat::Png);
    if (choice.svg == Choice::Yes) m_formats.push_back(FigureFormat::Svg);
    if (choice.pdf == Choice::Yes) m_formats.push_back(FigureFormat::Pdf);
    if (m_formats.empty()) return;
    m_figures = studyFigures(std::move(data));
    // A folder that cannot be made is reported by the first file that finds it missing.
    QDir().mkpath(m_folder + QStringLiteral("/figures"));
}

FigureFile FigureWriter::draw() {
    const StudyFigure& figure = m_figures[m_next / m_formats.size()];
    const FigureFormat format = m_formats[m_next % m_formats.size()];
    ++m_next;
    return {DrawnFigure(figure.figure, format, m_scale),
            m_folder + QLatin1Char('/') + fileName(figure, format)};
}

std::vector<runs::ExportedFigure> FigureWriter::figures() const {
    std::vector<runs::ExportedFigure> written;
    for (const StudyFigure& figure : m_figures) {
        runs::ExportedFigure one{{}, figure.caption.toStdString(), figure.inReport};
        for (const FigureFormat format : m_formats)
            one.files.push_back(fileName(figure, format).toStdString());
        written.push_back(std::move(one));
    }
    return written;
}

}  // namespace ui
