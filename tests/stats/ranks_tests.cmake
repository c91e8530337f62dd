# SPDX-License-Identifier: GPL-3.0-or-later
target_sources(golden_test PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/golden/golden_decisions.cpp
  ${CMAKE_CURRENT_LIST_DIR}/golden/golden_nonparam.cpp
  ${CMAKE_CURRENT_LIST_DIR}/golden/golden_posthoc.cpp
  ${CMAKE_CURRENT_LIST_DIR}/golden/golden_trend.cpp
)
target_sources(stats_test PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/comparisons_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/exact_tests_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/fast_inversions_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/grid_analysis_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/grid_decisions_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/grid_interim_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/grid_trend_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/optimum_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/published_runs_test.cpp
)
target_compile_definitions(stats_test PRIVATE
  SPARSITY_TEST_DATA="${PROJECT_SOURCE_DIR}/tests/data"
  SPARSITY_TEST_GOLDENS="${PROJECT_SOURCE_DIR}/tests/golden")
target_link_libraries(stats_test PRIVATE golden_cases)
if(SPARSITY_BENCHMARKS)
  add_executable(grid_analysis_bench ${PROJECT_SOURCE_DIR}/tests/bench/grid_analysis_bench.cpp)
  target_include_directories(grid_analysis_bench PRIVATE ${PROJECT_SOURCE_DIR})
  target_link_libraries(grid_analysis_bench PRIVATE stats benchmark::benchmark_main)
  sparsity_warnings(grid_analysis_bench)
endif()
