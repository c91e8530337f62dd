// SPDX-License-Identifier: GPL-3.0-or-later
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <iostream>
#include <thread>

#include "app/analyse_command.h"
#include "app/batch.h"
#include "app/command_line.h"
#include "app/stop_signals.h"
#include "engine/training/cohort_trainer.h"
#ifdef SPARSITY_WITH_WINDOW
#include "app/export.h"
#include "ui/application.h"
#include "ui/offscreen.h"
#endif

namespace {

/// The figures are the window's part of the program; a build without it exports none.
app::FigureWriter figureWriter() {
#ifdef SPARSITY_WITH_WINDOW
    return ui::writeFiguresOffscreen;
#else
    return {};
#endif
}

int exportOnly(const app::CommandLine& line) {
    const app::BatchSurroundings surroundings{
        .results = std::cout,
        .messages = std::cerr,
        .messagesOnTerminal = ::isatty(STDERR_FILENO) == 1,
        .ports = {},
        .figures = figureWriter(),
    };
    return app::runExport(line, surroundings);
}

int runWithoutWindow(const app::CommandLine& line) {
    app::watchStopSignals();
    training::prepareProcess();
    const app::BatchSurroundings surroundings{
        .results = std::cout,
        .messages = std::cerr,
        .messagesOnTerminal = ::isatty(STDERR_FILENO) == 1,
        .devices = training::availableDevices(),
        .cores = std::thread::hardware_concurrency(),
        .ports = runs::defaultPorts(),
        .stopSignal = app::stopSignal,
        .figures = figureWriter(),
    };
    return app::runBatch(line, surroundings);
}

/// Characters per line of the terminal that shows the output, a pager's included; 80 without one.
std::size_t outputWidth() {
    constexpr std::size_t kNarrowest = 80;
    constexpr std::size_t kWidest = 120;  // longer lines are hard to read
    for (const int stream : {STDOUT_FILENO, STDERR_FILENO}) {
        winsize size{};
        if (::ioctl(stream, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
            return std::clamp<std::size_t>(size.ws_col, kNarrowest, kWidest);
        }
    }
    return 80;
}

app::AnalysisDetail detailOf(app::Verbosity verbosity) {
    switch (verbosity) {
        case app::Verbosity::Quiet:
            return app::AnalysisDetail::Answer;
        case app::Verbosity::Normal:
            return app::AnalysisDetail::Summary;
        case app::Verbosity::Verbose:
            return app::AnalysisDetail::Full;
    }
    return app::AnalysisDetail::Summary;
}

int analyse(const app::CommandLine& line) {
    const auto columns = app::parseColumnNames(line.analyseColumns);
    if (!columns) {
        std::fprintf(stderr, "sparsity-workbench: --columns: %s.\n",
                     columns.error().message.c_str());
        return engine::exitCode(columns.error().kind);
    }
    app::AnalyseRequest request;
    request.path = line.analyseFile;
    request.columns = *columns;
    request.detail = detailOf(line.verbosity);
    request.width = outputWidth();
    if (line.format == app::OutputFormat::Json) request.format = app::AnalysisFormat::Json;
    return app::runAnalyse(request, std::cin, std::cout, std::cerr);
}

int openWindow(int argc, char** argv, const app::CommandLine& line) {
#ifdef SPARSITY_WITH_WINDOW
    training::prepareProcess();
    const ui::StartOptions options{.experimentFolder = line.experiment,
                                   .dataPath = line.data,
                                   .device = line.device == "auto" ? "" : line.device,
                                   .lanes = line.lanes,
                                   .exportStudy = app::exportStudy};
    return ui::runApplication(argc, argv, options);
#else
    static_cast<void>(argc);
    static_cast<void>(argv);
    static_cast<void>(line);
    std::fputs(
        "sparsity-workbench: this build has no window; use --batch --experiment DIR, or "
        "build with SPARSITY_GUI=ON\n",
        stderr);
    return engine::exitCode(engine::ErrorKind::Usage);
#endif
}

}  // namespace

int main(int argc, char** argv) {
    const auto line = app::parseCommandLine(argc, argv);
    if (!line) {
        std::fprintf(stderr, "sparsity-workbench: %s\n", line.error().message.c_str());
        return engine::exitCode(line.error().kind);
    }
    switch (line->action) {
        case app::Action::Print:
            std::fputs(line->text.c_str(), stdout);
            return 0;
        case app::Action::Analyse:
            return analyse(*line);
        case app::Action::Batch:
            return runWithoutWindow(*line);
        case app::Action::Export:
            return exportOnly(*line);
        case app::Action::Window:
            return openWindow(argc, argv, *line);
    }
    return engine::exitCode(engine::ErrorKind::Usage);
}
