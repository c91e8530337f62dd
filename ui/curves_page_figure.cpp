// SPDX-License-Identifier: GPL-3.0-or-later
// The menu of the figure: what the page shows leaves it as an image, a drawing or values.
#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QMenu>

#include "ui/curves_page.h"
#include "ui/figure_file.h"
#include "ui/workbench.h"

namespace ui {
namespace {

constexpr double kFigureScale = 2.0;

}  // namespace

QMenu* CurvesPage::figureMenu() {
    auto* menu = new QMenu(this);
    for (const double scale : {1.0, 2.0, 4.0})
        menu->addAction(tr("Save figure (PNG at %1×)…").arg(scale), this,
                        [this, scale] { chooseFigure(scale); });
    menu->addSeparator();
    menu->addAction(tr("Copy figure"), this,
                    [this] { onPaper([this] { m_plot->copyFigure(kFigureScale); }); });
    menu->addAction(tr("Copy values (TSV)"), this, &CurvesPage::copyValues);
    menu->addSeparator();
    menu->addAction(tr("Fit"), m_plot, &LinePlot::fit);
    return menu;
}

void CurvesPage::copyValues() {
    QGuiApplication::clipboard()->setText(valuesAsTsv(m_lines.series(), choice().axis));
}

void CurvesPage::onPaper(const std::function<void()>& use) {
    if (!m_workbench.study()) return;
    CurveChoice light = choice();
    light.background = Background::Light;
    buildLines(light);
    use();
    buildLines(choice());
}

void CurvesPage::chooseFigure(double scale) {
    auto* dialog = new QFileDialog(this, tr("Save figure"), QString(), figureFilters());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("png"));
    connect(dialog, &QFileDialog::fileSelected, this, [this, scale](const QString& path) {
        onPaper([&] {
            const QString error = m_plot->saveFigure(path, scale);
            if (!error.isEmpty()) m_workbench.notify({runs::Severity::Error, error, {}});
        });
    });
    dialog->open();
}

}  // namespace ui
