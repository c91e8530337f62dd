# SPDX-License-Identifier: GPL-3.0-or-later
# The kernels are compiled once per instruction set and chosen at run time (instruction_set.cpp).
function(sparsity_kernels isa width)
  set(folder ${PROJECT_SOURCE_DIR}/engine/kernels/cpu)
  add_library(kernels_${isa} OBJECT
    ${folder}/sequence_forward.cpp ${folder}/sequence_backward.cpp ${folder}/elementwise.cpp)
  target_include_directories(kernels_${isa} PRIVATE ${PROJECT_SOURCE_DIR})
  target_compile_definitions(kernels_${isa} PRIVATE KERNEL_ISA=${isa} SIMD_WIDTH=${width})
  # Never -ffast-math: -0, infinities and the order of sums are part of the contract.
  target_compile_options(kernels_${isa} PRIVATE -O3 -fno-math-errno -fno-trapping-math -ffp-contract=fast
                         -Wno-psabi -Wno-unknown-pragmas ${ARGN})
  sparsity_warnings(kernels_${isa})
endfunction()
sparsity_kernels(baseline 4)
sparsity_kernels(avx2 8 -mavx2 -mfma -mbmi -mbmi2 -mpopcnt -mlzcnt)
sparsity_kernels(avx512 16 -mavx512f -mavx512dq -mavx512vl -mavx512bw -mavx2 -mfma -mbmi -mbmi2 -mpopcnt -mlzcnt
                 -mprefer-vector-width=512)
add_library(kernels_cpu STATIC ${CMAKE_CURRENT_LIST_DIR}/instruction_set.cpp
  $<TARGET_OBJECTS:kernels_baseline> $<TARGET_OBJECTS:kernels_avx2> $<TARGET_OBJECTS:kernels_avx512>)
target_include_directories(kernels_cpu PUBLIC ${PROJECT_SOURCE_DIR})
sparsity_warnings(kernels_cpu)
