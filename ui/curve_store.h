// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QThreadPool>
#include <atomic>
#include <cstdint>
#include <memory>
#include <unordered_map>
#include <vector>

#include "engine/runs/run_record.h"
#include "engine/runs/study.h"

namespace ui {

/// The recorded points of one run, every one of them, ordered by step.
struct RunCurve {
    std::vector<runs::MetricPoint> points;
    std::uint64_t rewrites = 0;  // grows when points that stood here change; else they only grow
};

/// The curves that are shown: read from the run folders off the GUI thread, one by one so that the
/// first stand there while the last are read, then followed live.
class CurveStore : public QObject {
    Q_OBJECT
public:
    explicit CurveStore(QObject* parent = nullptr);
    ~CurveStore() override;

    void clear();
    /// Reads the curves of these runs that are not here yet; loaded() follows.
    void request(const runs::Study& study, const std::vector<runs::RunId>& ids);
    /// Reads again what may have been written by another process or dropped on the way.
    void refresh(const runs::Study& study, const std::vector<runs::RunId>& ids);
    /// A run that starts afresh needs no reading.
    void beginLive(const runs::RunId& id);
    void append(const runs::RunId& id, const runs::MetricPoint& point);

    /// Whether curves are being read from their files.
    bool isReading() const;
    /// nullptr when nothing is known of this run.
    const RunCurve* find(const runs::RunId& id) const;
    /// Validation losses in order of steps; empty when the curve is not here.
    std::vector<double> validationLosses(const runs::RunId& id) const;

signals:
    void loaded(const std::vector<runs::RunId>& ids);

private:
    enum class Stage { Loading, Present };
    struct Entry {
        RunCurve curve;
        Stage stage = Stage::Loading;
    };
    using Points = std::vector<runs::MetricPoint>;
    void read(const runs::Study& study, const std::vector<runs::RunId>& ids);
    void take(const runs::RunId& id, Points points);

    std::unordered_map<runs::RunId, Entry> m_entries;
    QThreadPool m_readers;  // its own: statistics must not wait behind ninety files
    // Readings begun before clear() are dropped.
    std::shared_ptr<std::atomic<std::uint64_t>> m_generation =
        std::make_shared<std::atomic<std::uint64_t>>(0);
};

}  // namespace ui
