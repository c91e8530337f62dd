# SPDX-License-Identifier: GPL-3.0-or-later
target_sources(stats PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/error_term.cpp
  ${CMAKE_CURRENT_LIST_DIR}/friedman.cpp
  ${CMAKE_CURRENT_LIST_DIR}/friedman_enumeration.cpp
  ${CMAKE_CURRENT_LIST_DIR}/kruskal.cpp
  ${CMAKE_CURRENT_LIST_DIR}/kruskal_enumeration.cpp
  ${CMAKE_CURRENT_LIST_DIR}/max_t_distribution.cpp
  ${CMAKE_CURRENT_LIST_DIR}/normal_maximum.cpp
  ${CMAKE_CURRENT_LIST_DIR}/p_adjust.cpp
  ${CMAKE_CURRENT_LIST_DIR}/pairwise_t.cpp
  ${CMAKE_CURRENT_LIST_DIR}/ranks.cpp
  ${CMAKE_CURRENT_LIST_DIR}/tukey.cpp
  ${CMAKE_CURRENT_LIST_DIR}/two_sample_ranks.cpp
)
