# SPDX-License-Identifier: GPL-3.0-or-later
# Run folders, queue and lanes, with the torch-free part of training that drives them.
target_sources(engine PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/analysis_choices.cpp
  ${CMAKE_CURRENT_LIST_DIR}/attempt.cpp
  ${CMAKE_CURRENT_LIST_DIR}/crc32c.cpp
  ${CMAKE_CURRENT_LIST_DIR}/default_ports.cpp
  ${CMAKE_CURRENT_LIST_DIR}/example_experiment.cpp
  ${CMAKE_CURRENT_LIST_DIR}/file_commit.cpp
  ${CMAKE_CURRENT_LIST_DIR}/forecast.cpp
  ${CMAKE_CURRENT_LIST_DIR}/inbox.cpp
  ${CMAKE_CURRENT_LIST_DIR}/metrics_log.cpp
  ${CMAKE_CURRENT_LIST_DIR}/plan_change.cpp
  ${CMAKE_CURRENT_LIST_DIR}/plan_estimate.cpp
  ${CMAKE_CURRENT_LIST_DIR}/queue.cpp
  ${CMAKE_CURRENT_LIST_DIR}/result_summary.cpp
  ${CMAKE_CURRENT_LIST_DIR}/results_table.cpp
  ${CMAKE_CURRENT_LIST_DIR}/run_difference.cpp
  ${CMAKE_CURRENT_LIST_DIR}/run_folder_read.cpp
  ${CMAKE_CURRENT_LIST_DIR}/run_folder_write.cpp
  ${CMAKE_CURRENT_LIST_DIR}/run_identity.cpp
  ${CMAKE_CURRENT_LIST_DIR}/run_json.cpp
  ${CMAKE_CURRENT_LIST_DIR}/run_record.cpp
  ${CMAKE_CURRENT_LIST_DIR}/safetensors.cpp
  ${CMAKE_CURRENT_LIST_DIR}/scheduler.cpp
  ${CMAKE_CURRENT_LIST_DIR}/seed_plan.cpp
  ${CMAKE_CURRENT_LIST_DIR}/study.cpp
  ${CMAKE_CURRENT_LIST_DIR}/study_results.cpp
  ${CMAKE_CURRENT_LIST_DIR}/study_scan.cpp
  ${CMAKE_CURRENT_LIST_DIR}/timing_pass.cpp
  ${CMAKE_CURRENT_LIST_DIR}/../training/cohort_leaving.cpp
  ${CMAKE_CURRENT_LIST_DIR}/../training/cohort_resume.cpp
  ${CMAKE_CURRENT_LIST_DIR}/../training/cohort_runner.cpp
  ${CMAKE_CURRENT_LIST_DIR}/../training/guardian.cpp
)
