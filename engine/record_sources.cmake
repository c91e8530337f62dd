# SPDX-License-Identifier: GPL-3.0-or-later
# The torch-free part of the engine: settings, corpora, run folders, queue, lanes.
include(${CMAKE_CURRENT_SOURCE_DIR}/experiment/sources.cmake OPTIONAL)
include(${CMAKE_CURRENT_SOURCE_DIR}/data/sources.cmake OPTIONAL)
include(${CMAKE_CURRENT_SOURCE_DIR}/machine/sources.cmake)
include(${CMAKE_CURRENT_SOURCE_DIR}/runs/sources.cmake OPTIONAL)
