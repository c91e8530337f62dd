// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/opening_verbs.h"

#include <QAction>
#include <QShortcut>
#include <QWidget>

#include "ui/workbench.h"

namespace ui {
namespace {

/// Empty where the tip is only the text of the action, which Qt shows by itself.
QString ownToolTip(const QAction& action) {
    return QAction(action.text()).toolTip() == action.toolTip() ? QString() : action.toolTip();
}

}  // namespace

OpeningVerbs::OpeningVerbs(Workbench& workbench, QWidget& window)
    : QObject(&window), m_workbench(workbench), m_window(window) {}

QString OpeningVerbs::reason() const {
    return tr(
        "Pause or stop the training first: another experiment can be opened, and this one "
        "closed, while nothing trains.");
}

void OpeningVerbs::add(QAction* action) {
    auto* shortcut = new QShortcut(action->shortcut(), &m_window);
    shortcut->setEnabled(false);
    connect(shortcut, &QShortcut::activated, this, [this] {
        m_workbench.notify(
            {runs::Severity::Info, reason(), QStringLiteral("pause"), {}, Lasts::WhileTraining});
    });
    m_verbs.push_back({action, shortcut, {}, {}});
}

void OpeningVerbs::update() {
    const bool explain = !m_workbench.isAtRest();
    if (explain == m_explaining) return;
    m_explaining = explain;
    for (Verb& verb : m_verbs) {
        if (explain) {
            verb.toolTip = ownToolTip(*verb.action);
            verb.statusTip = verb.action->statusTip();
        }
        verb.action->setToolTip(explain ? reason() : verb.toolTip);
        verb.action->setStatusTip(explain ? reason() : verb.statusTip);
        verb.shortcut->setEnabled(explain && !verb.shortcut->key().isEmpty());
    }
}

}  // namespace ui
