// SPDX-License-Identifier: GPL-3.0-or-later
// The menu of the figure: what the page shows leaves it as an image, a drawing or values.
#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>

#include "ui/curves_page.h"
#include "ui/figure_buttons.h"
#include "ui/workbench.h"

namespace ui {
namespace {

constexpr double kFigureScale = 2.0;

}  // namespace

QMenu* CurvesPage::figureMenu() {
    auto* menu = new QMenu(this);
    for (const double scale : {1.0, 2.0, 4.0})
        menu->addAction(tr("Save figure (PNG at %1×)…").arg(scale), this,
                        [this, scale] { saveFigure(scale); });
    menu->addSeparator();
    menu->addAction(tr("Copy figure"), this, &CurvesPage::copyFigure);
    menu->addAction(tr("Copy values (TSV)"), this, &CurvesPage::copyValues);
    menu->addSeparator();
    menu->addAction(tr("Fit"), m_plot, &LinePlot::fit);
    return menu;
}

void CurvesPage::copyValues() {
    QGuiApplication::clipboard()->setText(valuesAsTsv(m_lines.series(), choice().axis));
}

NamedFigure CurvesPage::figure() {
    const Figure drawn = m_plot->figure();
    const auto paint = [this, drawn](QCPPainter& painter) {
        CurveChoice light = choice();
        light.background = Background::Light;
        buildLines(light);
        drawn.paint(painter);
        buildLines(choice());
    };
    return {{drawn.size, paint}, fileName(choice().quantity)};
}

void CurvesPage::saveFigure(double scale) {
    if (!m_workbench.study()) return;
    chooseFigureFile(*this, figure().name, [this, scale](const QString& path) {
        if (!m_workbench.study()) return;
        const QString error = ui::saveFigure(figure().figure, path, scale);
        if (!error.isEmpty()) m_workbench.notify({runs::Severity::Error, error, {}});
    });
}

void CurvesPage::copyFigure() {
    if (m_workbench.study()) ui::copyFigure(figure().figure, kFigureScale);
}

}  // namespace ui
