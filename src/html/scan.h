// Finds bytes sixteen at a time, with SSE2 or NEON where the machine has them. The scalar twin says
// what they do, and tests compare the two.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

namespace kronik::html {

// The first of three bytes in [from, end), or `end`.
template <char a, char b, char c>
const char* FindScalar(const char* from, const char* end) {
  while (from != end && *from != a && *from != b && *from != c) ++from;
  return from;
}

template <char a, char b, char c>
const char* Find(const char* from, const char* end) {
#if defined(__SSE2__)
  const __m128i va = _mm_set1_epi8(a), vb = _mm_set1_epi8(b), vc = _mm_set1_epi8(c);
  for (; end - from >= 16; from += 16) {
    const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
    const __m128i hit =
        _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(block, va), _mm_cmpeq_epi8(block, vb)),
                     _mm_cmpeq_epi8(block, vc));
    const auto mask = static_cast<unsigned>(_mm_movemask_epi8(hit));
    if (mask != 0) return from + std::countr_zero(mask);
  }
#elif defined(__aarch64__)
  const uint8x16_t va = vdupq_n_u8(static_cast<uint8_t>(a)),
                   vb = vdupq_n_u8(static_cast<uint8_t>(b)),
                   vc = vdupq_n_u8(static_cast<uint8_t>(c));
  for (; end - from >= 16; from += 16) {
    const uint8x16_t block = vld1q_u8(reinterpret_cast<const uint8_t*>(from));
    const uint8x16_t hit =
        vorrq_u8(vorrq_u8(vceqq_u8(block, va), vceqq_u8(block, vb)), vceqq_u8(block, vc));
    // Four bits a byte: NEON has no movemask.
    const uint64_t mask =
        vget_lane_u64(vreinterpret_u64_u8(vshrn_n_u16(vreinterpretq_u16_u8(hit), 4)), 0);
    if (mask != 0) return from + std::countr_zero(mask) / 4;
  }
#endif
  return FindScalar<a, b, c>(from, end);
}

// The first `byte` in [from, end), or `end`.
inline const char* FindByte(const char* from, const char* end, char byte) {
  const void* at = from == end ? nullptr : std::memchr(from, byte, static_cast<size_t>(end - from));
  return at == nullptr ? end : static_cast<const char*>(at);
}

}  // namespace kronik::html
