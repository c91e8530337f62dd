// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <atomic>
#include <chrono>
#include <semaphore>
#include <thread>
#include <vector>

/// Asks the GUI thread every millisecond for an answer, from another thread, and keeps how long it
/// took. Made in the GUI thread; it needs a running event loop.
class GuiWatchdog : public QObject {
public:
    GuiWatchdog();
    ~GuiWatchdog() override;

    /// Ends the watch and returns the waiting times, in milliseconds.
    std::vector<double> stop();
    /// How often it has asked so far; from any thread.
    int asked() const { return m_asked; }

protected:
    bool event(QEvent* event) override;

private:
    void watch();

    std::atomic<bool> m_stop{false};
    std::atomic<int> m_asked{0};
    std::counting_semaphore<> m_answered{0};
    std::vector<double> m_waits;
    std::thread m_thread;
};
