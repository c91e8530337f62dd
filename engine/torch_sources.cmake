# SPDX-License-Identifier: GPL-3.0-or-later
# Translation units that see LibTorch; one precompiled header serves them all.
add_library(engine_torch STATIC
  kernels/device_backend.cpp
  training/process_setup.cpp
)
target_include_directories(engine_torch PUBLIC ${PROJECT_SOURCE_DIR})
target_link_libraries(engine_torch PRIVATE torch_cpu Threads::Threads)
sparsity_warnings(engine_torch)
