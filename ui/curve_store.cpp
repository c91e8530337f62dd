// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/curve_store.h"

#include <algorithm>
#include <utility>

#include "engine/runs/run_folder.h"
#include "ui/background.h"

namespace ui {

CurveStore::CurveStore(QObject* parent) : QObject(parent) {
    m_readers.setMaxThreadCount(2);
}

CurveStore::~CurveStore() {
    ++*m_generation;  // what still waits has nothing to read any more
    m_readers.waitForDone();
}

void CurveStore::clear() {
    m_entries.clear();
    ++*m_generation;
}

void CurveStore::request(const runs::Study& study, const std::vector<runs::RunId>& ids) {
    std::vector<runs::RunId> missing;
    for (const runs::RunId& id : ids)
        if (m_entries.try_emplace(id).second) missing.push_back(id);
    read(study, missing);
}

void CurveStore::refresh(const runs::Study& study, const std::vector<runs::RunId>& ids) {
    std::vector<runs::RunId> stale;
    for (const runs::RunId& id : ids) {
        const auto [entry, isNew] = m_entries.try_emplace(id);
        if (!isNew && entry->second.stage == Stage::Loading) continue;
        entry->second.stage = Stage::Loading;
        stale.push_back(id);
    }
    read(study, stale);
}

void CurveStore::beginLive(const runs::RunId& id) {
    Entry& entry = m_entries[id];
    entry.curve.points.clear();
    ++entry.curve.rewrites;
    entry.stage = Stage::Present;
}

void CurveStore::append(const runs::RunId& id, const runs::MetricPoint& point) {
    const auto found = m_entries.find(id);
    if (found == m_entries.end()) return;
    RunCurve& curve = found->second.curve;
    if (!curve.points.empty() && point.step == curve.points.back().step) {
        // The evaluation of a step follows its progress point and knows more.
        if (!point.validationLoss) return;
        curve.points.back() = point;
        ++curve.rewrites;
    } else if (curve.points.empty() || point.step > curve.points.back().step) {
        curve.points.push_back(point);
    }
}

bool CurveStore::isReading() const {
    return std::any_of(m_entries.begin(), m_entries.end(),
                       [](const auto& entry) { return entry.second.stage == Stage::Loading; });
}

const RunCurve* CurveStore::find(const runs::RunId& id) const {
    const auto found = m_entries.find(id);
    return found == m_entries.end() ? nullptr : &found->second.curve;
}

std::vector<double> CurveStore::validationLosses(const runs::RunId& id) const {
    std::vector<double> losses;
    if (const RunCurve* curve = find(id))
        for (const runs::MetricPoint& point : curve->points)
            if (point.validationLoss) losses.push_back(*point.validationLoss);
    return losses;
}

void CurveStore::read(const runs::Study& study, const std::vector<runs::RunId>& ids) {
    for (const runs::RunId& id : ids) {
        const auto asked = m_generation->load();
        inBackground(
            this, &m_readers,
            [folder = study.runFolder(id), asked, generation = m_generation]() -> Points {
                if (*generation != asked) return {};
                auto metrics = runs::readRunMetrics(folder);
                return metrics ? std::move(metrics->points) : Points();
            },
            [this, id, asked](Points points) {
                if (*m_generation == asked) take(id, std::move(points));
            });
    }
}

void CurveStore::take(const runs::RunId& id, Points points) {
    Entry& entry = m_entries[id];
    const Points live = std::exchange(entry.curve.points, std::move(points));
    if (!live.empty()) ++entry.curve.rewrites;
    for (const runs::MetricPoint& point : live)
        if (entry.curve.points.empty() || point.step > entry.curve.points.back().step)
            entry.curve.points.push_back(point);
    entry.stage = Stage::Present;
    emit loaded({id});
}

}  // namespace ui
