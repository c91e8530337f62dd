// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QDockWidget>
#include <QSettings>
#include <QSpinBox>
#include <QTabWidget>
#include <QToolBar>
#include <QToolButton>

#include "ui/grid_model.h"
#include "ui/grid_page.h"
#include "ui/grid_view.h"
#include "ui/recent_experiments.h"
#include "ui/workbench.h"

namespace ui {
namespace {

const QString kLast = QStringLiteral("session/experiment");
const QString kReopen = QStringLiteral("session/reopen");

/// Panel and name of a widget; empty for one that is not to be remembered.
QString keyOf(const QWidget& widget) {
    const QString name =
        widget.objectName().isEmpty() ? widget.accessibleName() : widget.objectName();
    if (name.isEmpty() || name.startsWith(QLatin1String("qt_"))) return {};
    const QWidget* panel = &widget;
    while (panel && !qobject_cast<const QDockWidget*>(panel) &&
           !qobject_cast<const QToolBar*>(panel))
        panel = panel->parentWidget();
    for (const QWidget* at = &widget; at; at = at->parentWidget())
        if (at->property(kForgotten).toBool()) return {};
    if (!panel) return {};
    return QStringLiteral("choices/%1/%2").arg(panel->objectName(), name);
}

/// Restores a widget's choice and keeps it from now on; `changed` is its signal.
template <class Widget, class Signal, class Get, class Set>
void remember(QWidget& window, Signal changed, const Get& get, const Set& set) {
    for (Widget* widget : window.findChildren<Widget*>()) {
        const QString key = keyOf(*widget);
        if (key.isEmpty()) continue;
        if (const QVariant saved = QSettings().value(key); saved.isValid()) set(*widget, saved);
        QObject::connect(widget, changed, widget,
                         [widget, key, get] { QSettings().setValue(key, get(*widget)); });
    }
}

/// By its text, so that a version with more choices does not mix them up.
void setText(QComboBox& box, const QVariant& saved) {
    if (const int at = box.findText(saved.toString()); at >= 0) box.setCurrentIndex(at);
}

void setTab(QTabWidget& tabs, const QVariant& saved) {
    for (int at = 0; at < tabs.count(); ++at)
        if (tabs.tabText(at) == saved.toString()) tabs.setCurrentIndex(at);
}

void rememberChoices(QWidget& window) {
    remember<QComboBox>(
        window, &QComboBox::currentIndexChanged,
        [](const QComboBox& box) { return QVariant(box.currentText()); }, setText);
    remember<QTabWidget>(
        window, &QTabWidget::currentChanged,
        [](const QTabWidget& tabs) { return QVariant(tabs.tabText(tabs.currentIndex())); }, setTab);
    remember<QCheckBox>(
        window, &QCheckBox::toggled, [](const QCheckBox& box) { return QVariant(box.isChecked()); },
        [](QCheckBox& box, const QVariant& saved) { box.setChecked(saved.toBool()); });
    remember<QSpinBox>(
        window, &QSpinBox::valueChanged, [](const QSpinBox& box) { return QVariant(box.value()); },
        [](QSpinBox& box, const QVariant& saved) { box.setValue(saved.toInt()); });
    remember<QToolButton>(
        window, &QToolButton::toggled,
        [](const QToolButton& button) { return QVariant(button.isChecked()); },
        [](QToolButton& button, const QVariant& saved) {
            if (button.isCheckable() && !button.defaultAction()) button.setChecked(saved.toBool());
        });
}

QString selectionKey(const runs::Study& study) {
    return QStringLiteral("selection/") + settingsName(study);
}

}  // namespace

AtStart atStart() {
    return QSettings().value(kReopen, true).toBool() ? AtStart::ReopenLastExperiment
                                                     : AtStart::ShowStartPage;
}

void setAtStart(AtStart wanted) {
    QSettings().setValue(kReopen, wanted == AtStart::ReopenLastExperiment);
}

QString experimentToReopen() {
    const QString folder = QSettings().value(kLast).toString();
    const bool wanted = atStart() == AtStart::ReopenLastExperiment && !folder.isEmpty() &&
                        runs::Study::isExperiment(folder.toStdString());
    return wanted ? folder : QString();
}

Session::Session(Workbench& workbench, GridPage& grid, QWidget& window)
    : QObject(&window), m_workbench(workbench), m_grid(grid) {
    rememberChoices(window);
    connect(&m_workbench, &Workbench::changed, this, &Session::onChange);
}

void Session::onChange(const Change& change) {
    const runs::Study* study = m_workbench.study();
    if (change.aspects & Aspect::Experiment) {
        QSettings settings;
        if (study) {
            settings.setValue(
                kLast, QDir(QString::fromStdString(study->folder().string())).absolutePath());
        } else {
            settings.remove(kLast);
        }
        if (study) restoreSelection();
    } else if (study && (change.aspects & Aspect::Selection)) {
        QStringList cells;
        for (const CellKey& key : m_workbench.selection())
            cells.push_back(QStringLiteral("%1|%2|%3")
                                .arg(key.length)
                                .arg(key.keepRatio, 0, 'g', 17)
                                .arg(int(key.attention)));
        QSettings().setValue(selectionKey(*study), cells);
    }
}

void Session::restoreSelection() {
    QItemSelection selection;
    QModelIndex first;
    for (const QString& text :
         QSettings().value(selectionKey(*m_workbench.study())).toStringList()) {
        const QStringList parts = text.split(QLatin1Char('|'));
        const CellKey key{parts.value(0).toLongLong(), parts.value(1).toDouble(),
                          static_cast<experiment::AttentionKind>(parts.value(2).toInt())};
        const QModelIndex index = m_grid.model().indexOf(key);
        if (!index.isValid()) continue;
        if (!first.isValid()) first = index;
        selection.select(index, index);
    }
    if (!first.isValid()) return;
    QItemSelectionModel* model = m_grid.view().selectionModel();
    model->setCurrentIndex(first, QItemSelectionModel::NoUpdate);
    model->select(selection, QItemSelectionModel::ClearAndSelect);
}

}  // namespace ui
