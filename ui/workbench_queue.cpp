// SPDX-License-Identifier: GPL-3.0-or-later
// The queue edits of the workbench.
#include <QDir>
#include <QSettings>
#include <algorithm>
#include <optional>
#include <unordered_set>

#include "ui/queue_edit.h"
#include "ui/workbench.h"

namespace ui {

void Workbench::editQueue(const QString& text, const std::function<void(runs::Queue&)>& edit) {
    if (!m_queue) return;
    std::vector<runs::QueueItem> before = m_queue->items();
    edit(*m_queue);
    std::vector<runs::QueueItem> after = m_queue->items();
    if (before == after) return;
    m_undo.push(
        new QueueEdit(text, std::move(before), std::move(after),
                      [this](const std::vector<runs::QueueItem>& items) { replaceQueue(items); }));
    syncQueue({});
}

void Workbench::replaceQueue(const std::vector<runs::QueueItem>& items) {
    if (!m_queue || !m_study) return;
    const std::vector<runs::RunId> taken = m_control.training();
    const std::vector<runs::RunId> open = m_study->unfinished();
    const std::unordered_set<runs::RunId> inLanes(taken.begin(), taken.end());
    const std::unordered_set<runs::RunId> unfinished(open.begin(), open.end());
    std::vector<runs::QueueItem> kept;
    for (const runs::QueueItem& item : items)
        if (!inLanes.contains(item.id) && unfinished.contains(item.id)) kept.push_back(item);
    m_queue->replace(std::move(kept));
    syncQueue({});
}

void Workbench::syncQueue(Change change) {
    m_study->markQueued(*m_queue);
    rememberQueue();
    change.aspects |= Aspect::Queue | Aspect::Runs;
    emit changed(change);
}

void Workbench::queueRuns(const std::vector<runs::RunId>& ids, const QString& text) {
    if (!m_study) return;
    const std::vector<runs::RunId> open = m_study->unfinished();
    const std::unordered_set<runs::RunId> unfinished(open.begin(), open.end());
    const std::vector<runs::RunId> training = m_control.training();
    std::vector<runs::RunId> wanted;
    for (const runs::RunId& id : ids) {
        const bool inLane = std::find(training.begin(), training.end(), id) != training.end();
        if (unfinished.contains(id) && !inLane) wanted.push_back(id);
    }
    editQueue(text, [&](runs::Queue& queue) { queue.add(m_study->queueItems(wanted)); });
}

void Workbench::queueCells(const std::vector<CellKey>& cells) {
    queueRuns(runsOf(cells), cells.size() == 1 ? tr("queue %1").arg(cellName(cells.front()))
                                               : tr("queue %1 cells").arg(cells.size()));
}

void Workbench::queueEverything() {
    if (m_study) queueRuns(m_study->unfinished(), tr("queue all"));
}

void Workbench::removeCells(const std::vector<CellKey>& cells) {
    removeRuns(runsOf(cells));
}

void Workbench::removeRuns(const std::vector<runs::RunId>& ids) {
    editQueue(tr("remove from queue"), [&](runs::Queue& queue) { queue.remove(ids); });
}

void Workbench::moveRuns(const std::vector<runs::RunId>& ids, int places) {
    editQueue(tr("move in queue"), [&](runs::Queue& queue) {
        const std::vector<runs::QueueItem> items = queue.items();
        std::vector<std::size_t> positions;
        for (std::size_t at = 0; at < items.size(); ++at)
            if (std::find(ids.begin(), ids.end(), items[at].id) != ids.end())
                positions.push_back(at);
        if (positions.empty()) return;
        const auto last = static_cast<std::ptrdiff_t>(items.size()) - 1;
        if (places > 0) std::reverse(positions.begin(), positions.end());
        const auto edge = static_cast<std::ptrdiff_t>(positions.front()) + places;
        if (edge < 0 || edge > last) return;  // the block already touches the end
        for (const std::size_t from : positions)
            queue.move(items[from].id,
                       static_cast<std::size_t>(static_cast<std::ptrdiff_t>(from) + places));
    });
}

void Workbench::setHold(const std::vector<runs::RunId>& ids, runs::Hold hold) {
    editQueue(hold == runs::Hold::Held ? tr("hold") : tr("release"),
              [&](runs::Queue& queue) { queue.setHold(ids, hold); });
}

void Workbench::retryFailed() {
    if (!m_study) return;
    std::vector<runs::RunId> ids = m_study->withStatus(runs::RunStatus::Failed);
    for (const runs::RunStatus status : {runs::RunStatus::Diverged, runs::RunStatus::Damaged}) {
        const std::vector<runs::RunId> more = m_study->withStatus(status);
        ids.insert(ids.end(), more.begin(), more.end());
    }
    if (ids.empty()) return;
    if (const auto reset = m_study->resetRuns(ids); !reset) return refuse(reset.error());
    queueRuns(ids, tr("retry failed runs"));
    emit changed({Aspect::Runs, ids});
}

void Workbench::addSeed(const std::vector<CellKey>& cells) {
    if (!m_study) return;
    std::vector<experiment::RunSpec> specs;
    for (const CellKey& key : cells) {
        std::optional<experiment::RunSpec> last;
        for (const runs::RunView& run : m_study->runs()) {
            const CellKey at{run.spec.length, run.spec.keepRatio, run.spec.attention};
            if (at == key && (!last || run.spec.seed > last->seed)) last = run.spec;
        }
        if (!last) continue;
        ++last->seed;
        specs.push_back(*last);
    }
    if (specs.empty()) return;
    if (const auto added = m_study->addRuns(std::move(specs)); !added) return refuse(added.error());
    emit changed({Aspect::Plan | Aspect::Runs, {}});
}

QString Workbench::queueKey() const {
    const QString path = QString::fromStdString(m_study->folder().string());
    return QStringLiteral("queues/") +
           QString::fromLatin1(QDir(path).absolutePath().toUtf8().toBase64(
               QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

void Workbench::rememberQueue() const {
    if (!m_study || !m_queue) return;
    QStringList ids;
    // What is in the lanes now would have to be continued first after a crash.
    for (const runs::RunId& id : m_control.training()) ids.push_back(QString::fromStdString(id));
    for (const runs::QueueItem& item : m_queue->items())
        ids.push_back(QString::fromStdString(item.id));
    QSettings settings;
    if (ids.isEmpty()) {
        settings.remove(queueKey());
    } else {
        settings.setValue(queueKey(), ids);
    }
}

void Workbench::restoreQueue() {
    if (m_queueRestored) return;
    m_queueRestored = true;
    const QStringList ids = QSettings().value(queueKey()).toStringList();
    std::vector<runs::RunId> known;
    for (const QString& id : ids)
        if (m_study->find(id.toStdString())) known.push_back(id.toStdString());
    std::vector<runs::RunId> open = m_study->unfinished();
    std::erase_if(known, [&](const runs::RunId& id) {
        return std::find(open.begin(), open.end(), id) == open.end();
    });
    if (known.empty()) return;
    m_queue->add(m_study->queueItems(known));
    syncQueue({});
    emit noticed({runs::Severity::Info,
                  tr("%n run(s) were still waiting when this experiment was closed.", nullptr,
                     static_cast<int>(known.size())),
                  QStringLiteral("start")});
}

}  // namespace ui
