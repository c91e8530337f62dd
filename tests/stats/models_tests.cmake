# SPDX-License-Identifier: GPL-3.0-or-later
target_sources(golden_test PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/golden/golden_anova_oneway.cpp
  ${CMAKE_CURRENT_LIST_DIR}/golden/golden_anova_twoway.cpp
  ${CMAKE_CURRENT_LIST_DIR}/golden/golden_assumption.cpp
  ${CMAKE_CURRENT_LIST_DIR}/golden/golden_descriptive.cpp
  ${CMAKE_CURRENT_LIST_DIR}/golden/golden_dist.cpp
  ${CMAKE_CURRENT_LIST_DIR}/golden/golden_effect.cpp
  ${CMAKE_CURRENT_LIST_DIR}/golden/golden_power.cpp
  ${CMAKE_CURRENT_LIST_DIR}/golden/golden_srange.cpp
)
target_sources(stats_test PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/anova_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/arguments_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/descriptives_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/curve_summary_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/distributions_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/effect_power_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/function_families.cpp
  ${CMAKE_CURRENT_LIST_DIR}/refusal_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/relations_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/stability_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/studentized_range_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/two_groups_test.cpp
)
