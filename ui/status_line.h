// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>
#include <optional>

#include "engine/machine/device_monitor.h"
#include "ui/change.h"

class QLabel;

namespace ui {

class Workbench;

/// Run i of N, tokens per second, time left with clock time, device, disk left.
class StatusLine : public QWidget {
    Q_OBJECT
public:
    explicit StatusLine(Workbench& workbench, QWidget* parent = nullptr);

private:
    void refresh();
    void showDisk();
    void readLoad();
    QString deviceText() const;

    Workbench& m_workbench;
    QLabel* m_runs;
    QLabel* m_speed;
    QLabel* m_left;
    QLabel* m_device;
    QLabel* m_disk;
    QTimer m_timer;
    std::optional<machine::DeviceLoad> m_load;
    enum class Disk { Enough, Low } m_lastDisk = Disk::Enough;
    bool m_reading = false;
};

}  // namespace ui
