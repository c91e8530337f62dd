// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace runs {

enum class Choice { No, Yes };

/// Which files of a study are wanted: the window and the command line choose from the same list.
struct ExportChoice {
    Choice tables = Choice::Yes;  // CSV
    Choice latex = Choice::Yes;   // a .tex beside each table of results
    Choice json = Choice::Yes;
    Choice report = Choice::Yes;  // Markdown and HTML
    Choice png = Choice::Yes;
    Choice svg = Choice::Yes;
    Choice pdf = Choice::Yes;
    double scale = 2.0;  // PNG pixels per 1/96 inch

    bool wantsFigures() const {
        return png == Choice::Yes || svg == Choice::Yes || pdf == Choice::Yes;
    }
};

/// A figure that was written, as the report shows it.
struct ExportedFigure {
    std::vector<std::string> files;  // relative to the export's folder, best for a screen first
    std::string caption;             // what is drawn, with n and the kind of interval
    Choice inReport = Choice::Yes;
};

}  // namespace runs
