// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include "engine/runs/plan_change.h"
#include "engine/runs/study.h"

class QCheckBox;
class QComboBox;
class QDialogButtonBox;
class QLabel;
class QLineEdit;
class QSpinBox;

namespace ui {

/// Lengths, keep ratios, seeds, dense reference and selector of the open experiment, and what a
/// change adds, takes out and costs. Nothing happens before "Change plan".
class PlanDialog : public QDialog {
    Q_OBJECT
public:
    enum class Field { Lengths, KeepRatios, Seeds };
    /// The study must outlive the dialog; `lanes` trainings go on side by side.
    PlanDialog(const runs::Study& study, int lanes, QWidget* parent = nullptr);
    void focusOn(Field field);

signals:
    void planWanted(const runs::StudyPlan& plan);

private:
    void build();
    void review();
    /// The plan as the fields say; the error names field or key, value and allowed range.
    engine::Result<runs::StudyPlan> plan() const;
    void setSeedCount(int count);
    QString describe(const runs::PlanChange& change) const;
    void finish();

    const runs::Study& m_study;
    const int m_lanes;
    QLineEdit* m_lengths;
    QLineEdit* m_ratios;
    QLineEdit* m_seeds;
    QSpinBox* m_count;
    QCheckBox* m_dense;
    QComboBox* m_selector;
    QLabel* m_amount;
    QDialogButtonBox* m_buttons;
};

}  // namespace ui
