# SPDX-License-Identifier: GPL-3.0-or-later
target_sources(golden_test PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/golden/golden_decisions.cpp
  ${CMAKE_CURRENT_LIST_DIR}/golden/golden_nonparam.cpp
  ${CMAKE_CURRENT_LIST_DIR}/golden/golden_posthoc.cpp
  ${CMAKE_CURRENT_LIST_DIR}/golden/golden_trend.cpp
)
if(SPARSITY_BENCHMARKS)
  add_executable(grid_analysis_bench ${PROJECT_SOURCE_DIR}/tests/bench/grid_analysis_bench.cpp)
  target_include_directories(grid_analysis_bench PRIVATE ${PROJECT_SOURCE_DIR})
  target_link_libraries(grid_analysis_bench PRIVATE stats benchmark::benchmark_main)
  sparsity_warnings(grid_analysis_bench)
endif()
