// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include "engine/runs/analysis_choices.h"

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QLabel;

namespace ui {

class StudyAnalysis;

/// Alpha, confidence, smallest effect of interest and baseline of the open experiment.
class AnalysisOptionsDialog : public QDialog {
    Q_OBJECT
public:
    /// keepRatios: those of the grid, for the baseline.
    AnalysisOptionsDialog(StudyAnalysis& analysis, const std::vector<double>& keepRatios,
                          QWidget* parent = nullptr);
    void accept() override;

private:
    void addRows(const std::vector<double>& keepRatios);
    runs::AnalysisChoices chosen() const;

    StudyAnalysis& m_analysis;
    QDoubleSpinBox* m_alpha;
    QDoubleSpinBox* m_confidence;
    QCheckBox* m_stated;
    QDoubleSpinBox* m_effect;
    QComboBox* m_baseline;
    QLabel* m_trouble;
};

}  // namespace ui
