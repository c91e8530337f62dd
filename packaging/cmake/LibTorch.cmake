# SPDX-License-Identifier: GPL-3.0-or-later
# Imported targets torch_cpu (always) and torch_cuda (where its library is) from an unpacked LibTorch.
# Its own TorchConfig.cmake insists on a CUDA toolkit, which a machine without a GPU lacks; hence targets of our own.
# Looked for in: Torch_DIR, CMAKE_PREFIX_PATH, then the folder that packaging/fetch_libtorch.sh fills.
set(SPARSITY_TORCH_VERSION 2.11.0)
set(_cache "$ENV{XDG_CACHE_HOME}")
if(NOT _cache)
  set(_cache "$ENV{HOME}/.cache")
endif()
set(_candidates)
foreach(_named IN ITEMS "${Torch_DIR}" "$ENV{Torch_DIR}")
  if(_named)
    list(APPEND _candidates "${_named}" "${_named}/../../..")  # its folder, or that of its CMake files
  endif()
endforeach()
set(_prefixes ${CMAKE_PREFIX_PATH})
string(REPLACE ":" ";" _environment_prefixes "$ENV{CMAKE_PREFIX_PATH}")
list(APPEND _prefixes ${_environment_prefixes})
foreach(_prefix IN LISTS _prefixes)
  list(APPEND _candidates "${_prefix}" "${_prefix}/torch")
endforeach()
list(APPEND _candidates "${_cache}/sparsity-workbench/libtorch-${SPARSITY_TORCH_VERSION}/torch")

unset(SPARSITY_TORCH_ROOT)
foreach(_candidate IN LISTS _candidates)
  if(EXISTS "${_candidate}/include/ATen/ATen.h" AND EXISTS "${_candidate}/lib/libtorch_cpu.so")
    get_filename_component(SPARSITY_TORCH_ROOT "${_candidate}" REALPATH)
    break()
  endif()
endforeach()
if(NOT SPARSITY_TORCH_ROOT)
  message(FATAL_ERROR "LibTorch ${SPARSITY_TORCH_VERSION} was not found. "
                      "Run packaging/fetch_libtorch.sh, or set Torch_DIR to a LibTorch.")
endif()
set(_version_file "${SPARSITY_TORCH_ROOT}/include/torch/headeronly/version.h")
set(_version "of unknown version")
if(EXISTS "${_version_file}")
  set(_version)
  foreach(_part IN ITEMS MAJOR MINOR PATCH)
    file(STRINGS "${_version_file}" _line REGEX "define TORCH_VERSION_${_part} ")
    string(REGEX MATCH "[0-9]+$" _number "${_line}")
    list(APPEND _version "${_number}")
  endforeach()
  list(JOIN _version "." _version)
endif()
message(STATUS "LibTorch: ${_version} in ${SPARSITY_TORCH_ROOT}")
if(NOT _version VERSION_EQUAL SPARSITY_TORCH_VERSION)
  message(WARNING "This LibTorch is ${_version}; the program is written and tested against ${SPARSITY_TORCH_VERSION}.")
endif()

# One imported target for one library of LibTorch.
function(_sparsity_torch_library name)
  add_library(${name} SHARED IMPORTED)
  set_target_properties(${name} PROPERTIES
    IMPORTED_LOCATION "${SPARSITY_TORCH_ROOT}/lib/lib${name}.so"
    INTERFACE_LINK_LIBRARIES "${ARGN}")
endfunction()

_sparsity_torch_library(c10)
_sparsity_torch_library(torch_cpu c10)
set_target_properties(torch_cpu PROPERTIES
  INTERFACE_COMPILE_DEFINITIONS "_GLIBCXX_USE_CXX11_ABI=1"
  INTERFACE_INCLUDE_DIRECTORIES
    "${SPARSITY_TORCH_ROOT}/include;${SPARSITY_TORCH_ROOT}/include/torch/csrc/api/include")
# libtorch_cpu needs libcudart and libcupti, which lie beside torch/ in nvidia/cu13/lib.
get_filename_component(_site "${SPARSITY_TORCH_ROOT}" DIRECTORY)
foreach(_folder IN ITEMS "${_site}/nvidia/cu13/lib" "${SPARSITY_TORCH_ROOT}/lib")
  if(EXISTS "${_folder}")
    set_property(TARGET torch_cpu APPEND PROPERTY INTERFACE_LINK_OPTIONS "-Wl,-rpath-link,${_folder}")
  endif()
endforeach()
if(EXISTS "${SPARSITY_TORCH_ROOT}/lib/libtorch_cuda.so")
  _sparsity_torch_library(c10_cuda c10)
  _sparsity_torch_library(torch_cuda c10_cuda torch_cpu)
endif()
