// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/cell_text.h"

#include <QCoreApplication>

#include "ui/text.h"

namespace ui {
namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("ui::CellText", text);
}

QString tableRow(const QString& name, const QString& value) {
    return QStringLiteral("<tr><td>%1&nbsp;&nbsp;</td><td align='right'>%2</td></tr>")
        .arg(name, value);
}

QString full(double value) {
    return QString::number(value, 'f', 6);
}

QString runRows(const CellView& cell) {
    QString rows = tableRow(tr("state"), stateName(cell.state));
    rows +=
        tableRow(tr("runs done (n)"), QStringLiteral("%1 of %2").arg(cell.done).arg(cell.planned));
    if (cell.running > 0) rows += tableRow(tr("in training"), QString::number(cell.running));
    if (cell.queued > 0) rows += tableRow(tr("queued"), QString::number(cell.queued));
    if (cell.failed > 0) rows += tableRow(tr("failed or diverged"), QString::number(cell.failed));
    return rows;
}

QString lossRows(const CellView& cell) {
    if (!cell.meanLoss) return {};
    QString rows = tableRow(tr("mean loss (nats/token)"), full(*cell.meanLoss));
    if (cell.sdLoss) rows += tableRow(tr("sd over seeds"), full(*cell.sdLoss));
    if (cell.interval)
        rows += tableRow(
            tr("95 % t interval"),
            QStringLiteral("[%1, %2]").arg(full(cell.interval->lower), full(cell.interval->upper)));
    if (cell.improvement)
        rows += tableRow(tr("improvement vs baseline"),
                         QStringLiteral("%1 %").arg(signedNumber(100.0 * *cell.improvement)));
    if (cell.rank == RowRank::Best) rows += tableRow(tr("rank"), tr("lowest mean of its length"));
    if (cell.rank == RowRank::NotDistinguishable)
        rows += tableRow(tr("rank"), tr("not distinguishable from the best"));
    return rows;
}

QString notes(const CellView& cell) {
    QStringList lines = cell.flags;
    if (cell.evidence == Evidence::TooFew)
        lines.push_back(cell.done < 2 ? tr("One run has no spread: more seeds are needed.")
                                      : tr("Too few runs in this row to tell the ratios apart."));
    if (!cell.message.isEmpty()) lines.push_back(cell.message);
    QString text;
    for (const QString& line : std::as_const(lines))
        text += QStringLiteral("<p>%1</p>").arg(line.toHtmlEscaped());
    return text;
}

QString optional(const std::optional<double>& value) {
    return value ? QString::number(*value, 'g', 12) : QString();
}

}  // namespace

QString spreadText(const CellView& cell, Spread spread) {
    if (!cell.meanLoss) return {};
    std::optional<double> half;
    if (spread == Spread::StandardDeviation) half = cell.sdLoss;
    if (spread == Spread::Interval && cell.interval)
        half = (cell.interval->upper - cell.interval->lower) / 2.0;
    return half ? QStringLiteral("± ") + halfWidth(*half, *cell.meanLoss) : QString();
}

QString runsText(const CellView& cell) {
    const QString text = QStringLiteral("%1/%2").arg(cell.done).arg(cell.planned);
    return cell.failed > 0 ? tr("%1, %2 failed").arg(text).arg(cell.failed) : text;
}

QString cellToolTip(const CellView& cell) {
    QString text = QStringLiteral("<b>%1</b><table>").arg(cellName(cell.key));
    text += runRows(cell) + lossRows(cell);
    text += tableRow(tr("keys kept (k)"), counted(cell.keep));
    text += tableRow(tr("pairs kept"),
                     QStringLiteral("%1 %").arg(significant(100.0 * cell.pairsKept, 3)));
    text += tableRow(tr("steps per run"), counted(cell.steps));
    text += tableRow(tr("tokens per run"), counted(cell.tokens));
    text += tableRow(tr("epochs per run"), significant(cell.epochs, 3));
    return text + QStringLiteral("</table>") + notes(cell);
}

QString cellSentence(const CellView& cell) {
    QString text = QStringLiteral("%1, %2, %3 of %4 runs done")
                       .arg(cellName(cell.key), stateName(cell.state))
                       .arg(cell.done)
                       .arg(cell.planned);
    if (cell.failed > 0) text += QStringLiteral(", %1 failed").arg(cell.failed);
    if (cell.meanLoss) text += QStringLiteral(", mean loss ") + significant(*cell.meanLoss);
    if (cell.rank == RowRank::Best) text += QStringLiteral(", lowest of its length");
    if (cell.rank == RowRank::NotDistinguishable)
        text += QStringLiteral(", not distinguishable from the best");
    return text;
}

QString cellsAsText(std::span<const CellView> cells) {
    QStringList lines = {QStringLiteral(
        "length\tkeep_ratio\tattention\tk\tpairs_kept\tplanned\tdone\tfailed\tmean_loss\tsd"
        "\tlower_95\tupper_95\timprovement")};
    for (const CellView& cell : cells) {
        const auto bound = [&cell](double LossInterval::*which) {
            return cell.interval ? QString::number((*cell.interval).*which, 'g', 12) : QString();
        };
        const QStringList fields = {QString::number(cell.key.length),
                                    ratioText(cell.key.keepRatio),
                                    QLatin1String(experiment::name(cell.key.attention)),
                                    QString::number(cell.keep),
                                    QString::number(cell.pairsKept, 'g', 6),
                                    QString::number(cell.planned),
                                    QString::number(cell.done),
                                    QString::number(cell.failed),
                                    optional(cell.meanLoss),
                                    optional(cell.sdLoss),
                                    bound(&LossInterval::lower),
                                    bound(&LossInterval::upper),
                                    optional(cell.improvement)};
        lines.push_back(fields.join(QLatin1Char('\t')));
    }
    return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

}  // namespace ui
