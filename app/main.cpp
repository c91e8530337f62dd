// SPDX-License-Identifier: GPL-3.0-or-later
#include <unistd.h>

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

int analyse(const app::CommandLine& line) {
    app::AnalyseRequest request;
    request.path = line.analyseFile;
    if (line.format == app::OutputFormat::Json) request.format = app::AnalysisFormat::Json;
    if (const auto wrong = app::parseColumnNames(line.analyseColumns, request.columns)) {
        std::fprintf(stderr, "sparsity-workbench: --columns: %s\n", wrong->c_str());
        return engine::exitCode(engine::ErrorKind::Usage);
    }
    return app::runAnalyse(request, std::cout, std::cerr);
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
