# SPDX-License-Identifier: GPL-3.0-or-later
# Sets SPARSITY_CUDA to ON where nvcc 13 and the CUDA part of LibTorch are; engine_cuda is built only there.
# CMAKE_CUDA_ARCHITECTURES chooses the GPUs: all that LibTorch serves unless named.
set(SPARSITY_CUDA OFF)
find_program(SPARSITY_NVCC nvcc HINTS "$ENV{CUDA_HOME}/bin" /usr/local/cuda/bin
             PATHS "${SPARSITY_TORCH_ROOT}/../nvidia/cu13/bin")  # fetch_libtorch.sh --cuda puts one there
mark_as_advanced(SPARSITY_NVCC)
if(SPARSITY_NVCC AND TARGET torch_cuda)
  execute_process(COMMAND ${SPARSITY_NVCC} --version OUTPUT_VARIABLE _nvcc_text ERROR_QUIET)
  if(_nvcc_text MATCHES "release ([0-9]+)\\.([0-9]+)" AND CMAKE_MATCH_1 EQUAL 13)
    set(CMAKE_CUDA_COMPILER ${SPARSITY_NVCC})
    if(NOT DEFINED CMAKE_CUDA_ARCHITECTURES)
      set(CMAKE_CUDA_ARCHITECTURES 80-real 86-real 89-real 90-real 100-real 120)
    endif()
    if(CCACHE AND NOT CMAKE_CUDA_COMPILER_LAUNCHER)
      set(CMAKE_CUDA_COMPILER_LAUNCHER ${CCACHE})
    endif()
    enable_language(CUDA)
    if(NOT CMAKE_CUDA20_STANDARD_COMPILE_OPTION)  # CMake 3.25 does not know nvcc's flag for C++20
      set(CMAKE_CUDA20_STANDARD_COMPILE_OPTION "-std=c++20")
      set(CMAKE_CUDA20_EXTENSION_COMPILE_OPTION "-std=c++20")
    endif()
    find_package(CUDAToolkit 13 REQUIRED)
    set(SPARSITY_CUDA ON)
  else()
    message(STATUS "CUDA: ${SPARSITY_NVCC} is not of the CUDA Toolkit 13; engine_cuda is left out")
  endif()
endif()
message(STATUS "CUDA part (engine_cuda): ${SPARSITY_CUDA}")
