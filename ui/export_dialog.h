// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include "ui/study_exporter.h"

class QCheckBox;
class QDialogButtonBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QSpinBox;

namespace ui {

class Workbench;

/// Which files of the open experiment go into which folder; shows how far the export is.
class ExportDialog : public QDialog {
    Q_OBJECT
public:
    explicit ExportDialog(Workbench& workbench, QWidget* parent = nullptr);

signals:
    /// Everything was written; the dialog closes.
    void exported(const QString& folder, int files);

protected:
    void reject() override;

private:
    void build();
    QWidget* folderRow();
    void browse();
    runs::ExportChoice choice() const;
    void review();
    void begin();
    void end(int files, const QString& error);
    void endCancelled();
    enum class Stage { Choosing, Writing };
    void setStage(Stage stage);
    void remember() const;

    Workbench& m_workbench;
    QLineEdit* m_folder;
    QWidget* m_parts;
    QCheckBox* m_tables;
    QCheckBox* m_latex;
    QCheckBox* m_json;
    QCheckBox* m_report;
    QCheckBox* m_png;
    QCheckBox* m_svg;
    QCheckBox* m_pdf;
    QSpinBox* m_scale;
    QLabel* m_state;
    QProgressBar* m_progress;
    QDialogButtonBox* m_buttons;
    StudyExporter* m_exporter = nullptr;
};

}  // namespace ui
