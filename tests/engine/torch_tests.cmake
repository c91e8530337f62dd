# SPDX-License-Identifier: GPL-3.0-or-later
# Tests that see LibTorch: kernels, model, training.
add_executable(model_test
  ${CMAKE_CURRENT_LIST_DIR}/torch/fused_attention_test.cpp
)
target_precompile_headers(model_test PRIVATE <ATen/ATen.h> <torch/csrc/autograd/custom_function.h> <gtest/gtest.h>)
target_include_directories(model_test PRIVATE ${CMAKE_CURRENT_LIST_DIR}/torch)
target_link_libraries(model_test PRIVATE engine engine_torch torch_cpu GTest::gtest_main)
sparsity_warnings(model_test)
gtest_discover_tests(model_test DISCOVERY_TIMEOUT 60)
