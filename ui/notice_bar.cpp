// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/notice_bar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>

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

NoticeBar::NoticeBar(QWidget* parent)
    : QFrame(parent), m_icon(new QLabel), m_text(new QLabel), m_button(new QPushButton) {
    setFrameShape(QFrame::StyledPanel);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::ToolTipBase);
    setObjectName(QStringLiteral("noticeBar"));
    m_text->setForegroundRole(QPalette::ToolTipText);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* dismiss = new QToolButton;
    dismiss->setIcon(style()->standardIcon(QStyle::SP_TitleBarCloseButton));
    dismiss->setAutoRaise(true);
    dismiss->setToolTip(tr("Dismiss"));
    dismiss->setAccessibleName(tr("Dismiss this notice"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 4, 4, 4);
    layout->addWidget(m_icon);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_button);
    layout->addWidget(dismiss);
    connect(dismiss, &QToolButton::clicked, this, &QWidget::hide);
    connect(m_button, &QPushButton::clicked, this, [this] {
        hide();
        emit actionRequested(m_action);
    });
    hide();
}

void NoticeBar::show(const Notice& notice, const QString& actionText) {
    m_action = notice.action;
    m_icon->setPixmap(style()->standardIcon(iconOf(notice.severity)).pixmap(20, 20));
    m_text->setText(notice.text);
    m_button->setText(actionText);
    m_button->setVisible(!actionText.isEmpty());
    QFrame::show();
}

QString NoticeBar::text() const {
    return m_text->text();
}

}  // namespace ui
