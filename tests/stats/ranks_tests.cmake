# SPDX-License-Identifier: GPL-3.0-or-later
target_sources(golden_test PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/golden/golden_decisions.cpp
  ${CMAKE_CURRENT_LIST_DIR}/golden/golden_nonparam.cpp
  ${CMAKE_CURRENT_LIST_DIR}/golden/golden_posthoc.cpp
  ${CMAKE_CURRENT_LIST_DIR}/golden/golden_trend.cpp
)
