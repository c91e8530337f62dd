# SPDX-License-Identifier: GPL-3.0-or-later
target_sources(engine PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/device_monitor.cpp
  ${CMAKE_CURRENT_LIST_DIR}/nvml.cpp
  ${CMAKE_CURRENT_LIST_DIR}/proc.cpp
)
