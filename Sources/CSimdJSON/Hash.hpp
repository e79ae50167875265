/* Hashes of bytes that are the same on every machine. */
#ifndef OPINION_HASH_HPP
#define OPINION_HASH_HPP

#include <cstddef>
#include <cstdint>

/* Little-endian on every machine, so that hashes agree; one instruction where the machine is. */
inline uint64_t load4(const uint8_t *bytes) {
    return bytes[0] | uint64_t(bytes[1]) << 8 | uint64_t(bytes[2]) << 16 | uint64_t(bytes[3]) << 24;
}

inline uint64_t load8(const uint8_t *bytes) { return load4(bytes) | load4(bytes + 4) << 32; }

/* Up to seven bytes, without a loop: how often it would go round can't be foretold. */
inline uint64_t load_rest(const uint8_t *bytes, size_t count) {
    if (count == 0) return 0;
    if (count >= 4) return load4(bytes) | load4(bytes + count - 4) << 8 * (count - 4);
    return bytes[0] | uint64_t(bytes[count / 2]) << 8 * (count / 2)
        | uint64_t(bytes[count - 1]) << 8 * (count - 1);
}

/* Both halves of the 128-bit product, folded: every bit of the input reaches every bit. */
inline uint64_t mix(uint64_t a, uint64_t b) {
    unsigned __int128 product = (unsigned __int128)a * b;
    return uint64_t(product) ^ uint64_t(product >> 64);
}

constexpr uint64_t odd1 = 0x9E3779B97F4A7C15, odd2 = 0xD6E8FEB86659FD93,
                   odd3 = 0xA0761D6478BD642F, odd4 = 0xE7037ED1A0B428DB;

inline uint64_t hash_bytes(const uint8_t *bytes, size_t count, uint64_t seed) {
    uint64_t hash = mix(seed ^ count, odd1);
    for (; count >= 8; bytes += 8, count -= 8) hash = mix(hash ^ load8(bytes), odd2) + odd3;
    return mix(hash ^ load_rest(bytes, count), odd4);
}

#endif
