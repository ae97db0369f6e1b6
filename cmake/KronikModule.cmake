# kronik_module(NAME [DEPENDS module...] [PRIVATE_LINK target...])
#
# Makes the module in the current folder: a library kronik_NAME of its *.cc and, where tests are
# built, a program kronik_NAME_test of its *_test.cc, and one fuzzer for each *_fuzz.cc (preset
# `fuzz`), one benchmark for each *_bench.cc. DEPENDS is the list of arrows that
# tests/structure/check_includes.py holds every #include against; include/kronik is always open.
function(kronik_module name)
  cmake_parse_arguments(ARG "" "" "DEPENDS;PRIVATE_LINK" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS *.cc *.S)
  set(tests ${sources})
  set(fuzzers ${sources})
  set(benches ${sources})
  list(FILTER sources EXCLUDE REGEX "_(test|fuzz|bench)\\.cc$")
  list(FILTER tests INCLUDE REGEX "_test\\.cc$")
  list(FILTER fuzzers INCLUDE REGEX "_fuzz\\.cc$")
  list(FILTER benches INCLUDE REGEX "_bench\\.cc$")

  add_library(kronik_${name} STATIC ${sources})
  target_include_directories(kronik_${name} PUBLIC
    ${PROJECT_SOURCE_DIR}/include ${PROJECT_SOURCE_DIR}/src)
  target_link_libraries(kronik_${name} PRIVATE kronik_warnings ${ARG_PRIVATE_LINK})
  foreach(dependency IN LISTS ARG_DEPENDS)
    target_link_libraries(kronik_${name} PUBLIC kronik_${dependency})
  endforeach()
  set_property(GLOBAL APPEND PROPERTY KRONIK_MODULES kronik_${name})

  if(KRONIK_TESTS AND tests)
    add_executable(kronik_${name}_test ${tests})
    target_link_libraries(kronik_${name}_test PRIVATE
      kronik_${name} kronik_warnings GTest::gmock_main ${ARG_PRIVATE_LINK})
    target_compile_definitions(kronik_${name}_test PRIVATE
      KRONIK_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
    gtest_discover_tests(kronik_${name}_test TEST_PREFIX "${name}." DISCOVERY_TIMEOUT 60)
  endif()
  if(KRONIK_FUZZ)
    foreach(fuzzer IN LISTS fuzzers)
      get_filename_component(target ${fuzzer} NAME_WE)
      add_executable(${target} ${fuzzer})
      target_link_libraries(${target} PRIVATE kronik_${name} ${ARG_PRIVATE_LINK})
      target_link_options(${target} PRIVATE -fsanitize=fuzzer)
      set_property(GLOBAL APPEND PROPERTY KRONIK_FUZZERS ${target})
      # New finds go to the build folder; those worth keeping belong to tests/fuzz.
      string(REGEX REPLACE "_fuzz$" "" corpus ${target})
      file(MAKE_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR}/corpus/${corpus})
      add_test(NAME fuzz.${corpus} COMMAND ${target} -max_total_time=${KRONIK_FUZZ_SECONDS}
        -timeout=10 -max_len=16384 -print_final_stats=1 -verbosity=0
        ${CMAKE_CURRENT_BINARY_DIR}/corpus/${corpus} ${PROJECT_SOURCE_DIR}/tests/fuzz/${corpus})
    endforeach()
  endif()
  if(KRONIK_BENCHMARKS)
    foreach(bench IN LISTS benches)
      get_filename_component(target ${bench} NAME_WE)
      add_executable(${target} ${bench})
      target_link_libraries(${target} PRIVATE
        kronik_${name} benchmark::benchmark_main ${ARG_PRIVATE_LINK})
      target_compile_definitions(${target} PRIVATE KRONIK_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
    endforeach()
  endif()
endfunction()
