// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lazy_refresh.h"

#include <QEvent>
#include <QWidget>

namespace ui {
namespace {

constexpr int kGatherMs = 150;

}  // namespace

LazyRefresh::LazyRefresh(QWidget* page, std::function<void()> refresh)
    : QObject(page), m_page(page), m_refresh(std::move(refresh)) {
    m_timer.setSingleShot(true);
    m_timer.setInterval(kGatherMs);
    connect(&m_timer, &QTimer::timeout, this, &LazyRefresh::now);
    page->installEventFilter(this);
}

void LazyRefresh::request() {
    m_wanted = true;
    if (m_page->isVisible() && !m_timer.isActive()) m_timer.start();
}

void LazyRefresh::now() {
    m_timer.stop();
    m_wanted = !m_page->isVisible();
    if (!m_wanted) m_refresh();
}

bool LazyRefresh::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Show && m_wanted) {
        m_wanted = false;
        m_refresh();
    }
    return QObject::eventFilter(watched, event);
}

}  // namespace ui
