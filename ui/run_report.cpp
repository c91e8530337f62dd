// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run_report.h"

#include <QObject>

#include "engine/runs/run_difference.h"
#include "ui/grid_content.h"
#include "ui/queue_rows.h"
#include "ui/text.h"

namespace ui {
namespace {

QString escaped(const std::string& text) {
    return QString::fromStdString(text).toHtmlEscaped();
}

QString heading(const QString& text) {
    return QStringLiteral("<h4>%1</h4>").arg(text);
}

QString table(const QString& rows) {
    return QStringLiteral("<table cellspacing=\"0\">%1</table>").arg(rows);
}

QString row(const QString& name, const QString& value) {
    return QStringLiteral("<tr><td style=\"padding-right: 16px\">%1</td><td>%2</td></tr>")
        .arg(name, value);
}

QString cell(const QString& text, const char* tag = "td", const char* align = "right") {
    return QStringLiteral("<%1 align=\"%2\" style=\"padding-right: 16px\">%3</%1>")
        .arg(QLatin1String(tag), QLatin1String(align), text);
}

QString curveRows(const runs::RunResult& result) {
    QString rows = row(QObject::tr("lowest of the curve"), QObject::tr("%1 nats/token at step %2")
                                                               .arg(result.minCurveLoss, 0, 'f', 4)
                                                               .arg(counted(result.minCurveStep)));
    rows += row(QObject::tr("converged"),
                QObject::tr("step %1, after %2 tokens: within 2 % of the curve's last loss")
                    .arg(counted(result.convergenceStep), counted(result.convergenceTokens)));
    if (result.fallingSteeply)
        rows += row(QObject::tr("flag"), QObject::tr("still falling steeply at the end"));
    if (result.roseAfterMinimum)
        rows += row(QObject::tr("flag"), QObject::tr("rose by more than 1 % after its minimum"));
    return rows;
}

QString resultTable(const runs::RunResult& result) {
    QString rows =
        row(QObject::tr("final validation loss"), QObject::tr("%1 nats/token over %2 tokens")
                                                      .arg(result.finalLoss, 0, 'f', 6)
                                                      .arg(counted(result.validationTokens)));
    rows += row(QObject::tr("accuracy"),
                QObject::tr("%1 %").arg(100.0 * result.finalAccuracy, 0, 'f', 2));
    rows += row(QObject::tr("perplexity"),
                QObject::tr("%1, %2 bits per byte")
                    .arg(significant(result.perplexity), significant(result.bitsPerByte)));
    rows += row(QObject::tr("last training loss"),
                QObject::tr("%1 nats/token").arg(result.finalTrainLoss, 0, 'f', 4));
    rows += curveRows(result);
    rows += row(QObject::tr("causal pairs kept"),
                QObject::tr("%1 %").arg(100.0 * result.pairsKept, 0, 'f', 1));
    rows += row(QObject::tr("trained"), QObject::tr("%1 steps, %2 tokens, %3 epochs")
                                            .arg(counted(result.steps), counted(result.tokensSeen),
                                                 significant(result.epochs, 3)));
    rows += row(QObject::tr("time as it ran"),
                QObject::tr("%1, %2; %3 lanes shared the machine")
                    .arg(duration(result.elapsedSeconds), tokenRate(result.tokensPerSecond))
                    .arg(result.lanes));
    rows += row(QObject::tr("peak memory"), dataSize(static_cast<double>(result.peakBytes)));
    return table(rows);
}

QString layerTable(const std::vector<training::LayerDiagnostics>& layers) {
    QString rows = QStringLiteral("<tr>") + cell(QObject::tr("layer"), "th") +
                   cell(QObject::tr("recall of dense attention"), "th") +
                   cell(QObject::tr("L_I (nats)"), "th") +
                   cell(QObject::tr("mean distance (tokens)"), "th") +
                   cell(QObject::tr("overlap with the oracle"), "th") + QStringLiteral("</tr>");
    for (std::size_t at = 0; at < layers.size(); ++at) {
        const training::LayerDiagnostics& layer = layers[at];
        rows += QStringLiteral("<tr>") + cell(QString::number(at + 1)) +
                cell(QObject::tr("%1 %").arg(100.0 * layer.recall, 0, 'f', 2)) +
                cell(QString::number(layer.indexLoss, 'f', 4)) +
                cell(QString::number(layer.meanDistance, 'f', 1)) +
                cell(QObject::tr("%1 %").arg(100.0 * layer.oracleOverlap, 0, 'f', 2)) +
                QStringLiteral("</tr>");
    }
    return table(rows);
}

QString gateTable(const std::vector<training::GateResult>& gates) {
    QString rows;
    for (const training::GateResult& gate : gates)
        rows += row(escaped(gate.gate),
                    (gate.passed ? QObject::tr("passed: ")
                                 : QStringLiteral("<b>%1</b>").arg(QObject::tr("failed: "))) +
                        escaped(gate.detail));
    return table(rows);
}

QString environmentTable(const runs::RunDescription& description) {
    QString rows = row(QObject::tr("device"), QObject::tr("%1, %2 thread(s), %3 lane(s)")
                                                  .arg(escaped(description.device))
                                                  .arg(description.threads)
                                                  .arg(description.lanes));
    rows += row(QObject::tr("machine"), escaped(description.environment));
    rows += row(QObject::tr("text"), QObject::tr("%1, sha256 %2")
                                         .arg(escaped(description.corpus),
                                              escaped(description.corpusSha256.substr(0, 12))));
    rows += row(QObject::tr("engine"), escaped(description.engineVersion));
    if (description.cohort.size() > 1) {
        QString others;
        for (const runs::RunId& id : description.cohort)
            others += (others.isEmpty() ? QString() : QStringLiteral(", ")) + escaped(id);
        rows += row(QObject::tr("stacked with"), others);
    }
    return table(rows);
}

QString messageTable(const std::vector<runs::Message>& messages) {
    QString rows;
    for (const runs::Message& message : messages) {
        const bool bad = message.severity == runs::Severity::Error;
        rows += row(bad ? QObject::tr("error") : QObject::tr("note"), escaped(message.text));
    }
    return table(rows);
}

QString stateTable(const runs::RunView& run, const runs::RunInspection& inspection) {
    QString rows = row(QObject::tr("state"), stateName(stateOf(run)));
    rows += row(QObject::tr("steps"),
                QObject::tr("%1 of %2").arg(counted(run.step), counted(run.totalSteps)));
    if (run.spec.attention == experiment::AttentionKind::Sparse)
        rows += row(QObject::tr("keeps"),
                    QObject::tr("k = %1 of %2 tokens, chosen by the selector \"%3\"")
                        .arg(counted(run.spec.keep), counted(run.spec.length),
                             QString::fromLatin1(experiment::name(run.spec.selector))));
    if (run.spec.learningRateFactor != 1.0)
        rows +=
            row(QObject::tr("learning rate"), QObject::tr("%1 times that of the experiment")
                                                  .arg(significant(run.spec.learningRateFactor)));
    if (inspection.failure)
        rows += row(QObject::tr("failed at step %1").arg(counted(inspection.failure->step)),
                    QStringLiteral("<b>%1</b>").arg(escaped(inspection.failure->message)));
    else if (!run.message.empty())
        rows += row(QObject::tr("message"), escaped(run.message));
    if (!inspection.message.empty() && inspection.message != run.message)
        rows += row(QObject::tr("not readable"), escaped(inspection.message));
    if (inspection.attempts > 1)
        rows += row(QObject::tr("attempts"), QString::number(inspection.attempts));
    if (inspection.damagedLines > 0)
        rows += row(QObject::tr("damaged lines"), counted(inspection.damagedLines));
    rows += row(QObject::tr("folder"), escaped(inspection.folder.string()));
    return table(rows);
}

}  // namespace

QString runReport(const runs::RunView& run, const runs::RunInspection& inspection,
                  const std::vector<runs::Message>& messages) {
    QString html = heading(runName(run.spec)) + stateTable(run, inspection);
    if (run.result) {
        html += heading(QObject::tr("Result")) + resultTable(*run.result);
        if (!run.result->layers.empty())
            html += heading(QObject::tr("Sparsity by layer")) + layerTable(run.result->layers);
    }
    if (!messages.empty()) html += heading(QObject::tr("Messages")) + messageTable(messages);
    if (!inspection.description) return html;
    const runs::RunDescription& description = *inspection.description;
    if (!description.gates.empty())
        html += heading(QObject::tr("Checks before the first step")) + gateTable(description.gates);
    html += heading(QObject::tr("Environment")) + environmentTable(description);
    return html + heading(QObject::tr("Settings")) +
           QStringLiteral("<pre>%1</pre>").arg(escaped(description.settingsJson));
}

QString differenceReport(const experiment::RunSpec& left, const runs::RunInspection& leftRead,
                         const experiment::RunSpec& right, const runs::RunInspection& rightRead) {
    const QString title = heading(QObject::tr("%1 against %2").arg(runName(left), runName(right)));
    for (const auto& [spec, inspection] :
         {std::pair(&left, &leftRead), std::pair(&right, &rightRead)})
        if (!inspection->description)
            return title + QObject::tr(
                               "<p>%1 has not been started yet, so it has no record to "
                               "compare.</p>")
                               .arg(runName(*spec));
    const auto found = runs::differences(*leftRead.description, *rightRead.description);
    if (!found) return title + QStringLiteral("<p>%1</p>").arg(escaped(found.error().message));
    if (found->empty())
        return title + QObject::tr("<p>Both runs were started alike in every setting.</p>");
    QString rows = QStringLiteral("<tr>") + cell(QObject::tr("setting"), "th", "left") +
                   cell(runName(left), "th", "left") + cell(runName(right), "th", "left") +
                   QStringLiteral("</tr>");
    for (const experiment::SettingDifference& each : *found)
        rows += QStringLiteral("<tr>") + cell(escaped(each.key), "td", "left") +
                cell(escaped(each.left), "td", "left") + cell(escaped(each.right), "td", "left") +
                QStringLiteral("</tr>");
    return title + table(rows) +
           QObject::tr("<p>Every other recorded setting is the same in both.</p>");
}

}  // namespace ui
