// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/offscreen.h"

#include <QApplication>
#include <cstdio>

#include "ui/figure_writer.h"

namespace ui {
namespace {

/// Qt's remarks on its surroundings (no runtime folder, no session bus) are not for a user who
/// asked for files; what goes wrong with these comes back as an Error.
void tellFailuresOnly(QtMsgType type, const QMessageLogContext& /*where*/, const QString& text) {
    if (type == QtCriticalMsg || type == QtFatalMsg)
        std::fprintf(stderr, "sparsity-workbench: %s\n", text.toLocal8Bit().constData());
}

class QuietQt {
public:
    QuietQt() : m_before(qInstallMessageHandler(tellFailuresOnly)) {}
    ~QuietQt() { qInstallMessageHandler(m_before); }
    QuietQt(const QuietQt&) = delete;
    QuietQt& operator=(const QuietQt&) = delete;

private:
    QtMessageHandler m_before;
};

}  // namespace

engine::Result<std::vector<runs::ExportedFigure>> writeFiguresOffscreen(
    const runs::Study& study, const stats::GridAnalysis* analysis,
    const std::filesystem::path& folder, const runs::ExportChoice& choice) {
    // Whatever display there may be is not asked: the same files come out everywhere.
    qputenv("QT_QPA_PLATFORM", "offscreen");
    qputenv("QT_SCALE_FACTOR", "1");
    const QuietQt quiet;
    static char name[] = "sparsity-workbench";
    char* arguments[] = {name, nullptr};
    int count = 1;
    QApplication::setStyle(QStringLiteral("Fusion"));
    const QApplication application(count, arguments);
    QApplication::setApplicationName(QString::fromLatin1(name));

    auto data = std::make_shared<FigureData>();
    data->table = study.results();
    if (analysis != nullptr) data->analysis = *analysis;
    FigureWriter writer(std::move(data), folder, choice);
    while (!writer.isDone()) {
        const QString error = writer.draw().save();
        if (!error.isEmpty()) return engine::Error{engine::ErrorKind::Io, error.toStdString()};
    }
    return writer.figures();
}

}  // namespace ui
