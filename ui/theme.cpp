// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme.h"

#include <QApplication>
#include <QPalette>
#include <QToolTip>

namespace ui {
namespace {

QPalette made(const QColor& window, const QColor& base, const QColor& alternate,
              const QColor& button, const QColor& text, const QColor& faint,
              const QColor& highlight, const QColor& tip) {
    QPalette palette;
    palette.setColor(QPalette::Window, window);
    palette.setColor(QPalette::Base, base);
    palette.setColor(QPalette::AlternateBase, alternate);
    palette.setColor(QPalette::Button, button);
    for (const QPalette::ColorRole role :
         {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::ToolTipText})
        palette.setColor(role, text);
    palette.setColor(QPalette::PlaceholderText, faint);
    palette.setColor(QPalette::BrightText, text);
    palette.setColor(QPalette::ToolTipBase, tip);
    palette.setColor(QPalette::Highlight, highlight);
    palette.setColor(QPalette::HighlightedText, Qt::white);
    palette.setColor(QPalette::Link, highlight);
    for (const QPalette::ColorRole role :
         {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText})
        palette.setColor(QPalette::Disabled, role, faint);
    palette.setColor(QPalette::Light, button.lighter(125));
    palette.setColor(QPalette::Midlight, button.lighter(112));
    palette.setColor(QPalette::Mid, button.darker(120));
    palette.setColor(QPalette::Dark, button.darker(150));
    palette.setColor(QPalette::Shadow, button.darker(220));
    return palette;
}

QPalette lightPalette() {
    return made(QColor(0xf3, 0xf4, 0xf6), Qt::white, QColor(0xee, 0xf0, 0xf3),
                QColor(0xe9, 0xeb, 0xee), QColor(0x1c, 0x1f, 0x24), QColor(0x8a, 0x90, 0x99),
                QColor(0x1f, 0x6f, 0xd0), QColor(0xff, 0xf6, 0xd9));
}

QPalette darkPalette() {
    return made(QColor(0x24, 0x27, 0x2c), QColor(0x1a, 0x1c, 0x20), QColor(0x2b, 0x2f, 0x35),
                QColor(0x33, 0x37, 0x3e), QColor(0xe4, 0xe6, 0xea), QColor(0x80, 0x86, 0x90),
                QColor(0x4a, 0x93, 0xe8), QColor(0x3d, 0x39, 0x2a));
}

}  // namespace

QString themeName(Theme theme) {
    switch (theme) {
        case Theme::System:
            return QStringLiteral("system");
        case Theme::Light:
            return QStringLiteral("light");
        case Theme::Dark:
            return QStringLiteral("dark");
    }
    return {};
}

Theme themeFromName(const QString& name) {
    if (name == themeName(Theme::Light)) return Theme::Light;
    return name == themeName(Theme::Dark) ? Theme::Dark : Theme::System;
}

void applyTheme(Theme theme) {
    // An invalid palette gives the desktop's own back.
    const QPalette palette = theme == Theme::System  ? QPalette()
                             : theme == Theme::Light ? lightPalette()
                                                     : darkPalette();
    QApplication::setPalette(palette);
    QToolTip::setPalette(theme == Theme::System ? QApplication::palette() : palette);
}

}  // namespace ui
