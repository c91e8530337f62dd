// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figure_buttons.h"

#include <QAction>
#include <QActionGroup>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QMenu>
#include <QSettings>
#include <QToolButton>
#include <algorithm>

namespace ui {
namespace {

constexpr int kLargestScale = 4;
const QString kScale = QStringLiteral("figure/scale");
const QString kFolder = QStringLiteral("figure/folder");

}  // namespace

FigureButtons::FigureButtons(std::function<NamedFigure()> figure, QWidget* parent)
    : QWidget(parent),
      m_figure(std::move(figure)),
      m_save(new QAction(tr("Save figure…"), this)),
      m_copy(new QAction(tr("Copy"), this)),
      m_scales(new QActionGroup(this)) {
    m_save->setToolTip(tr("Save as PNG, SVG or PDF, in light colours. The arrow has the scale."));
    m_copy->setToolTip(tr("Copy the figure to the clipboard, in light colours."));
    connect(m_save, &QAction::triggered, this, &FigureButtons::chooseFile);
    connect(m_copy, &QAction::triggered, this, [this] { copyFigure(m_figure().figure, scale()); });
    auto* menu = new QMenu(this);
    const int chosen = std::clamp(QSettings().value(kScale, 2).toInt(), 1, kLargestScale);
    for (int scale = 1; scale <= kLargestScale; ++scale) {
        QAction* action = menu->addAction(tr("PNG at %1×").arg(scale));
        action->setData(scale);
        action->setCheckable(true);
        action->setChecked(scale == chosen);
        m_scales->addAction(action);
    }
    connect(m_scales, &QActionGroup::triggered, this,
            [](const QAction* action) { QSettings().setValue(kScale, action->data()); });
    auto* save = new QToolButton;
    save->setDefaultAction(m_save);
    save->setMenu(menu);
    save->setPopupMode(QToolButton::MenuButtonPopup);
    auto* copy = new QToolButton;
    copy->setDefaultAction(m_copy);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(copy);
    layout->addWidget(save);
}

int FigureButtons::scale() const {
    return m_scales->checkedAction()->data().toInt();
}

void FigureButtons::setScale(int scale) {
    for (QAction* action : m_scales->actions())
        if (action->data().toInt() == scale) action->trigger();
}

void FigureButtons::saveTo(const QString& path) {
    const QString error = saveFigure(m_figure().figure, path, scale());
    if (!error.isEmpty()) emit failed(error);
}

void FigureButtons::chooseFile() {
    chooseFigureFile(*this, m_figure().name, [this](const QString& path) { saveTo(path); });
}

void chooseFigureFile(QWidget& parent, const QString& name,
                      const std::function<void(const QString& path)>& save) {
    auto* dialog = new QFileDialog(&parent, FigureButtons::tr("Save figure"),
                                   QSettings().value(kFolder).toString(), figureFilters());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(fileEnding(FigureFormat::Png));
    dialog->selectFile(name + QLatin1Char('.') + fileEnding(FigureFormat::Png));
    QObject::connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString& filter) {
        for (const FigureFormat format : {FigureFormat::Png, FigureFormat::Svg, FigureFormat::Pdf})
            if (filter.contains(QStringLiteral("*.") + fileEnding(format)))
                dialog->setDefaultSuffix(fileEnding(format));
    });
    QObject::connect(dialog, &QFileDialog::fileSelected, &parent, [save](const QString& path) {
        QSettings().setValue(kFolder, QFileInfo(path).absolutePath());
        save(path);
    });
    dialog->open();
}

}  // namespace ui
