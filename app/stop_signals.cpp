// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/stop_signals.h"

#include <signal.h>
#include <unistd.h>

#include <atomic>

#include "engine/result.h"

namespace app {
namespace {

std::atomic<int> g_signal{0};  // a handler reaches nothing else
static_assert(std::atomic<int>::is_always_lock_free);

extern "C" void noteSignal(int signal) {
    int none = 0;
    if (!g_signal.compare_exchange_strong(none, signal)) ::_exit(stopExitCode(signal));
}

}  // namespace

void watchStopSignals() {
    struct sigaction action {};
    action.sa_handler = noteSignal;
    ::sigemptyset(&action.sa_mask);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGUSR1}) {
        struct sigaction before {};
        ::sigaction(signal, nullptr, &before);
        if (before.sa_handler == SIG_IGN) continue;  // nohup asked for that
        ::sigaction(signal, &action, nullptr);
    }
    action.sa_handler = SIG_IGN;
    ::sigaction(SIGPIPE, &action, nullptr);
}

int stopSignal() {
    return g_signal.load();
}

int stopExitCode(int signal) {
    return engine::exitCode(signal == SIGINT ? engine::ErrorKind::Interrupted
                                             : engine::ErrorKind::Stopped);
}

}  // namespace app
