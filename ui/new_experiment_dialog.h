// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <string>
#include <vector>

#include "engine/experiment/settings.h"
#include "ui/training_control.h"

class QCheckBox;
class QComboBox;
class QDialogButtonBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace ui {

class CostEstimate;
class Workbench;

/// Everything a new experiment needs on one sheet: preset, text, grid, folder, device, and what it
/// amounts to. A text may be dropped on it.
class NewExperimentDialog : public QDialog {
    Q_OBJECT
public:
    explicit NewExperimentDialog(const Workbench& workbench, QWidget* parent = nullptr);
    void setDataPath(const QString& path);

signals:
    void experimentWanted(const QString& folder, const experiment::ExperimentSettings& settings,
                          const ui::LaneChoice& lanes);

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void fillChoices(const std::vector<std::string>& devices, const LaneChoice& lanes);
    void layOut();
    QWidget* dataRow();
    QWidget* folderRow();
    void takePreset();
    void browseData(const QString& kind);
    void browseFolder();
    /// Settings as the sheet says; the error names the field.
    engine::Result<experiment::ExperimentSettings> settings() const;
    void review();
    QString amount(const experiment::ExperimentSettings& wanted) const;
    /// Why the sheet cannot be carried out, as a sentence with the remedy; empty when it can.
    QString obstacle(const experiment::ExperimentSettings& wanted) const;
    LaneChoice lanes() const;
    void measure();
    void finish();

    experiment::ExperimentSettings m_base;
    QLineEdit* m_name;
    QComboBox* m_preset;
    QLabel* m_purpose;
    QComboBox* m_corpus;
    QLineEdit* m_path;
    QWidget* m_pathRow;
    QLineEdit* m_lengths;
    QLineEdit* m_ratios;
    QLineEdit* m_seeds;
    QCheckBox* m_dense;
    QLineEdit* m_folder;
    QComboBox* m_device;
    QSpinBox* m_lanes;
    QSpinBox* m_stack;
    QLabel* m_amount;
    QLabel* m_cost;
    QPushButton* m_measure;
    CostEstimate* m_estimate;
    QDialogButtonBox* m_buttons;
};

}  // namespace ui
