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
    /// One large button for each of `ways`, with its status tip below it; a row of small ones for
    /// `more`.
    StartPage(const QList<QAction*>& ways, const QList<QAction*>& more, QWidget* parent = nullptr);
    /// Folders that are gone are listed without being offered.
    void setRecent(const QStringList& folders);

signals:
    void openRequested(const QString& folder);

private:
    QVBoxLayout* m_recent;
    QWidget* m_recentBox;
};

}  // namespace ui
