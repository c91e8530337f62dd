# SPDX-License-Identifier: GPL-3.0-or-later
# What the machine is doing; a library of our own stands in for the NVIDIA driver's.
add_library(fake_nvml MODULE ${CMAKE_CURRENT_LIST_DIR}/machine/fake_nvml.cpp)
sparsity_warnings(fake_nvml)
add_executable(machine_test ${CMAKE_CURRENT_LIST_DIR}/machine/device_monitor_test.cpp)
target_compile_definitions(machine_test PRIVATE FAKE_NVML="$<TARGET_FILE:fake_nvml>")
target_link_libraries(machine_test PRIVATE engine GTest::gtest_main)
add_dependencies(machine_test fake_nvml)
sparsity_warnings(machine_test)
gtest_discover_tests(machine_test DISCOVERY_TIMEOUT 60)
