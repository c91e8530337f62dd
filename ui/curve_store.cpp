// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/curve_store.h"

#include <QtConcurrent>

namespace ui {

CurveStore::CurveStore(QObject* parent) : QObject(parent) {}

void CurveStore::clear() {
    m_entries.clear();
    ++m_generation;
}

void CurveStore::request(const runs::Study& study, const std::vector<runs::RunId>& ids) {
    std::vector<runs::RunId> missing;
    for (const runs::RunId& id : ids)
        if (m_entries.try_emplace(id).second) missing.push_back(id);
    if (!missing.empty()) read(study, std::move(missing));
}

void CurveStore::refresh(const runs::Study& study, const std::vector<runs::RunId>& ids) {
    std::vector<runs::RunId> stale;
    for (const runs::RunId& id : ids) {
        const auto [entry, isNew] = m_entries.try_emplace(id);
        if (!isNew && entry->second.stage == Stage::Loading) continue;
        entry->second.stage = Stage::Loading;
        stale.push_back(id);
    }
    if (!stale.empty()) read(study, std::move(stale));
}

void CurveStore::beginLive(const runs::RunId& id) {
    Entry& entry = m_entries[id];
    entry.curve.points.clear();
    ++entry.curve.revision;
    entry.stage = Stage::Present;
}

void CurveStore::append(const runs::RunId& id, const runs::MetricPoint& point) {
    const auto found = m_entries.find(id);
    if (found == m_entries.end()) return;
    RunCurve& curve = found->second.curve;
    if (!curve.points.empty() && point.step == curve.points.back().step) {
        // The evaluation of a step follows its progress point and knows more.
        if (point.validationLoss) curve.points.back() = point;
    } else if (curve.points.empty() || point.step > curve.points.back().step) {
        curve.points.push_back(point);
    }
    ++curve.revision;
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

void CurveStore::read(const runs::Study& study, std::vector<runs::RunId> ids) {
    const auto copy = std::make_shared<const runs::Study>(study);
    QtConcurrent::run([copy, ids = std::move(ids)] {
        std::vector<Loaded> batch;
        batch.reserve(ids.size());
        for (const runs::RunId& id : ids) {
            auto points = copy->metrics(id);
            batch.push_back(
                {id, points ? std::move(points).value() : std::vector<runs::MetricPoint>()});
        }
        return batch;
    }).then(this, [this, generation = m_generation](std::vector<Loaded> batch) {
        take(generation, std::move(batch));
    });
}

void CurveStore::take(std::uint64_t generation, std::vector<Loaded> batch) {
    if (generation != m_generation) return;
    std::vector<runs::RunId> ids;
    for (Loaded& one : batch) {
        Entry& entry = m_entries[one.id];
        std::vector<runs::MetricPoint> live = std::move(entry.curve.points);
        entry.curve.points = std::move(one.points);
        for (const runs::MetricPoint& point : live)
            if (entry.curve.points.empty() || point.step > entry.curve.points.back().step)
                entry.curve.points.push_back(point);
        entry.stage = Stage::Present;
        ++entry.curve.revision;
        ids.push_back(one.id);
    }
    emit loaded(ids);
}

}  // namespace ui
