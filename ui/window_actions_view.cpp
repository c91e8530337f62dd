// SPDX-License-Identifier: GPL-3.0-or-later
// The menus View and Help: how the window looks, where its panels are, what it can do.
#include <QAbstractItemView>
#include <QAction>
#include <QActionGroup>
#include <QComboBox>
#include <QDockWidget>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QSettings>

#include "ui/window_actions.h"

namespace ui {
namespace {

/// Its table, else the first of its widgets that the Tab key reaches.
void focusWithin(QWidget& page) {
    QWidget* first = nullptr;
    for (QWidget* widget : page.findChildren<QWidget*>()) {
        if (!widget->isVisibleTo(&page) || !widget->isEnabled() ||
            !(widget->focusPolicy() & Qt::TabFocus))
            continue;
        if (qobject_cast<QAbstractItemView*>(widget))
            return widget->setFocus(Qt::ShortcutFocusReason);
        if (!first) first = widget;
    }
    if (first) first->setFocus(Qt::ShortcutFocusReason);
}

}  // namespace

void WindowActions::addViewMenu() {
    m_viewMenu = m_window.menuBar()->addMenu(tr("&View"));
    QMenu* themes = m_viewMenu->addMenu(tr("&Theme"));
    auto* group = new QActionGroup(this);
    const Theme current = themeFromName(QSettings().value(QStringLiteral("theme")).toString());
    const auto choice = [&](Theme theme, const QString& text) {
        QAction* action = add(themes, themeName(theme) + QStringLiteral("Theme"), text, {});
        action->setCheckable(true);
        action->setChecked(theme == current);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, theme] { emit themeChosen(theme); });
    };
    choice(Theme::System, tr("System theme"));
    choice(Theme::Light, tr("Light theme"));
    choice(Theme::Dark, tr("Dark theme"));
    addColourMenu();
    m_panelMenu = m_viewMenu->addMenu(tr("&Go to"));
    QAction* grid = add(m_panelMenu, QStringLiteral("gridGo"), tr("Go to Grid"),
                        QKeySequence(Qt::CTRL | Qt::Key_0));
    connect(grid, &QAction::triggered, this, &WindowActions::gridRequested);
    QAction* reset = add(m_viewMenu, QStringLiteral("resetLayout"), tr("&Reset layout"), {});
    connect(reset, &QAction::triggered, this, &WindowActions::resetLayoutRequested);
    QAction* full = add(m_viewMenu, QStringLiteral("fullScreen"), tr("&Full screen"),
                        QKeySequence(Qt::Key_F11));
    connect(full, &QAction::triggered, this,
            [this] { m_window.setWindowState(m_window.windowState() ^ Qt::WindowFullScreen); });
    m_viewMenu->addSeparator();
}

void WindowActions::addColourMenu() {
    QMenu* menu = m_viewMenu->addMenu(tr("&Colour by"));
    for (const Metric metric : allMetrics())
        connect(add(menu, QStringLiteral("colour%1").arg(int(metric)),
                    tr("Colour by %1").arg(title(metric)), {}),
                &QAction::triggered, this,
                [this, metric] { m_metric->setCurrentIndex(m_metric->findData(int(metric))); });
}

void WindowActions::addPanel(QDockWidget* dock) {
    QAction* toggle = dock->toggleViewAction();
    toggle->setObjectName(dock->objectName() + QStringLiteral("Toggle"));
    toggle->setToolTip(tr("Show or hide the panel %1").arg(dock->windowTitle()));
    m_viewMenu->addAction(toggle);
    m_actions.push_back(toggle);
    const auto number = m_panelMenu->actions().size();  // the grid is 0
    QAction* go = add(m_panelMenu, dock->objectName() + QStringLiteral("Go"),
                      tr("Go to %1").arg(dock->windowTitle()), {});
    if (number <= 9) go->setShortcut(QKeySequence(QStringLiteral("Ctrl+%1").arg(number)));
    connect(go, &QAction::triggered, dock, [dock] {
        dock->show();
        dock->raise();
        focusWithin(*dock->widget());
    });
}

void WindowActions::addHelpMenu() {
    QMenu* menu = m_window.menuBar()->addMenu(tr("&Help"));
    QAction* commands = add(menu, QStringLiteral("commandPalette"), tr("&Commands…"),
                            QKeySequence(Qt::CTRL | Qt::Key_K));
    connect(commands, &QAction::triggered, this, &WindowActions::paletteRequested);
    QAction* guide =
        add(menu, QStringLiteral("guide"), tr("&Learn how it works"), QKeySequence(Qt::Key_F1));
    connect(guide, &QAction::triggered, this, &WindowActions::guideRequested);
    QAction* about = add(menu, QStringLiteral("about"), tr("&About"), {});
    connect(about, &QAction::triggered, this, &WindowActions::aboutRequested);
}

}  // namespace ui
