# SPDX-License-Identifier: GPL-3.0-or-later
# Translation units that see LibTorch; one precompiled header serves them all.
include(${CMAKE_CURRENT_LIST_DIR}/kernels/cpu/sources.cmake)
add_library(engine_torch STATIC
  kernels/attention.cpp
  kernels/attention_cpu.cpp
  kernels/attention_operators.cpp
  kernels/device_backend.cpp
  kernels/layers.cpp
  kernels/reference/attention_reference.cpp
  kernels/reference/layers_reference.cpp
  model/transformer.cpp
  training/evaluation.cpp
  training/optimizer.cpp
  training/preflight.cpp
  training/process_setup.cpp
  training/resident_memory.cpp
  training/schedule.cpp
  training/stacked_state.cpp
  training/stacked_trainer.cpp
  training/timing.cpp
)
target_precompile_headers(engine_torch PRIVATE <ATen/ATen.h> <torch/csrc/autograd/custom_function.h>)
target_include_directories(engine_torch PUBLIC ${PROJECT_SOURCE_DIR})
# The engine's torch-free half (corpora, settings) is used here, and this half by its lanes.
target_link_libraries(engine_torch PUBLIC kernels_cpu PRIVATE torch_cpu Threads::Threads engine)
# MKL finds this function of ours through the dynamic symbol table of the program (process_setup.cpp).
target_link_options(engine_torch INTERFACE "-Wl,--export-dynamic-symbol=mkl_serv_intel_cpu_true")
sparsity_warnings(engine_torch)
