// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/timed_application.h"

#include <QElapsedTimer>
#include <QEvent>
#include <QThread>
#include <algorithm>
#include <ctime>

namespace {

double processorMs() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return 1e3 * static_cast<double>(now.tv_sec) + 1e-6 * static_cast<double>(now.tv_nsec);
}

}  // namespace

bool TimedApplication::notify(QObject* receiver, QEvent* event) {
    if (QThread::currentThread() != thread() || m_depth > 0 || !m_isWatching)
        return QApplication::notify(receiver, event);
    // The receiver may be gone afterwards.
    const QByteArray name = QByteArray(receiver->metaObject()->className()) + " event " +
                            QByteArray::number(int(event->type()));
    ++m_depth;
    QElapsedTimer clock;
    clock.start();
    const double before = processorMs();
    const bool taken = QApplication::notify(receiver, event);
    const double spent = processorMs() - before;
    const double waited = double(clock.nsecsElapsed()) * 1e-6;
    --m_depth;
    Turn& longest = m_longest[name];
    longest.name = name;
    longest.processorMs = std::max(longest.processorMs, spent);
    longest.wallMs = std::max(longest.wallMs, waited);
    return taken;
}

void TimedApplication::watch() {
    m_longest.clear();
    m_isWatching = true;
}

std::vector<Turn> TimedApplication::stop() {
    m_isWatching = false;
    std::vector<Turn> turns;
    for (const auto& [name, turn] : m_longest) turns.push_back(turn);
    std::sort(turns.begin(), turns.end(),
              [](const Turn& a, const Turn& b) { return a.processorMs > b.processorMs; });
    return turns;
}
