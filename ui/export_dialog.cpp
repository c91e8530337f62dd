// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/export_dialog.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QFormLayout>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSettings>
#include <QSpinBox>

#include "ui/default_button.h"
#include "ui/experiment_folder.h"
#include "ui/text.h"
#include "ui/workbench.h"

namespace ui {
namespace {

const QString kSettings = QStringLiteral("export/");

runs::Choice chosen(const QCheckBox* box) {
    return box->isChecked() ? runs::Choice::Yes : runs::Choice::No;
}

QLabel* hint(const QString& text) {
    auto* label = new QLabel(text);
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

/// In the experiment's folder; that of an example is hidden, and another may be read only.
QString proposedFolder(const runs::Study& study, bool isExample) {
    if (!isExample && study.access() == runs::Access::ReadWrite)
        return QDir::cleanPath(QString::fromStdString((study.folder() / "export").string()));
    return QStringLiteral("%1/%2 export")
        .arg(defaultExperimentsFolder(), QString::fromStdString(study.settings().name)
                                             .replace(QLatin1Char('/'), QLatin1Char('-'))
                                             .remove(QLatin1Char(':')));
}

}  // namespace

ExportDialog::ExportDialog(Workbench& workbench, QWidget* parent)
    : QDialog(parent),
      m_workbench(workbench),
      m_folder(new QLineEdit),
      m_parts(new QWidget),
      m_tables(new QCheckBox(tr("&Tables as CSV"))),
      m_latex(new QCheckBox(tr("Tables as &LaTeX"))),
      m_json(new QCheckBox(tr("&JSON"))),
      m_report(new QCheckBox(tr("&Report"))),
      m_png(new QCheckBox(tr("Figures as &PNG"))),
      m_svg(new QCheckBox(tr("Figures as &SVG"))),
      m_pdf(new QCheckBox(tr("Figures as P&DF"))),
      m_scale(new QSpinBox),
      m_state(new QLabel),
      m_progress(new QProgressBar),
      m_buttons(new QDialogButtonBox(QDialogButtonBox::Cancel)) {
    setObjectName(QStringLiteral("exportDialog"));
    setWindowTitle(tr("Export"));
    setMinimumWidth(560);
    build();
    const runs::Study* study = m_workbench.study();
    if (study != nullptr) m_folder->setText(proposedFolder(*study, m_workbench.isExample()));
    connect(m_folder, &QLineEdit::textChanged, this, &ExportDialog::review);
    connect(m_buttons, &QDialogButtonBox::accepted, this, &ExportDialog::begin);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &ExportDialog::reject);
    // The plan or the experiment may change while the sheet is open.
    connect(&m_workbench, &Workbench::changed, this, [this](const Change& change) {
        if (change.aspects & Aspect::Experiment) review();
    });
    review();
}

void ExportDialog::build() {
    QPushButton* start = m_buttons->addButton(tr("&Export"), QDialogButtonBox::AcceptRole);
    start->setObjectName(QStringLiteral("startExport"));
    m_folder->setObjectName(QStringLiteral("exportFolder"));
    m_folder->setAccessibleName(tr("Folder of the export"));
    m_scale->setRange(1, 8);
    m_scale->setPrefix(tr("scale "));
    m_scale->setSuffix(QStringLiteral(" ×"));
    m_scale->setValue(QSettings().value(kSettings + QStringLiteral("scale"), 2).toInt());
    m_scale->setAccessibleName(tr("Scale of PNG figures"));
    m_scale->setToolTip(tr("Pixels per unit: 1 suits a screen, 2 a high-density screen, 4 print"));
    auto* grid = new QGridLayout(m_parts);
    grid->setContentsMargins(0, 0, 0, 0);
    const auto row = [&](int at, QCheckBox* box, const char* key, QWidget* beside) {
        box->setObjectName(QStringLiteral("export_") + QLatin1String(key));
        box->setChecked(QSettings().value(kSettings + QLatin1String(key), true).toBool());
        grid->addWidget(box, at, 0);
        grid->addWidget(beside, at, 1, Qt::AlignLeft);
        connect(box, &QCheckBox::toggled, this, &ExportDialog::review);
    };
    row(0, m_tables, "tables", hint(tr("runs, cells, curves, results and every statistic")));
    row(1, m_latex, "latex", hint(tr("results and statistics, to be input in a paper")));
    row(2, m_json, "json", hint(tr("everything in one file, and the settings")));
    row(3, m_report, "report", hint(tr("Markdown and HTML: results, findings, limits, methods")));
    row(4, m_png, "png", m_scale);
    row(5, m_svg, "svg", hint(tr("drawings with text that can be edited")));
    row(6, m_pdf, "pdf", hint(tr("drawings for print and LaTeX")));
    grid->setColumnStretch(1, 1);
    grid->setHorizontalSpacing(16);
    m_state->setWordWrap(true);
    m_state->setObjectName(QStringLiteral("exportState"));
    m_progress->setVisible(false);
    auto* layout = new QFormLayout(this);
    auto* folder = new QLabel(tr("&Folder"));
    folder->setBuddy(m_folder);
    layout->addRow(folder, folderRow());
    layout->addRow(tr("Files"), m_parts);
    layout->addRow(m_progress);
    layout->addRow(m_state);
    layout->addRow(m_buttons);
    pressOnEnter(*this, *start);
}

QWidget* ExportDialog::folderRow() {
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    auto* choose = new QPushButton(tr("&Browse…"));
    connect(choose, &QPushButton::clicked, this, &ExportDialog::browse);
    layout->addWidget(m_folder, 1);
    layout->addWidget(choose);
    row->setFocusProxy(m_folder);
    return row;
}

void ExportDialog::browse() {
    auto* dialog =
        new QFileDialog(this, tr("Folder of the export"), nearestFolder(m_folder->text()));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, m_folder, &QLineEdit::setText);
    dialog->open();
}

runs::ExportChoice ExportDialog::choice() const {
    return {.tables = chosen(m_tables),
            .latex = chosen(m_latex),
            .json = chosen(m_json),
            .report = chosen(m_report),
            .png = chosen(m_png),
            .svg = chosen(m_svg),
            .pdf = chosen(m_pdf),
            .scale = static_cast<double>(m_scale->value())};
}

void ExportDialog::review() {
    if (m_exporter != nullptr) return;
    const runs::Study* study = m_workbench.study();
    const runs::ExportChoice wanted = choice();
    const bool any = wanted.wantsFigures() || m_tables->isChecked() || m_latex->isChecked() ||
                     m_json->isChecked() || m_report->isChecked();
    QString state;
    if (study == nullptr)
        state = tr("No experiment is open.");
    else if (m_folder->text().trimmed().isEmpty())
        state = tr("Name the folder that the files shall go into.");
    else if (!any)
        state = tr("Choose at least one kind of file.");
    const bool ready = state.isEmpty();
    if (ready) {
        const auto done = study->withStatus(runs::RunStatus::Done).size();
        state = done == study->runs().size()
                    ? tr("All %1 runs are finished.").arg(done)
                    : tr("%1 of %2 runs are finished: the report will say that it is interim.")
                          .arg(done)
                          .arg(study->runs().size());
        if (QDir(m_folder->text()).exists()) state += tr(" Files of the same name are replaced.");
    }
    m_scale->setEnabled(m_png->isChecked());
    m_state->setText(state);
    findChild<QPushButton*>(QStringLiteral("startExport"))->setEnabled(ready);
}

void ExportDialog::begin() {
    const runs::Study* study = m_workbench.study();
    if (study == nullptr || m_exporter != nullptr) return;
    remember();
    const QString folder = QDir::cleanPath(QDir(m_folder->text().trimmed()).absolutePath());
    m_exporter = new StudyExporter(*study, m_workbench.exportPort(), folder, choice(), this);
    connect(m_exporter, &StudyExporter::progressed, this,
            [this](int done, int total, const QString& what) {
                m_progress->setRange(0, total);
                m_progress->setValue(done);
                m_state->setText(tr("Writing %1 …").arg(what));
            });
    connect(m_exporter, &StudyExporter::finished, this, &ExportDialog::end);
    connect(m_exporter, &StudyExporter::cancelled, this, &ExportDialog::endCancelled);
    m_progress->setRange(0, 0);
    m_state->setText(tr("Analysing …"));
    setStage(Stage::Writing);
}

void ExportDialog::end(int files, const QString& error) {
    m_exporter->deleteLater();
    m_exporter = nullptr;
    setStage(Stage::Choosing);
    if (!error.isEmpty()) {
        m_state->setText(error);
        return;
    }
    emit exported(QDir::cleanPath(QDir(m_folder->text().trimmed()).absolutePath()), files);
    accept();
}

void ExportDialog::endCancelled() {
    m_exporter->deleteLater();
    m_exporter = nullptr;
    QDialog::reject();
}

void ExportDialog::reject() {
    if (m_exporter == nullptr) {
        QDialog::reject();
        return;
    }
    m_state->setText(tr("Stopping after this file …"));
    m_exporter->cancel();
}

void ExportDialog::setStage(Stage stage) {
    const bool isWriting = stage == Stage::Writing;
    m_progress->setVisible(isWriting);
    for (QWidget* widget : {static_cast<QWidget*>(m_folder), m_parts})
        widget->setEnabled(!isWriting);
    findChild<QPushButton*>(QStringLiteral("startExport"))->setEnabled(!isWriting);
}

void ExportDialog::remember() const {
    QSettings settings;
    for (const QCheckBox* box : {m_tables, m_latex, m_json, m_report, m_png, m_svg, m_pdf})
        settings.setValue(kSettings + box->objectName().mid(7), box->isChecked());
    settings.setValue(kSettings + QStringLiteral("scale"), m_scale->value());
}

}  // namespace ui
