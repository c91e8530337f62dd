// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/guide.h"

#include <qcustomplot.h>

#include <QApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QTextBrowser>
#include <QVBoxLayout>

namespace ui {
namespace {

const QString kGuide = QStringLiteral(R"(
<h2>How it works</h2>
<p><b>The question.</b> DeepSeek sparse attention gives each token a small, fast indexer that scores
the tokens before it; the model then attends to the k best only. The keep ratio k/L is the share that
is kept of a sequence of L tokens. Which keep ratio gives the lowest validation loss at each length,
and does it fall as L grows?</p>
<p><b>The grid.</b> Rows are lengths L, columns are keep ratios k/L. A cell is trained several times
with different seeds; the same seed has the same data order and the same initial weights in every
cell, so cells can be compared seed by seed.</p>
<h3>Grid</h3>
<table cellpadding="3">
<tr><td>Click</td><td>selects a cell and queues its missing runs</td></tr>
<tr><td>Shift-click</td><td>queues the range from the last cell</td></tr>
<tr><td>Ctrl-click, drag, arrows, Space</td><td>select only</td></tr>
<tr><td>Click on a row or column header</td><td>queues the row or the column</td></tr>
<tr><td>Enter</td><td>queues the selected cells</td></tr>
<tr><td>Del</td><td>takes them out of the queue</td></tr>
<tr><td>Ctrl+Z</td><td>undoes the last edit of the queue</td></tr>
</table>
<p>In a cell: mean validation loss over the finished runs, runs done of planned, k, the validation loss
as it fell, and the state. The lowest mean of a row has a solid outline, means that cannot be told from
it a dashed one. Hatching means that there are too few runs to tell.</p>
<h3>Training</h3>
<p>F5 starts what is queued, or everything that is missing. F6 saves checkpoints and pauses; Shift+F5
stops and empties the queue. Closing the window saves first, and the next start goes on where it
was.</p>
<h3>Curves</h3>
<p>The curves follow the selection of the grid; with nothing selected they show what is in training, else
everything. The wheel zooms at the cursor, drag makes a box, double
click shows everything again, right click saves the figure. The table shows the values at the
cursor. With the keyboard: arrows pan, + and - zoom, 0 shows everything, comma and period move the
cursor by one recorded point.</p>
<p>Ctrl+K lists every command.</p>
)");

void showText(QWidget* parent, const QString& title, const QString& html, const QSize& size) {
    auto* dialog = new QDialog(parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(title);
    dialog->resize(size);
    auto* text = new QTextBrowser;
    text->setOpenExternalLinks(true);
    text->setFrameShape(QFrame::NoFrame);
    text->setAccessibleName(title);
    text->setHtml(html);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::close);
    auto* layout = new QVBoxLayout(dialog);
    layout->addWidget(text);
    layout->addWidget(buttons);
    dialog->show();
}

}  // namespace

void showGuide(QWidget* parent) {
    showText(parent, QObject::tr("Learn how it works"), kGuide, {680, 640});
}

void showAbout(QWidget* parent) {
    const auto library = [](const QString& name, const QString& version, const QString& licence) {
        return QStringLiteral("<tr><td>%1&nbsp;&nbsp;</td><td>%2&nbsp;&nbsp;</td><td>%3</td></tr>")
            .arg(name, version, licence);
    };
    const QString libraries =
        library(QObject::tr("Qt with Charts"), QString::fromLatin1(qVersion()), "LGPL 3") +
        library("QCustomPlot", QStringLiteral(QCUSTOMPLOT_VERSION_STR), "GPL 3") +
        library("LibTorch", QStringLiteral(SPARSITY_TORCH_VERSION), "BSD 3-clause") +
        library("Boost.Math", QStringLiteral(SPARSITY_BOOST_VERSION), "Boost 1.0") +
        library("nlohmann/json", QStringLiteral(SPARSITY_JSON_VERSION), "MIT") +
        library("CLI11", QStringLiteral(SPARSITY_CLI11_VERSION), "BSD 3-clause") +
        library("spdlog", QStringLiteral(SPARSITY_SPDLOG_VERSION), "MIT");
    const QString html =
        QObject::tr(
            "<h2>%1 %2</h2><p>Which share k/L of the visible tokens should DeepSeek Sparse "
            "Attention keep?</p><p>Free software under the GNU General Public License, version 3 "
            "or later. It comes without any warranty.</p><h4>Stands on</h4>"
            "<table>%3</table><p>The embedded text, plays by William Shakespeare, is in the public "
            "domain.</p>")
            .arg(QApplication::applicationDisplayName(), QApplication::applicationVersion(),
                 libraries);
    showText(parent, QObject::tr("About"), html, {520, 420});
}

}  // namespace ui
