# SPDX-License-Identifier: GPL-3.0-or-later
target_sources(stats PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/arguments.cpp
  ${CMAKE_CURRENT_LIST_DIR}/distributions.cpp
  ${CMAKE_CURRENT_LIST_DIR}/noncentral.cpp
  ${CMAKE_CURRENT_LIST_DIR}/normal_range.cpp
  ${CMAKE_CURRENT_LIST_DIR}/scale_mixture.cpp
  ${CMAKE_CURRENT_LIST_DIR}/studentized_range.cpp
)
