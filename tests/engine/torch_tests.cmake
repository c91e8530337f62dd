# SPDX-License-Identifier: GPL-3.0-or-later
# Tests that see LibTorch: kernels, model, training.
add_executable(model_test
  ${CMAKE_CURRENT_LIST_DIR}/torch/fused_attention_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/torch/model_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/torch/reference_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/torch/training_test.cpp
)
target_precompile_headers(model_test PRIVATE <ATen/ATen.h> <torch/csrc/autograd/custom_function.h> <gtest/gtest.h>)
target_include_directories(model_test PRIVATE ${CMAKE_CURRENT_LIST_DIR}/torch)
target_link_libraries(model_test PRIVATE engine engine_torch torch_cpu GTest::gtest_main)
sparsity_warnings(model_test)
gtest_discover_tests(model_test DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT 300)

if(SPARSITY_BENCHMARKS)
  add_executable(training_bench ${PROJECT_SOURCE_DIR}/tests/bench/training_bench.cpp)
  target_precompile_headers(training_bench REUSE_FROM model_test)
  target_link_libraries(training_bench PRIVATE engine engine_torch torch_cpu CLI11::CLI11 nlohmann_json::nlohmann_json
                                               GTest::gtest)
  sparsity_warnings(training_bench)
endif()

sparsity_kernels(wide 16 -mavx2 -mfma -mbmi -mbmi2 -mpopcnt -mlzcnt)
add_executable(kernel_widths_test ${CMAKE_CURRENT_LIST_DIR}/kernel_widths_test.cpp $<TARGET_OBJECTS:kernels_wide>)
target_link_libraries(kernel_widths_test PRIVATE engine engine_torch GTest::gtest_main)
sparsity_warnings(kernel_widths_test)
gtest_discover_tests(kernel_widths_test DISCOVERY_TIMEOUT 60)
