/* Strict JSON: simdjson's DOM, and the refusals it leaves to its caller.
 *
 * A parser is reused; what a parse returns lies in the parser's memory until its next parse.
 * Nothing here keeps or prints a byte of the payload but member names in a pointer.
 */
#ifndef CSIMDJSON_H
#define CSIMDJSON_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    CSJ_NULL = 0,
    CSJ_BOOL = 1,    /* value: 0 or 1 */
    CSJ_INTEGER = 2, /* value: the bits of an int64_t */
    CSJ_DOUBLE = 3,  /* value: the bits of a double */
    CSJ_STRING = 4,  /* value: text offset << 32 | length */
    CSJ_ARRAY = 5,   /* value: number of elements << 32 | index of the node after the last inside */
    CSJ_OBJECT = 6   /* value: number of members << 32 | index of the node after the last inside */
};

/* What a lenient parser marks where a strict one refuses. */
enum {
    CSJ_REPEATED = 1, /* another member of the object has the same name */
    CSJ_RANGE = 2,    /* a number beyond int64_t, or beyond a double; value: as good as any other */
    CSJ_TEXT = 4,     /* a string with NUL or half of a surrogate pair, which stands as U+E000 to U+E7FF */
    CSJ_LONG = 8      /* a string longer than string_bytes */
};

/* One value, in document order; 16 bytes. The key is empty unless its container is an object. */
typedef struct {
    uint64_t value;
    uint32_t key_offset;
    uint16_t key_length; /* the greatest number also for longer ones, whose length lies before the text */
    uint8_t kind;
    uint8_t flaws;
} csj_node;

typedef struct {
    uint32_t bytes;
    uint32_t depth;
    uint32_t members; /* members of objects and elements of arrays, together */
    uint32_t key_bytes;
    uint32_t string_bytes;
} csj_limits;

enum {
    CSJ_OK = 0,
    CSJ_SYNTAX = 1,
    CSJ_TOO_LARGE = 2,
    CSJ_NO_MEMORY = 3
};

typedef struct {
    int32_t status;
    uint32_t node_count;
    uint32_t text_count;
    uint32_t pointer_count;
    const csj_node *nodes;
    const uint8_t *text;
    const char *pointer; /* JSON pointer to what was refused, where it is known */
} csj_result;

typedef struct csj_parser csj_parser;

/* A lenient one takes all JSON that keeps to the limits of bytes, depth and members, and marks the flaws of values; those
 * of names it passes over. */
csj_parser *csj_parser_create(csj_limits limits, int is_lenient);
void csj_parser_destroy(csj_parser *parser);
csj_result csj_parse(csj_parser *parser, const uint8_t *bytes, size_t count);

/* The index of the member's value, or 0 (the root is nobody's member) when there is none. */
uint32_t csj_find(const csj_node *nodes, const uint8_t *text, uint32_t object,
                  const uint8_t *key, size_t key_length);

/* Whether two runs of bytes are the same; quicker than memcmp for the short ones that names are. */
int csj_is_same(const uint8_t *bytes, const uint8_t *other, size_t count);

/* Whether all bytes are printable ASCII and none a space. */
int csj_is_graphic(const uint8_t *bytes, size_t count);

/* A hash of bytes, the same on every machine; the seed makes it another one. */
uint64_t csj_hash(const uint8_t *bytes, size_t count, uint64_t seed);

/* The same number for the same content, on every machine. Not cryptographic. */
uint64_t csj_content_hash(const csj_node *nodes, const uint8_t *text, uint32_t node);

/* What stands before a value: a comma, and in an object the member's name, else null. */
typedef struct {
    const uint8_t *bytes;
    size_t count;
    int32_t comma;
} csj_name;

/* Each writes a name and what follows, where there is room for it: the name's bytes and 5, and the
 * value's. They return the number of bytes written. */
size_t csj_put_name(uint8_t *to, csj_name name, uint8_t then);
size_t csj_put_string(uint8_t *to, csj_name name, const uint8_t *bytes, size_t count); /* 6 each, 1 */
size_t csj_put_integer(uint8_t *to, csj_name name, int64_t value);                     /* 20 */

#ifdef __cplusplus
}
#endif

#endif
