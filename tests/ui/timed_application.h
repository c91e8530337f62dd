// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QApplication>
#include <QByteArray>
#include <map>
#include <vector>

/// A turn of the event loop: an event and all that its receiver did.
struct Turn {
    double wallMs = 0.0;
    double processorMs = 0.0;  // of the GUI thread alone: what other processes take is not in it
    QByteArray name;
};

/// Keeps how long the turns of the event loop take, and whose they are.
class TimedApplication : public QApplication {
public:
    using QApplication::QApplication;
    bool notify(QObject* receiver, QEvent* event) override;
    void watch();
    /// The longest turn of each kind since watch(), longest first by processor time.
    std::vector<Turn> stop();

private:
    std::map<QByteArray, Turn> m_longest;
    int m_depth = 0;
    bool m_isWatching = false;
};
