// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <vector>

class QAction;
class QShortcut;
class QWidget;

namespace ui {

class Workbench;

/// Verbs that put another experiment in the place of the open one. While it trains their tips say
/// why they are grey, and their shortcuts say it in a notice.
class OpeningVerbs : public QObject {
    Q_OBJECT
public:
    OpeningVerbs(Workbench& workbench, QWidget& window);
    void add(QAction* action);
    /// Follows whether the lanes are at rest; which verbs are enabled is left to their owner.
    void update();

private:
    struct Verb {
        QAction* action;
        QShortcut* shortcut;  // in the place of that of the disabled action
        QString toolTip, statusTip;
    };
    QString reason() const;

    Workbench& m_workbench;
    QWidget& m_window;
    std::vector<Verb> m_verbs;
    bool m_explaining = false;
};

}  // namespace ui
