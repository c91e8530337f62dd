// SPDX-License-Identifier: GPL-3.0-or-later
// What the page of the curves says while it has none.
#include <algorithm>

#include "ui/curves_page.h"
#include "ui/workbench.h"

namespace ui {

QString CurvesPage::whyEmpty() const {
    const runs::Study* study = m_workbench.study();
    if (!study) return tr("Open an experiment to see its curves.");
    if (m_workbench.curves().isReading()) return tr("Reading the curves…");
    const bool readOnly = study->access() == runs::Access::ReadOnly;
    if (m_workbench.selection().empty())
        return readOnly
                   ? tr("Nothing is trained yet, and this experiment is read-only.")
                   : tr("Nothing is trained yet. Curves grow here as soon as the training starts.");
    const QString none = tr("The selected cells have no points yet.");
    const std::vector<runs::RunId> ids = m_workbench.runsOf(m_workbench.selection());
    const auto any = [&](std::initializer_list<runs::RunStatus> wanted) {
        return std::any_of(ids.begin(), ids.end(), [&](const runs::RunId& id) {
            const runs::RunStatus status = study->find(id)->status;
            return std::find(wanted.begin(), wanted.end(), status) != wanted.end();
        });
    };
    using runs::RunStatus;
    if (any({RunStatus::Running, RunStatus::RunningElsewhere}))
        return none + QLatin1Char('\n') + tr("They have just begun to train.");
    if (any({RunStatus::Queued}))
        return none + QLatin1Char('\n') +
               tr("They wait in the queue; their curves grow here while they train.");
    if (!readOnly && any({RunStatus::Empty, RunStatus::Paused}))
        return none + QLatin1Char('\n') +
               tr("Enter in the grid queues them; their curves grow here while they train.");
    return none;
}

}  // namespace ui
