# SPDX-License-Identifier: GPL-3.0-or-later
target_sources(engine PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/attempt.cpp
  ${CMAKE_CURRENT_LIST_DIR}/crc32c.cpp
  ${CMAKE_CURRENT_LIST_DIR}/file_commit.cpp
  ${CMAKE_CURRENT_LIST_DIR}/metrics_log.cpp
  ${CMAKE_CURRENT_LIST_DIR}/run_folder_read.cpp
  ${CMAKE_CURRENT_LIST_DIR}/run_folder_write.cpp
  ${CMAKE_CURRENT_LIST_DIR}/run_identity.cpp
  ${CMAKE_CURRENT_LIST_DIR}/run_json.cpp
  ${CMAKE_CURRENT_LIST_DIR}/run_record.cpp
  ${CMAKE_CURRENT_LIST_DIR}/safetensors.cpp
)
