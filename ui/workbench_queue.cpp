// SPDX-License-Identifier: GPL-3.0-or-later
// The queue edits of the workbench.
#include <QSettings>
#include <algorithm>
#include <optional>
#include <unordered_set>

#include "ui/grid_content.h"
#include "ui/recent_experiments.h"
#include "ui/text.h"
#include "ui/undoable_edit.h"
#include "ui/workbench.h"

namespace ui {
namespace {

// A waiting run as the user's settings keep it: "priority hold id".

QString savedItem(const runs::QueueItem& item) {
    return QStringLiteral("%1 %2 %3")
        .arg(item.priority)
        .arg(item.hold == runs::Hold::Held ? 1 : 0)
        .arg(QString::fromStdString(item.id));
}

std::optional<runs::QueueItem> restoredItem(const QString& line, const runs::Study& study) {
    const QStringList parts = line.split(QLatin1Char(' '));
    const runs::RunId id = parts.back().toStdString();
    if (!study.find(id)) return std::nullopt;
    runs::QueueItem item = study.queueItems(std::span(&id, 1)).front();
    if (parts.size() == 3) {
        item.priority = parts[0].toInt();
        item.hold = parts[1].toInt() != 0 ? runs::Hold::Held : runs::Hold::Released;
    }
    return item;
}

void save(const QString& key, const QStringList& lines) {
    QSettings settings;
    if (lines.isEmpty()) {
        settings.remove(key);
    } else {
        settings.setValue(key, lines);
    }
    settings.sync();  // a kill may come before the next turn of the event loop
}

}  // namespace

void Workbench::editQueue(const QString& text, const std::function<void(runs::Queue&)>& edit) {
    if (!m_queue) return;
    using Items = std::vector<runs::QueueItem>;
    Items before = m_queue->items();
    edit(*m_queue);
    Items after = m_queue->items();
    if (before == after) return;
    m_undo.push(new UndoableEdit<Items>(text, std::move(before), std::move(after),
                                        [this](const Items& items) { replaceQueue(items); }));
    syncQueue({});
}

std::vector<runs::QueueItem> Workbench::trainable(const std::vector<runs::QueueItem>& items) const {
    const std::vector<runs::RunId> taken = m_control.training();
    const std::vector<runs::RunId> open = m_study->unfinished();
    const std::unordered_set<runs::RunId> inLanes(taken.begin(), taken.end());
    const std::unordered_set<runs::RunId> unfinished(open.begin(), open.end());
    std::vector<runs::QueueItem> kept;
    for (const runs::QueueItem& item : items)
        if (!inLanes.contains(item.id) && unfinished.contains(item.id)) kept.push_back(item);
    return kept;
}

void Workbench::replaceQueue(const std::vector<runs::QueueItem>& items) {
    if (!m_queue || !m_study) return;
    m_queue->replace(trainable(items));
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

bool Workbench::hasWork() const {
    if (!m_study || m_study->access() == runs::Access::ReadOnly) return false;
    return m_queue->size() > 0 ? m_queue->hasWork() : !m_study->unfinished().empty();
}

void Workbench::removeCells(const std::vector<CellKey>& cells) {
    removeRuns(runsOf(cells));
}

void Workbench::removeRuns(const std::vector<runs::RunId>& ids) {
    editQueue(tr("remove from queue"), [&](runs::Queue& queue) { queue.remove(ids); });
}

void Workbench::shiftRuns(const std::vector<runs::RunId>& ids, runs::Direction direction) {
    editQueue(tr("move in queue"), [&](runs::Queue& queue) { queue.shift(ids, direction); });
}

void Workbench::placeRuns(const std::vector<runs::RunId>& ids, const runs::RunId& before) {
    editQueue(tr("move in queue"), [&](runs::Queue& queue) {
        const std::vector<runs::QueueItem> items = queue.items();
        const auto found =
            std::find_if(items.begin(), items.end(),
                         [&before](const runs::QueueItem& item) { return item.id == before; });
        queue.place(ids, static_cast<std::size_t>(found - items.begin()));
    });
}

void Workbench::setPriority(const std::vector<runs::RunId>& ids, int priority) {
    editQueue(tr("change priority"), [&](runs::Queue& queue) { queue.setPriority(ids, priority); });
}

void Workbench::setHold(const std::vector<runs::RunId>& ids, runs::Hold hold) {
    editQueue(hold == runs::Hold::Held ? tr("hold") : tr("release"),
              [&](runs::Queue& queue) { queue.setHold(ids, hold); });
}

std::vector<runs::RunId> Workbench::failedRuns() const {
    std::vector<runs::RunId> ids;
    if (!m_study) return ids;
    for (const runs::RunView& run : m_study->runs())
        if (stateOf(run) == CellState::Failed || stateOf(run) == CellState::Diverged)
            ids.push_back(run.id);
    return ids;
}

void Workbench::retryFailed() {
    retryRuns(failedRuns());
}

void Workbench::retryRuns(const std::vector<runs::RunId>& ids) {
    const std::vector<runs::RunId> failed = failedRuns();
    std::vector<runs::RunId> wanted;
    for (const runs::RunId& id : ids)
        if (std::find(failed.begin(), failed.end(), id) != failed.end()) wanted.push_back(id);
    if (wanted.empty()) return;
    if (const auto reset = m_study->resetRuns(wanted); !reset) return refuse(reset.error());
    queueRuns(wanted, tr("retry %1").arg(runsCounted(std::int64_t(wanted.size()))));
    emit changed({Aspect::Runs, wanted});
}

QString Workbench::queueKey() const {
    return QStringLiteral("queues/") + settingsName(*m_study);
}

void Workbench::rememberQueue() const {
    if (!m_study || !m_queue || !m_queueRestored) return;
    QStringList lines, inLanes;
    // What is in the lanes now would have to be continued first after a crash.
    const std::vector<runs::RunId> lanes = m_control.training();
    for (const runs::RunId& id : lanes) inLanes.push_back(QString::fromStdString(id));
    for (const runs::QueueItem& item : m_study->queueItems(lanes)) lines.push_back(savedItem(item));
    for (const runs::QueueItem& item : m_queue->items()) lines.push_back(savedItem(item));
    save(queueKey(), lines);
    save(trainingKey(), inLanes);
}

void Workbench::restoreQueue() {
    if (m_queueRestored) return;
    m_queueRestored = true;
    std::vector<runs::QueueItem> items;
    for (const QString& line : QSettings().value(queueKey()).toStringList())
        if (auto item = restoredItem(line, *m_study)) items.push_back(std::move(*item));
    const std::vector<runs::QueueItem> known = trainable(items);
    tellWhatWasLeft(known);
    if (known.empty()) return rememberQueue();  // what was queued before the first scan
    m_queue->add(known);
    syncQueue({});
}

}  // namespace ui
