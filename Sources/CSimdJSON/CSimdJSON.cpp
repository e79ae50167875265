#include "CSimdJSON.h"
#include "Hash.hpp"
#include "Mender.hpp"

#include <simdjson.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <memory>
#include <new>
#include <string>

namespace {

constexpr uint64_t payload_mask = 0x00FFFFFFFFFFFFFF;
constexpr size_t smallest_capacity = 4096;

uint32_t low(uint64_t value) { return uint32_t(value); }
uint32_t high(uint64_t value) { return uint32_t(value >> 32); }
uint64_t packed(uint32_t high, uint32_t low) { return uint64_t(high) << 32 | low; }

bool is_container(const csj_node &node) { return node.kind >= CSJ_ARRAY; }

/* The node after this one and all that is inside it. */
uint32_t after(const csj_node *nodes, uint32_t index) {
    return is_container(nodes[index]) ? low(nodes[index].value) : index + 1;
}

/* The bytes of a member's name. */
uint32_t key_size(const csj_node &node, const uint8_t *text) {
    if (node.key_length < UINT16_MAX) return node.key_length;
    uint32_t size;
    std::memcpy(&size, text + node.key_offset - 4, 4);
    return size;
}

uint64_t hash_number(const csj_node &node) {
    if (node.flaws & CSJ_RANGE) return mix(node.value ^ odd4, odd2 ^ CSJ_DOUBLE);
    if (node.kind == CSJ_INTEGER) return mix(node.value ^ odd3, odd4 ^ CSJ_INTEGER);
    double number;
    std::memcpy(&number, &node.value, 8);
    /* 2.0 is 2, and -0.0 is 0; the bounds are those of int64_t, exactly. */
    if (number >= -9223372036854775808.0 && number < 9223372036854775808.0) {
        int64_t whole = int64_t(number);
        if (double(whole) == number) return mix(uint64_t(whole) ^ odd3, odd4 ^ CSJ_INTEGER);
    }
    return mix(node.value ^ odd2, odd1 ^ CSJ_DOUBLE);
}

/* A string that was mended is none that was whole. */
uint64_t string_seed(const csj_node &node) {
    return node.flaws & CSJ_TEXT ? CSJ_OBJECT + 1 : CSJ_STRING;
}

uint64_t hash_node(const csj_node *nodes, const uint8_t *text, uint32_t index) {
    const csj_node &node = nodes[index];
    switch (node.kind) {
    case CSJ_NULL: return mix(odd1, odd2);
    case CSJ_BOOL: return mix(odd1 + 1 + node.value, odd3);
    case CSJ_INTEGER:
    case CSJ_DOUBLE: return hash_number(node);
    case CSJ_STRING: return hash_bytes(text + high(node.value), low(node.value), string_seed(node));
    case CSJ_ARRAY: {
        uint64_t hash = odd2;
        for (uint32_t i = index + 1; i < low(node.value); i = after(nodes, i))
            hash = mix(hash ^ hash_node(nodes, text, i), odd1) + odd4;
        return mix(hash ^ high(node.value), odd3 ^ CSJ_ARRAY);
    }
    default: {
        /* A sum, since the order of members says nothing. */
        uint64_t sum = 0;
        for (uint32_t i = index + 1; i < low(node.value); i = after(nodes, i)) {
            uint64_t key = hash_bytes(text + nodes[i].key_offset, key_size(nodes[i], text), CSJ_OBJECT);
            sum += mix(key ^ odd1, hash_node(nodes, text, i) ^ odd3);
        }
        return mix(sum ^ odd4, odd2 ^ high(node.value));
    }
    }
}

/* Names that may stand in a header or a log: no payload in disguise, no control characters. */
bool is_plain_name(const uint8_t *bytes, size_t count) {
    if (count == 0 || count > 64) return false;
    return std::all_of(bytes, bytes + count, [](uint8_t c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
            || c == '_' || c == '-' || c == '.';
    });
}

/* Sixteen bytes that any machine compares and copies at once, and the same as two words. */
typedef uint8_t block __attribute__((vector_size(16)));
typedef uint64_t two_words __attribute__((vector_size(16)));

/* Whether none of the bytes needs an escape: no control character, quote or backslash. */
bool is_plain(block bytes) {
    const auto odd = two_words((bytes < uint8_t(0x20)) | (bytes == uint8_t('"')) | (bytes == uint8_t('\\')));
    return (odd[0] | odd[1]) == 0;
}

/* Comparison without a call, for the short texts that names are. */
bool is_same(const uint8_t *a, const uint8_t *b, size_t count) {
    if (count >= 8) {
        for (size_t i = 0; i + 8 < count; i += 8)
            if (load8(a + i) != load8(b + i)) return false;
        return load8(a + count - 8) == load8(b + count - 8);
    }
    return load_rest(a, count) == load_rest(b, count);
}

/* A copy without a call, for the short texts that names are. */
void copy(uint8_t *to, const uint8_t *from, size_t count) {
    if (count >= 8) {
        for (size_t i = 0; i + 8 < count; i += 8) std::memcpy(to + i, from + i, 8);
        std::memcpy(to + count - 8, from + count - 8, 8);
    } else if (count >= 4) {
        std::memcpy(to, from, 4);
        std::memcpy(to + count - 4, from + count - 4, 4);
    } else if (count > 0) {
        to[0] = from[0];
        to[count / 2] = from[count / 2];
        to[count - 1] = from[count - 1];
    }
}

constexpr uint64_t spaces = 0x2020202020202020;

/* A word as a block of sixteen; a shorter one among spaces, which need no escape. */
block as_block(block word) { return word; }
block as_block(uint64_t word) { return block(two_words{word, spaces}); }
block as_block(uint32_t word) { return as_block(spaces << 32 | word); }

/* Copies a word of sixteen, eight or four bytes unless one of them needs an escape. */
template <typename word> bool copy_plain_word(uint8_t *to, const uint8_t *from) {
    word value;
    std::memcpy(&value, from, sizeof value);
    if (!is_plain(as_block(value))) return false;
    std::memcpy(to, &value, sizeof value);
    return true;
}

/* Copies what needs no escape, word by word and the last by its end, up to the first word of which a byte does. */
template <typename word> size_t copy_plain_words(uint8_t *to, const uint8_t *from, size_t count) {
    size_t i = 0;
    for (; i + sizeof(word) <= count; i += sizeof(word))
        if (!copy_plain_word<word>(to + i, from + i)) return i;
    const size_t rest = count - sizeof(word);
    return i == count || copy_plain_word<word>(to + rest, from + rest) ? count : i;
}

/* Copies what needs no escape, by words; returns how many bytes, up to fifteen fewer than need none. */
size_t copy_plain(uint8_t *to, const uint8_t *from, size_t count) {
    if (count >= 16) return copy_plain_words<block>(to, from, count);
    if (count >= 8) return copy_plain_words<uint64_t>(to, from, count);
    return count >= 4 ? copy_plain_words<uint32_t>(to, from, count) : 0;
}

struct frame {
    uint32_t node;
    uint32_t count;
};

} // namespace

struct csj_parser {
    csj_limits limits;
    bool is_lenient = false;
    simdjson::dom::parser dom;
    std::unique_ptr<uint8_t[]> input;
    size_t capacity = 0;
    std::unique_ptr<csj_node[]> nodes;
    std::unique_ptr<frame[]> frames;
    std::unique_ptr<uint32_t[]> sorted;
    std::string pointer;
    mender mending;

    bool grow(size_t count);
    csj_result parse(const uint8_t *bytes, size_t count);

private:
    uint32_t node_count = 0;
    uint32_t open = 0; /* frames in use */
    size_t text_end = 0;

    csj_result refuse(int32_t status) const;
    int32_t walk(bool has_escapes);
    int32_t close();
    bool is_mendable(size_t count);
    /* As many in one text are more than its members may have. */
    size_t mended_most() const { return 2 * size_t(limits.members) + 2; }
    void mark_mended();
    uint8_t text_at(uint64_t payload, uint32_t limit, bool has_escapes, uint32_t &offset,
                    uint32_t &length);
    int32_t refusal(uint8_t flaws) const;
    bool same_key(uint32_t a, uint32_t b) const;
    uint32_t mark_repeated(uint32_t a, uint32_t b, uint32_t first);
    uint32_t mark_repeated_members(uint32_t object, uint32_t count);
    bool point_to_container();
    void point_to_member(uint32_t key_offset, uint32_t key_length);
    bool append_name(uint32_t key_offset, uint32_t key_length);
    uint8_t *text() const { return dom.doc.string_buf.get(); }
};

bool csj_parser::grow(size_t count) {
    if (count <= capacity) return true;
    size_t wanted = smallest_capacity;
    while (wanted < count) wanted *= 2;
    input.reset(new (std::nothrow) uint8_t[wanted + simdjson::SIMDJSON_PADDING]);
    capacity = 0;
    /* Deeper than ours, so that the walk says where; far deeper, simdjson itself refuses. */
    if (!input || dom.allocate(wanted, limits.depth + 8) || dom.doc.allocate(wanted)) return false;
    capacity = wanted;
    return true;
}

csj_result csj_parser::refuse(int32_t status) const {
    return {status, 0, 0, uint32_t(pointer.size()), nullptr, nullptr, pointer.data()};
}

csj_result csj_parser::parse(const uint8_t *bytes, size_t count) {
    pointer.clear();
    if (count > limits.bytes) return refuse(CSJ_TOO_LARGE);
    if (count == 0 || bytes[0] == 0xEF) return refuse(CSJ_SYNTAX); /* nothing, or a byte order mark */
    if (!grow(count)) return refuse(CSJ_NO_MEMORY);
    std::memcpy(input.get(), bytes, count);
    std::memset(input.get() + count, 0, simdjson::SIMDJSON_PADDING);
    auto error = dom.parse(input.get(), count, false).error();
    mending.flaws.clear();
    if (error && is_lenient && is_mendable(count)) {
        if (mending.flaws.size() == mended_most()) return refuse(CSJ_TOO_LARGE);
        error = dom.parse(input.get(), count, false).error();
    }
    if (error == simdjson::DEPTH_ERROR) return refuse(CSJ_TOO_LARGE);
    if (error == simdjson::MEMALLOC) return refuse(CSJ_NO_MEMORY);
    if (error) return refuse(CSJ_SYNTAX);
    int32_t status = walk(std::memchr(bytes, '\\', count));
    if (status) return refuse(status);
    if (!mending.flaws.empty()) mark_mended();
    return {CSJ_OK, node_count, uint32_t(text_end), 0, nodes.get(), text(), nullptr};
}

/* Whether a text that simdjson has refused may do in another form, which then lies there. */
bool csj_parser::is_mendable(size_t count) {
    mending.mend(input.get(), count, mended_most());
    return !mending.flaws.empty();
}

/* Marks the values that were mended: strings and numbers in the order of the text, names before their values. */
void csj_parser::mark_mended() {
    auto flaw = mending.flaws.begin();
    uint32_t token = 0;
    for (uint32_t i = 0; i < node_count; i++) {
        csj_node &node = nodes[i];
        if (node.key_offset != 0) token++;
        if (node.kind < CSJ_INTEGER || node.kind > CSJ_STRING) continue;
        while (flaw != mending.flaws.end() && flaw->token < token) flaw++;
        if (flaw == mending.flaws.end()) return;
        if (flaw->token == token++) {
            node.flaws |= node.kind == CSJ_STRING ? CSJ_TEXT : CSJ_RANGE;
            if (node.kind != CSJ_STRING) node.value = flaw->hash;
        }
    }
}

/* Visits every value on simdjson's tape once and lays it down as a node. */
int32_t csj_parser::walk(bool has_escapes) {
    const uint64_t *tape = dom.doc.tape.get();
    const size_t last = size_t(tape[0] & payload_mask) - 1;
    node_count = 0;
    open = 0;
    text_end = 0;
    for (size_t i = 1; i < last; i++) {
        uint8_t type = uint8_t(tape[i] >> 56);
        if (type == '}' || type == ']') {
            if (int32_t status = close()) return status;
            continue;
        }
        uint32_t key_offset = 0, key_length = 0;
        if (open > 0) {
            frame &inside = frames[open - 1];
            if (node_count > limits.members) {
                point_to_container();
                return CSJ_TOO_LARGE;
            }
            inside.count++;
            if (nodes[inside.node].kind == CSJ_OBJECT) {
                uint8_t flaws = text_at(tape[i], limits.key_bytes, has_escapes, key_offset, key_length);
                if (flaws && !is_lenient) {
                    point_to_container();
                    return refusal(flaws);
                }
                i++;
                type = uint8_t(tape[i] >> 56);
            }
        }
        csj_node &node = nodes[node_count];
        node = {0, key_offset, uint16_t(std::min(key_length, uint32_t(UINT16_MAX))), CSJ_NULL, 0};
        switch (type) {
        case '{':
        case '[':
            if (open == limits.depth) {
                point_to_member(key_offset, key_length);
                return CSJ_TOO_LARGE;
            }
            node.kind = type == '{' ? CSJ_OBJECT : CSJ_ARRAY;
            frames[open++] = {node_count, 0};
            break;
        case '"': {
            uint32_t offset, length;
            node.flaws = text_at(tape[i], limits.string_bytes, has_escapes, offset, length);
            if (node.flaws && !is_lenient) {
                point_to_member(key_offset, key_length);
                return refusal(node.flaws);
            }
            node.kind = CSJ_STRING;
            node.value = packed(offset, length);
            break;
        }
        case 'l':
            node.kind = CSJ_INTEGER;
            node.value = tape[++i];
            break;
        case 'd':
            node.kind = CSJ_DOUBLE;
            node.value = tape[++i];
            break;
        case 't':
        case 'f':
            node.kind = CSJ_BOOL;
            node.value = type == 't';
            break;
        case 'n':
            break;
        default: /* 'u': an integer beyond int64_t */
            if (!is_lenient) {
                point_to_member(key_offset, key_length);
                return CSJ_SYNTAX;
            }
            node.kind = CSJ_DOUBLE;
            node.flaws = CSJ_RANGE;
            node.value = tape[++i];
        }
        node_count++;
    }
    return CSJ_OK;
}

int32_t csj_parser::close() {
    const frame inside = frames[open - 1];
    csj_node &node = nodes[inside.node];
    node.value = packed(inside.count, node_count);
    if (node.kind == CSJ_OBJECT) {
        const uint32_t repeated = mark_repeated_members(inside.node, inside.count);
        if (repeated && !is_lenient) {
            if (point_to_container())
                append_name(nodes[repeated].key_offset, nodes[repeated].key_length);
            return CSJ_SYNTAX;
        }
    }
    open--;
    return CSJ_OK;
}

/* Where a text lies, and its flaws. */
uint8_t csj_parser::text_at(uint64_t payload, uint32_t limit, bool has_escapes, uint32_t &offset,
                            uint32_t &length) {
    size_t start = size_t(payload & payload_mask);
    std::memcpy(&length, text() + start, 4);
    offset = uint32_t(start + 4);
    text_end = start + 4 + length;
    const uint8_t flaws = has_escapes && mend_text(text() + offset, length) ? CSJ_TEXT : 0;
    return length > limit ? flaws | CSJ_LONG : flaws;
}

int32_t csj_parser::refusal(uint8_t flaws) const {
    return flaws & CSJ_LONG ? CSJ_TOO_LARGE : CSJ_SYNTAX;
}

bool csj_parser::same_key(uint32_t a, uint32_t b) const {
    return nodes[a].key_length == nodes[b].key_length
        && std::memcmp(text() + nodes[a].key_offset, text() + nodes[b].key_offset,
                       nodes[a].key_length) == 0;
}

/* Marks two members of one name; the first such in the object, of the one known so far and these. */
uint32_t csj_parser::mark_repeated(uint32_t a, uint32_t b, uint32_t first) {
    nodes[a].flaws |= CSJ_REPEATED;
    nodes[b].flaws |= CSJ_REPEATED;
    return first == 0 || b < first ? b : first;
}

/* Marks members that share a name; the first whose name an earlier one has, or 0. Small objects pairwise, others
 * sorted. */
uint32_t csj_parser::mark_repeated_members(uint32_t object, uint32_t count) {
    if (count < 2) return 0;
    constexpr uint32_t pairwise_max = 24;
    uint32_t first = 0;
    if (count <= pairwise_max) {
        uint32_t members[pairwise_max];
        uint64_t prints[pairwise_max]; /* length and first bytes: nearly always enough */
        uint32_t member = object + 1;
        for (uint32_t i = 0; i < count; i++, member = after(nodes.get(), member)) {
            const uint32_t length = nodes[member].key_length;
            /* Behind every text lie its terminator and simdjson's padding: 8 bytes can be read. */
            uint64_t print = load8(text() + nodes[member].key_offset);
            if (length < 8) print &= (uint64_t(1) << (8 * length)) - 1;
            print ^= uint64_t(length) << 56;
            members[i] = member;
            prints[i] = print;
            for (uint32_t j = 0; j < i; j++)
                if (prints[j] == print && same_key(members[j], member))
                    first = mark_repeated(members[j], member, first);
        }
        return first;
    }
    uint32_t member = object + 1;
    for (uint32_t i = 0; i < count; i++, member = after(nodes.get(), member)) sorted[i] = member;
    std::sort(sorted.get(), sorted.get() + count, [this](uint32_t a, uint32_t b) {
        if (nodes[a].key_length != nodes[b].key_length)
            return nodes[a].key_length < nodes[b].key_length;
        int order = std::memcmp(text() + nodes[a].key_offset, text() + nodes[b].key_offset,
                                nodes[a].key_length);
        return order != 0 ? order < 0 : a < b;
    });
    for (uint32_t i = 1; i < count; i++)
        if (same_key(sorted[i - 1], sorted[i])) first = mark_repeated(sorted[i - 1], sorted[i], first);
    return first;
}

/* A pointer ends before the first name that isn't plain: pointers go into headers and logs. A lenient parser's ends before
 * a name of digits as well, so that its numbers are places in arrays, and no sender's. */
bool csj_parser::append_name(uint32_t key_offset, uint32_t key_length) {
    const uint8_t *name = text() + key_offset;
    if (!is_plain_name(name, key_length)) return false;
    if (is_lenient && std::all_of(name, name + key_length, is_digit)) return false;
    pointer += '/';
    pointer.append(reinterpret_cast<const char *>(text() + key_offset), key_length);
    return true;
}

bool csj_parser::point_to_container() {
    pointer.clear();
    for (uint32_t i = 1; i < open; i++) {
        const csj_node &node = nodes[frames[i].node];
        if (nodes[frames[i - 1].node].kind == CSJ_OBJECT) {
            if (!append_name(node.key_offset, node.key_length)) return false;
        } else {
            pointer += '/' + std::to_string(frames[i - 1].count - 1);
        }
    }
    return true;
}

void csj_parser::point_to_member(uint32_t key_offset, uint32_t key_length) {
    if (!point_to_container() || open == 0) return;
    if (nodes[frames[open - 1].node].kind == CSJ_OBJECT) {
        append_name(key_offset, key_length);
    } else {
        pointer += '/' + std::to_string(frames[open - 1].count - 1);
    }
}

csj_parser *csj_parser_create(csj_limits limits, int is_lenient) {
    std::unique_ptr<csj_parser> parser(new (std::nothrow) csj_parser);
    if (!parser) return nullptr;
    parser->limits = limits;
    parser->is_lenient = is_lenient;
    parser->nodes.reset(new (std::nothrow) csj_node[size_t(limits.members) + 1]);
    parser->sorted.reset(new (std::nothrow) uint32_t[size_t(limits.members) + 1]);
    parser->frames.reset(new (std::nothrow) frame[size_t(limits.depth) + 1]);
    if (!parser->nodes || !parser->sorted || !parser->frames) return nullptr;
    return parser.release();
}

void csj_parser_destroy(csj_parser *parser) { delete parser; }

csj_result csj_parse(csj_parser *parser, const uint8_t *bytes, size_t count) {
    return parser->parse(bytes, count);
}

uint32_t csj_find(const csj_node *nodes, const uint8_t *text, uint32_t object, const uint8_t *key,
                  size_t key_length) {
    const uint32_t end = low(nodes[object].value);
    for (uint32_t i = object + 1; i < end; i = after(nodes, i))
        if (nodes[i].key_length == key_length && is_same(text + nodes[i].key_offset, key, key_length))
            return i;
    return 0;
}

int csj_is_same(const uint8_t *bytes, const uint8_t *other, size_t count) {
    return is_same(bytes, other, count);
}

int csj_is_graphic(const uint8_t *bytes, size_t count) {
    uint8_t odd = 0; /* without a branch, so that the compiler takes many at once */
    for (size_t i = 0; i < count; i++) odd |= uint8_t(bytes[i] - 0x21) > 0x7e - 0x21;
    return !odd;
}

uint64_t csj_hash(const uint8_t *bytes, size_t count, uint64_t seed) {
    return hash_bytes(bytes, count, seed);
}

uint64_t csj_content_hash(const csj_node *nodes, const uint8_t *text, uint32_t node) {
    return hash_node(nodes, text, node);
}

size_t csj_put_name(uint8_t *to, csj_name name, uint8_t then) {
    uint8_t *out = to;
    if (name.comma) *out++ = ',';
    if (name.bytes) {
        *out++ = '"';
        copy(out, name.bytes, name.count);
        out += name.count;
        *out++ = '"';
        *out++ = ':';
    }
    if (then) *out++ = then;
    return size_t(out - to);
}

size_t csj_put_string(uint8_t *to, csj_name name, const uint8_t *bytes, size_t count) {
    static const char digits[] = "0123456789abcdef";
    uint8_t *out = to + csj_put_name(to, name, '"');
    size_t i = copy_plain(out, bytes, count);
    out += i;
    while (i < count) {
        const uint8_t byte = bytes[i++];
        if (byte >= 0x20 && byte != '"' && byte != '\\') {
            *out++ = byte;
            continue;
        }
        *out++ = '\\';
        switch (byte) {
        case '"':
        case '\\': *out++ = byte; break;
        case '\b': *out++ = 'b'; break;
        case '\t': *out++ = 't'; break;
        case '\n': *out++ = 'n'; break;
        case '\f': *out++ = 'f'; break;
        case '\r': *out++ = 'r'; break;
        default:
            std::memcpy(out, "u00", 3);
            out[3] = uint8_t(digits[byte >> 4]);
            out[4] = uint8_t(digits[byte & 15]);
            out += 5;
        }
    }
    *out++ = '"';
    return size_t(out - to);
}

size_t csj_put_integer(uint8_t *to, csj_name name, int64_t value) {
    char *out = reinterpret_cast<char *>(to + csj_put_name(to, name, 0));
    return size_t(std::to_chars(out, out + 20, value).ptr - reinterpret_cast<char *>(to));
}
