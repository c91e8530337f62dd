# SPDX-License-Identifier: GPL-3.0-or-later
target_sources(stats PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/anova_block.cpp
  ${CMAKE_CURRENT_LIST_DIR}/anova_oneway.cpp
  ${CMAKE_CURRENT_LIST_DIR}/anova_twoway.cpp
  ${CMAKE_CURRENT_LIST_DIR}/anova_twoway_within.cpp
  ${CMAKE_CURRENT_LIST_DIR}/arguments.cpp
  ${CMAKE_CURRENT_LIST_DIR}/bootstrap_interval.cpp
  ${CMAKE_CURRENT_LIST_DIR}/descriptives.cpp
  ${CMAKE_CURRENT_LIST_DIR}/distributions.cpp
  ${CMAKE_CURRENT_LIST_DIR}/effect_size.cpp
  ${CMAKE_CURRENT_LIST_DIR}/exponential_mean.cpp
  ${CMAKE_CURRENT_LIST_DIR}/factorial_design.cpp
  ${CMAKE_CURRENT_LIST_DIR}/large_noncentrality.cpp
  ${CMAKE_CURRENT_LIST_DIR}/least_squares.cpp
  ${CMAKE_CURRENT_LIST_DIR}/mean_band.cpp
  ${CMAKE_CURRENT_LIST_DIR}/noncentral.cpp
  ${CMAKE_CURRENT_LIST_DIR}/noncentral_interval.cpp
  ${CMAKE_CURRENT_LIST_DIR}/normal_range.cpp
  ${CMAKE_CURRENT_LIST_DIR}/power_anova.cpp
  ${CMAKE_CURRENT_LIST_DIR}/power_t.cpp
  ${CMAKE_CURRENT_LIST_DIR}/qq_points.cpp
  ${CMAKE_CURRENT_LIST_DIR}/root_search.cpp
  ${CMAKE_CURRENT_LIST_DIR}/scale_mixture.cpp
  ${CMAKE_CURRENT_LIST_DIR}/shapiro_wilk.cpp
  ${CMAKE_CURRENT_LIST_DIR}/studentized_range.cpp
  ${CMAKE_CURRENT_LIST_DIR}/variance_tests.cpp
)
