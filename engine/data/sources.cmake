# SPDX-License-Identifier: GPL-3.0-or-later
target_sources(engine PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/batch_order.cpp
  ${CMAKE_CURRENT_LIST_DIR}/corpus.cpp
  ${CMAKE_CURRENT_LIST_DIR}/corpus_files.cpp
  ${CMAKE_CURRENT_LIST_DIR}/made_corpora.cpp
  ${CMAKE_CURRENT_LIST_DIR}/sha256.cpp
)
