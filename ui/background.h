// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFutureWatcher>
#include <QtConcurrent>
#include <type_traits>
#include <utility>

namespace ui {

/// Runs `work` on a thread of `pool`, then `then` with its result in the thread of `owner`; never
/// when `owner` is gone by then. The result is copied once: a shared_ptr where that costs.
/// Not QFuture::then(): with a context it may call its function twice in Qt 6.4, where the work
/// ends while the function is being attached.
template <class Work, class Then>
void inBackground(QObject* owner, QThreadPool* pool, Work work, Then then) {
    using Result = std::invoke_result_t<Work>;
    auto* watcher = new QFutureWatcher<Result>(owner);
    QObject::connect(watcher, &QFutureWatcherBase::finished, owner,
                     [watcher, then = std::move(then)]() mutable {
                         watcher->deleteLater();
                         then(watcher->result());
                     });
    watcher->setFuture(QtConcurrent::run(pool, std::move(work)));
}

template <class Work, class Then>
void inBackground(QObject* owner, Work work, Then then) {
    inBackground(owner, QThreadPool::globalInstance(), std::move(work), std::move(then));
}

}  // namespace ui
