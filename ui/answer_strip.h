// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/change.h"

class QLabel;

namespace ui {

class StudyAnalysis;
class Workbench;

/// The answer so far and how sure it is; before any result, what will be learnt.
class AnswerStrip : public QWidget {
    Q_OBJECT
public:
    explicit AnswerStrip(Workbench& workbench, StudyAnalysis& analysis, QWidget* parent = nullptr);
    QString text() const;

private:
    void onChange(const Change& change);
    void refresh();

    Workbench& m_workbench;
    StudyAnalysis& m_analysis;
    QLabel* m_text;
    QLabel* m_flag;
};

}  // namespace ui
