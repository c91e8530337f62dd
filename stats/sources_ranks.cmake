# SPDX-License-Identifier: GPL-3.0-or-later
target_sources(stats PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/alpha_spending.cpp
  ${CMAKE_CURRENT_LIST_DIR}/argmin_bootstrap.cpp
  ${CMAKE_CURRENT_LIST_DIR}/argmin_trend.cpp
  ${CMAKE_CURRENT_LIST_DIR}/bayes_factors.cpp
  ${CMAKE_CURRENT_LIST_DIR}/dunnett.cpp
  ${CMAKE_CURRENT_LIST_DIR}/equivalence.cpp
  ${CMAKE_CURRENT_LIST_DIR}/error_term.cpp
  ${CMAKE_CURRENT_LIST_DIR}/friedman.cpp
  ${CMAKE_CURRENT_LIST_DIR}/friedman_enumeration.cpp
  ${CMAKE_CURRENT_LIST_DIR}/gauss_legendre.cpp
  ${CMAKE_CURRENT_LIST_DIR}/hsu_mcb.cpp
  ${CMAKE_CURRENT_LIST_DIR}/jonckheere.cpp
  ${CMAKE_CURRENT_LIST_DIR}/kruskal.cpp
  ${CMAKE_CURRENT_LIST_DIR}/kruskal_enumeration.cpp
  ${CMAKE_CURRENT_LIST_DIR}/max_t_distribution.cpp
  ${CMAKE_CURRENT_LIST_DIR}/nemenyi.cpp
  ${CMAKE_CURRENT_LIST_DIR}/normal_maximum.cpp
  ${CMAKE_CURRENT_LIST_DIR}/p_adjust.cpp
  ${CMAKE_CURRENT_LIST_DIR}/page.cpp
  ${CMAKE_CURRENT_LIST_DIR}/pairwise_t.cpp
  ${CMAKE_CURRENT_LIST_DIR}/rank_correlation.cpp
  ${CMAKE_CURRENT_LIST_DIR}/ranks.cpp
  ${CMAKE_CURRENT_LIST_DIR}/row_permutation.cpp
  ${CMAKE_CURRENT_LIST_DIR}/tukey.cpp
  ${CMAKE_CURRENT_LIST_DIR}/two_sample_ranks.cpp
)
