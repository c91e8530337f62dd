# SPDX-License-Identifier: GPL-3.0-or-later
# Run folders, queue and lanes, driven by a trainer that needs no LibTorch.
add_executable(runs_test
  ${CMAKE_CURRENT_LIST_DIR}/runs/analysis_choices_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/runs/cohort_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/runs/crash_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/runs/fake_trainer.cpp
  ${CMAKE_CURRENT_LIST_DIR}/runs/fault_injection.cpp
  ${CMAKE_CURRENT_LIST_DIR}/runs/file_commit_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/runs/forecast_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/runs/inbox_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/runs/metrics_log_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/runs/plan_change_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/runs/queue_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/runs/result_summary_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/runs/run_difference_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/runs/run_folder_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/runs/safetensors_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/runs/scheduler_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/runs/seed_plan_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/runs/study_test.cpp
)
target_link_libraries(runs_test PRIVATE engine GTest::gtest_main)
sparsity_warnings(runs_test)
gtest_discover_tests(runs_test DISCOVERY_TIMEOUT 60)
