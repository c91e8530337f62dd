// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/notice_bar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>
#include <algorithm>

#include "ui/workbench.h"

namespace ui {
namespace {

QStyle::StandardPixmap iconOf(runs::Severity severity) {
    switch (severity) {
        case runs::Severity::Info:
            return QStyle::SP_MessageBoxInformation;
        case runs::Severity::Warning:
            return QStyle::SP_MessageBoxWarning;
        case runs::Severity::Error:
            return QStyle::SP_MessageBoxCritical;
    }
    return QStyle::SP_MessageBoxInformation;
}

}  // namespace

NoticeBar::NoticeBar(Workbench& workbench, QWidget* parent)
    : QFrame(parent),
      m_workbench(workbench),
      m_icon(new QLabel),
      m_text(new QLabel),
      m_more(new QLabel),
      m_button(new QPushButton) {
    setFrameShape(QFrame::StyledPanel);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::ToolTipBase);
    setObjectName(QStringLiteral("noticeBar"));
    m_text->setForegroundRole(QPalette::ToolTipText);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_more->setForegroundRole(QPalette::ToolTipText);
    auto* dismissButton = new QToolButton;
    dismissButton->setObjectName(QStringLiteral("noticeDismiss"));
    dismissButton->setIcon(style()->standardIcon(QStyle::SP_TitleBarCloseButton));
    dismissButton->setAutoRaise(true);
    dismissButton->setToolTip(tr("Dismiss; the page Messages keeps it"));
    dismissButton->setAccessibleName(tr("Dismiss this notice"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 4, 4, 4);
    layout->addWidget(m_icon);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_more);
    m_button->setAutoDefault(true);  // Enter presses it, as Space does
    layout->addWidget(m_button);
    layout->addWidget(dismissButton);
    connect(dismissButton, &QToolButton::clicked, this, &NoticeBar::dismiss);
    connect(m_button, &QPushButton::clicked, this, [this] {
        const QString action = m_notices.back().action;
        dismiss();
        emit actionRequested(action);
    });
    connect(&m_workbench, &Workbench::changed, this, &NoticeBar::dropSolved);
    m_button->hide();
    hide();
}

void NoticeBar::add(const Notice& notice, const QString& actionText) {
    std::erase_if(m_notices, [&](const Notice& one) { return one.text == notice.text; });
    m_notices.push_back(notice);
    if (notice.label.isEmpty()) m_notices.back().label = actionText;
    std::stable_sort(m_notices.begin(), m_notices.end(),
                     [](const Notice& a, const Notice& b) { return a.severity < b.severity; });
    showWorst();
}

void NoticeBar::clear() {
    m_notices.clear();
    hide();
}

void NoticeBar::dismiss() {
    if (!m_notices.empty()) m_notices.pop_back();
    showWorst();
}

void NoticeBar::dropSolved() {
    const auto solved = [this](const Notice& notice) { return !m_workbench.isTrue(notice); };
    if (std::erase_if(m_notices, solved) > 0) showWorst();
}

void NoticeBar::showWorst() {
    if (m_notices.empty()) return hide();
    const Notice& worst = m_notices.back();
    m_icon->setPixmap(style()->standardIcon(iconOf(worst.severity)).pixmap(20, 20));
    m_text->setText(worst.text);
    m_button->setText(worst.label);
    m_button->setVisible(!worst.label.isEmpty());
    m_more->setText(tr("%1 more").arg(m_notices.size() - 1));
    m_more->setVisible(m_notices.size() > 1);
    show();
}

QString NoticeBar::text() const {
    return m_notices.empty() ? QString() : m_text->text();
}

}  // namespace ui
