/* What RFC 8259 allows and simdjson refuses, or could be read in two ways, made harmless. */
#ifndef OPINION_MENDER_HPP
#define OPINION_MENDER_HPP

#include "CSimdJSON.h"
#include "Hash.hpp"

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <vector>

/* Whether there is NUL or half of a surrogate pair, which is mended: U+D800 becomes U+E000, and so on, so that
 * what follows is UTF-8, and different halves stay different.
 *
 * simdjson has checked what was written raw; only an escape can name half a pair. */
inline bool mend_text(uint8_t *bytes, size_t count) {
    bool is_flawed = false;
    for (size_t i = 0; i < count; i++) {
        if (bytes[i] == 0) is_flawed = true;
        if (bytes[i] != 0xED || i + 1 == count || bytes[i + 1] < 0xA0) continue;
        bytes[i] = 0xEE;
        bytes[i + 1] -= 0x20;
        is_flawed = true;
    }
    return is_flawed;
}

inline bool is_digit(uint8_t byte) { return byte >= '0' && byte <= '9'; }

/* The end of a run of digits; nothing where there is none. */
inline const uint8_t *skip_digits(const uint8_t *at) {
    if (!at || !is_digit(*at)) return nullptr;
    while (is_digit(*at)) at++;
    return at;
}

/* A number by the grammar of RFC 8259. */
struct number {
    const uint8_t *begin;
    const uint8_t *end = nullptr; /* nothing: it is none */
    bool is_whole = true;

    explicit number(const uint8_t *at) : begin(at) {
        if (*at == '-') at++;
        end = *at == '0' ? at + 1 : skip_digits(at);
        if (end && *end == '.') {
            is_whole = false;
            end = skip_digits(end + 1);
        }
        if (!end || (*end | 0x20) != 'e') return;
        is_whole = false;
        end += end[1] == '+' || end[1] == '-' ? 2 : 1;
        end = skip_digits(end);
    }

    const char *first() const { return reinterpret_cast<const char *>(begin); }
    const char *last() const { return reinterpret_cast<const char *>(end); }

    template <typename type> bool fits() const {
        type value;
        return std::from_chars(first(), last(), value).ec == std::errc();
    }

    /* Whether simdjson refuses it for its size: nobody sets a locale, so that a point is a point. */
    bool is_beyond_range() const {
        if (!is_whole) return std::isinf(std::strtod(first(), nullptr));
        return !fits<int64_t>() && !fits<uint64_t>();
    }
};

/* The code unit of an escape such as \u00e9, without its slash; -1: there is none. */
inline int32_t code_unit(const uint8_t *at) {
    if (at[0] != '\\' || at[1] != 'u') return -1;
    int32_t unit = 0;
    for (int i = 2; i < 6; i++) {
        const uint8_t letter = at[i] | 0x20;
        if (!is_digit(at[i]) && (letter < 'a' || letter > 'f')) return -1;
        unit = unit << 4 | (is_digit(at[i]) ? at[i] - '0' : letter - 'a' + 10);
    }
    return unit;
}

inline bool is_high_half(int32_t unit) { return unit >= 0xD800 && unit < 0xDC00; }
inline bool is_low_half(int32_t unit) { return unit >= 0xDC00 && unit < 0xE000; }

/* What simdjson refuses though RFC 8259 doesn't, made into something that it takes: numbers beyond range, and escapes that
 * name half of a surrogate pair.
 *
 * A number becomes another and a string another, of the same bytes in length, so that what is no JSON stays none. */
class mender {
public:
    /* Which of the strings and numbers of the text, names included; of a number a hash, as it was spelled. */
    struct flaw {
        uint32_t token;
        uint64_t hash;
    };
    std::vector<flaw> flaws;

    /* Goes over a text behind which zeros lie; no more than so many flaws are kept. */
    void mend(uint8_t *text, size_t count, size_t most) {
        flaws.clear();
        uint32_t token = 0;
        for (uint8_t *at = text; at < text + count && flaws.size() < most;) {
            if (*at == '"') at = mend_string(at + 1, text + count, token++);
            else if (*at == '-' || is_digit(*at)) at = mend_number(at, token++);
            else at++;
        }
    }

private:
    uint8_t *mend_number(uint8_t *at, uint32_t token) {
        const number found(at);
        if (!found.end) return at + 1;
        const size_t size = size_t(found.end - at);
        if (found.is_beyond_range()) {
            flaws.push_back({token, hash_bytes(at, size, CSJ_DOUBLE)});
            std::memset(at, '0', size);
            at[1] = '.';
        }
        return at + size;
    }

    uint8_t *mend_string(uint8_t *at, const uint8_t *end, uint32_t token) {
        bool is_flawed = false;
        while (at < end && *at != '"') {
            const int32_t unit = code_unit(at);
            if (is_high_half(unit) && is_low_half(code_unit(at + 6))) {
                at += 12;
            } else if (is_high_half(unit) || is_low_half(unit)) {
                is_flawed = true;
                at[2] = 'e';
                at[3] = uint8_t('0' + (unit >> 8 & 7));
                at += 6;
            } else {
                at += *at == '\\' ? 2 : 1;
            }
        }
        if (is_flawed) flaws.push_back({token, 0});
        return at + 1;
    }
};

#endif
