// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/status_line.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QStorageInfo>
#include <cmath>

#include "ui/background.h"
#include "ui/grid_content.h"
#include "ui/text.h"
#include "ui/workbench.h"

namespace ui {
namespace {

constexpr int kRefreshMs = 1000;
constexpr double kLowDiskBytes = 2e9;

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
    m_device->setObjectName(QStringLiteral("statusDevice"));
    m_disk->setObjectName(QStringLiteral("statusDisk"));
    m_left->setToolTip(tr("Time left for the whole study, from the step times measured so far."));
    m_timer.setInterval(kRefreshMs);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        readLoad();
        refresh();
    });
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
    m_device->setText(deviceText());
    m_device->setVisible(study != nullptr);
    if (!study) {
        m_runs->setText(tr("No experiment is open"));
        for (QLabel* label : {m_speed, m_left, m_disk}) label->clear();
        return;
    }
    const runs::StudyProgress progress = study->progress(lanes.lanes);
    QString runsText = tr("%1 of %2 runs done").arg(progress.done).arg(progress.planned);
    if (progress.running > 0) runsText += tr(", %1 in training").arg(progress.running);
    const std::size_t elsewhere = study->withStatus(runs::RunStatus::RunningElsewhere).size();
    if (elsewhere > 0) runsText += tr(", %1 trained elsewhere").arg(elsewhere);
    if (progress.failed > 0) runsText += tr(", %1 failed").arg(progress.failed);
    if (m_workbench.trainingState() == TrainingState::Pausing)
        runsText += tr(", saving checkpoints");
    if (const auto timing = m_workbench.timingProgress())
        runsText +=
            tr(", measuring speed and memory: %1 of %2").arg(timing->first).arg(timing->second);
    m_runs->setText(runsText);
    double speed = 0.0;
    for (const runs::RunView& run : study->runs())
        if (stateOf(run) == CellState::Running && run.latest) speed += run.latest->tokensPerSecond;
    m_speed->setText(speed > 0.0 ? tokenRate(speed) : QString());
    const bool training = !m_workbench.isAtRest();
    if (progress.secondsLeft && progress.stepsLeft > 0)
        m_left->setText(
            training ? tr("study %1, done %2")
                           .arg(duration(*progress.secondsLeft), clockTime(*progress.secondsLeft))
                     : tr("%1 of training left").arg(duration(*progress.secondsLeft)));
    else
        m_left->clear();
    showDisk();
}

void StatusLine::showDisk() {
    const QStorageInfo storage(QString::fromStdString(m_workbench.study()->folder().string()));
    if (!storage.isValid()) return m_disk->clear();
    const auto free = static_cast<double>(storage.bytesAvailable());
    const Disk disk = free < kLowDiskBytes ? Disk::Low : Disk::Enough;
    QFont font = m_disk->font();
    font.setBold(disk == Disk::Low);
    m_disk->setFont(font);
    m_disk->setText(disk == Disk::Low ? tr("disk nearly full: %1 free").arg(dataSize(free))
                                      : tr("disk %1 free").arg(dataSize(free)));
    if (disk == Disk::Low && m_lastDisk == Disk::Enough)
        m_workbench.notify({runs::Severity::Warning,
                            tr("Only %1 are free on the disk of this experiment (%2). Runs stop "
                               "with a checkpoint when it is full; make room to go on.")
                                .arg(dataSize(free), storage.rootPath()),
                            {},
                            {}});
    m_lastDisk = disk;
}

QString StatusLine::deviceText() const {
    const LaneChoice& lanes = m_workbench.laneChoice();
    QStringList parts = {QString::fromStdString(lanes.device),
                         lanes.lanes == 1 ? tr("1 lane") : tr("%1 lanes").arg(lanes.lanes)};
    if (!m_load) return parts.join(QStringLiteral(" · "));
    parts << tr("%1 % busy").arg(std::lround(100.0 * m_load->busy))
          << tr("%1 of %2")
                 .arg(dataSize(static_cast<double>(m_load->memoryUsed)),
                      dataSize(static_cast<double>(m_load->memoryTotal)));
    if (m_load->celsius) parts << tr("%1 °C").arg(*m_load->celsius);
    return parts.join(QStringLiteral(" · "));
}

void StatusLine::readLoad() {
    const auto& load = m_workbench.ports().load;
    if (!load || m_reading || !m_workbench.study()) return;
    m_reading = true;  // a driver may take its time
    inBackground(
        this, [load, device = m_workbench.laneChoice().device] { return load(device); },
        [this](const std::optional<machine::DeviceLoad>& now) {
            m_reading = false;
            m_load = now;
        });
}

}  // namespace ui
