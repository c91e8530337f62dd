# SPDX-License-Identifier: GPL-3.0-or-later
target_sources(engine PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/added_runs.cpp
  ${CMAKE_CURRENT_LIST_DIR}/batch_command.cpp
  ${CMAKE_CURRENT_LIST_DIR}/grid.cpp
  ${CMAKE_CURRENT_LIST_DIR}/nearest_name.cpp
  ${CMAKE_CURRENT_LIST_DIR}/presets.cpp
  ${CMAKE_CURRENT_LIST_DIR}/range_text.cpp
  ${CMAKE_CURRENT_LIST_DIR}/settings_difference.cpp
  ${CMAKE_CURRENT_LIST_DIR}/settings_json.cpp
  ${CMAKE_CURRENT_LIST_DIR}/validation.cpp
)
