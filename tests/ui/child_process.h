// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QTest>

/// A second process of the test program itself: started with a role and its arguments, it runs
/// that role instead of the tests. Talks by lines.
class ChildProcess : public QProcess {
public:
    explicit ChildProcess(const QStringList& roleAndArguments) {
        setProcessChannelMode(QProcess::ForwardedErrorChannel);
        start(QCoreApplication::applicationFilePath(), roleAndArguments);
    }
    ~ChildProcess() override {
        kill();
        waitForFinished();
    }
    /// Waits for this line on its standard output; false if it does not come or the child ends.
    bool says(const QByteArray& line) {
        return QTest::qWaitFor(
            [&] {
                while (canReadLine())
                    if (readLine().trimmed() == line) return true;
                return false;
            },
            30000);
    }
    void tell(const QByteArray& line) { write(line + '\n'); }
};
