// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QAction;
class QVBoxLayout;

namespace ui {

/// What is seen when no experiment is open: what the program does, and the ways in.
class StartPage : public QWidget {
    Q_OBJECT
public:
    /// One button per action.
    explicit StartPage(const QList<QAction*>& actions, QWidget* parent = nullptr);
    void setRecent(const QStringList& folders);

signals:
    void openRequested(const QString& folder);

private:
    QVBoxLayout* m_recent;
    QWidget* m_recentBox;
};

}  // namespace ui
