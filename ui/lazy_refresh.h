// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>
#include <functional>

class QWidget;

namespace ui {

/// Makes a page anew when asked, but only while it can be seen and not more often than a few times
/// a second. What was asked for while it was hidden is made when it is shown.
class LazyRefresh : public QObject {
    Q_OBJECT
public:
    LazyRefresh(QWidget* page, std::function<void()> refresh);

    /// Soon, together with what else is asked for until then.
    void request();
    /// At once where the page is visible: for what the user chose.
    void now();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* m_page;
    std::function<void()> m_refresh;
    QTimer m_timer;
    bool m_wanted = true;
};

}  // namespace ui
