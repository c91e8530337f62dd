# SPDX-License-Identifier: GPL-3.0-or-later
# Run folders, queue and lanes, with the torch-free part of training that drives them.
target_sources(engine PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/attempt.cpp
  ${CMAKE_CURRENT_LIST_DIR}/crc32c.cpp
  ${CMAKE_CURRENT_LIST_DIR}/default_ports.cpp
  ${CMAKE_CURRENT_LIST_DIR}/file_commit.cpp
  ${CMAKE_CURRENT_LIST_DIR}/forecast.cpp
  ${CMAKE_CURRENT_LIST_DIR}/inbox.cpp
  ${CMAKE_CURRENT_LIST_DIR}/metrics_log.cpp
  ${CMAKE_CURRENT_LIST_DIR}/plan_estimate.cpp
