# SPDX-License-Identifier: GPL-3.0-or-later
target_sources(stats PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/arguments.cpp
)
