// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/status_line.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QStorageInfo>

#include "ui/cell_summary.h"
#include "ui/text.h"
#include "ui/workbench.h"

namespace ui {
namespace {

constexpr int kRefreshMs = 1000;

}  // namespace

StatusLine::StatusLine(Workbench& workbench, QWidget* parent)
    : QWidget(parent),
      m_workbench(workbench),
      m_runs(new QLabel),
      m_speed(new QLabel),
      m_left(new QLabel),
      m_device(new QLabel),
      m_disk(new QLabel) {
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 0, 8, 0);
    layout->setSpacing(24);
    for (QLabel* label : {m_runs, m_speed, m_left}) layout->addWidget(label);
    layout->addStretch();
    for (QLabel* label : {m_device, m_disk}) layout->addWidget(label);
    m_runs->setObjectName(QStringLiteral("statusRuns"));
    m_left->setToolTip(tr("Time left for the whole study, from the step times measured so far."));
    m_timer.setInterval(kRefreshMs);
    connect(&m_timer, &QTimer::timeout, this, &StatusLine::refresh);
    m_timer.start();
    connect(&m_workbench, &Workbench::changed, this, [this](const Change& change) {
        if (change.aspects &
            (Aspect::Experiment | Aspect::Training | Aspect::Queue | Aspect::Devices))
            refresh();
    });
    refresh();
}

void StatusLine::refresh() {
    const runs::Study* study = m_workbench.study();
    const LaneChoice& lanes = m_workbench.laneChoice();
    m_device->setText(
        tr("%1, %n lane(s)", nullptr, lanes.lanes).arg(QString::fromStdString(lanes.device)));
    m_device->setVisible(study != nullptr);
    if (!study) {
        m_runs->setText(tr("No experiment is open"));
        for (QLabel* label : {m_speed, m_left, m_disk}) label->clear();
        return;
    }
    const runs::StudyProgress progress = study->progress(lanes.lanes);
    QString runsText = tr("%1 of %2 runs done").arg(progress.done).arg(progress.planned);
    if (progress.running > 0) runsText += tr(", %1 in training").arg(progress.running);
    if (progress.failed > 0) runsText += tr(", %1 failed").arg(progress.failed);
    if (m_workbench.trainingState() == TrainingState::Pausing)
        runsText += tr(", saving checkpoints");
    m_runs->setText(runsText);
    double speed = 0.0;
    for (const runs::RunView& run : study->runs())
        if (stateOf(run) == CellState::Running && run.latest) speed += run.latest->tokensPerSecond;
    m_speed->setText(speed > 0.0 ? tokenRate(speed) : QString());
    const bool training = m_workbench.trainingState() == TrainingState::Running;
    if (progress.secondsLeft && progress.stepsLeft > 0)
        m_left->setText(
            training ? tr("study %1, done %2")
                           .arg(duration(*progress.secondsLeft), clockTime(*progress.secondsLeft))
                     : tr("%1 of training left").arg(duration(*progress.secondsLeft)));
    else
        m_left->clear();
    const QStorageInfo storage(QString::fromStdString(study->folder().string()));
    m_disk->setText(
        storage.isValid()
            ? tr("disk %1 free").arg(dataSize(static_cast<double>(storage.bytesAvailable())))
            : QString());
}

}  // namespace ui
