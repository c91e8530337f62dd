// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/gui_watchdog.h"

#include <QCoreApplication>
#include <QEvent>

namespace {

using Clock = std::chrono::steady_clock;
constexpr auto kPause = std::chrono::milliseconds(1);

}  // namespace

GuiWatchdog::GuiWatchdog() : m_thread([this] { watch(); }) {}

GuiWatchdog::~GuiWatchdog() {
    stop();
}

std::vector<double> GuiWatchdog::stop() {
    m_stop = true;
    m_answered.release();  // the thread may wait for an answer that this thread owes it
    if (m_thread.joinable()) m_thread.join();
    return m_waits;
}

bool GuiWatchdog::event(QEvent* event) {
    if (event->type() != QEvent::User) return QObject::event(event);
    m_answered.release();
    return true;
}

void GuiWatchdog::watch() {
    while (!m_stop) {
        const Clock::time_point asked = Clock::now();
        QCoreApplication::postEvent(this, new QEvent(QEvent::User));
        ++m_asked;
        m_answered.acquire();
        if (m_stop) return;
        const std::chrono::duration<double, std::milli> waited = Clock::now() - asked;
        m_waits.push_back(waited.count());
        std::this_thread::sleep_for(kPause);
    }
}
