/// Changes JSON texts at random, from the request's seed.
#include "tasks.h"

#include <stdio.h>
#include <stdlib.h>

/// What a value may become. JSON texts all.
static const char *const odd_values[] = {
    "null",
    "true",
    "0",
    "-0.0",
    "-1",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "18446744073709551615",
    "123456789012345678901234567890",
    "1e308",
    "-1e-308",
    "1e999",
    "0.1",
    "\"\"",
    "\"\\u0000\"",
    "\"../../../../etc/passwd\"",
    "\"/etc/passwd\"",
    "\"a\\nb\\tc\\\"d,e;f\"",
    "\"\\ud83d\\ude00\\u00e9\\u202e\\ufeff\"",
    "\"%s%n%x\"",
    "\"NaN\"",
    "\"<script>alert(1)</script>\"",
    "[]",
    "{}",
    "[[]]",
    "[null, [null, [null]]]",
    "{\"\": {\"\": 1}}",
    "[1, \"two\", {\"three\": 3}]",
    "[[0, 0], [100, 100], [1e300, -1e300]]",
};

enum { ODD_COUNT = sizeof odd_values / sizeof odd_values[0] };

typedef struct text {
    char *bytes;
    size_t count;
    size_t capacity;
} text_t;

static void append(text_t *text, const void *bytes, size_t count) {
    if (text->count + count > text->capacity) {
        text->capacity = (text->count + count) * 2;
        text->bytes = realloc(text->bytes, text->capacity);
        if (!text->bytes) {
            give_up("Memory ran out.");
        }
    }
    memcpy(text->bytes + text->count, bytes, count);
    text->count += count;
}

typedef struct mutation {
    const uint8_t *text;
    const postil_json_item_t *items;
    text_t *out;
    uint64_t one_in; ///< A value is replaced once in so many.
} mutation_t;

static void append_long_text(text_t *out) {
    append(out, "\"", 1);
    for (uint64_t i = 1 + random_below(70000); i > 0; i--) {
        append(out, "x", 1);
    }
    append(out, "\"", 1);
}

static void emit(const mutation_t *mutation, uint32_t at);

static void emit_children(const mutation_t *mutation, uint32_t at) {
    const postil_json_item_t *item = &mutation->items[at];
    bool is_object = mutation->text[item->start] == '{';
    append(mutation->out, is_object ? "{" : "[", 1);
    bool is_first = true;
    uint32_t child = at + 1;
    for (uint32_t i = 0; i < item->count; i++) {
        uint32_t value = is_object ? mutation->items[child].next : child;
        uint32_t next = mutation->items[value].next;
        // Mostly once; now and then dropped or doubled. A doubled member is a duplicate key.
        uint64_t chance = random_below(mutation->one_in);
        for (int times = chance == 0 ? 0 : chance == 1 ? 2 : 1; times > 0; times--) {
            append(mutation->out, ",", is_first ? 0 : 1);
            is_first = false;
            if (is_object) {
                const postil_json_item_t *name = &mutation->items[child];
                append(mutation->out, mutation->text + name->start, name->end - name->start);
                append(mutation->out, ":", 1);
            }
            emit(mutation, value);
        }
        child = next;
    }
    append(mutation->out, is_object ? "}" : "]", 1);
}

static void emit(const mutation_t *mutation, uint32_t at) {
    const postil_json_item_t *item = &mutation->items[at];
    uint8_t first = mutation->text[item->start];
    if (at != 0 && random_below(mutation->one_in) == 0) {
        uint64_t odd = random_below(ODD_COUNT + 1);
        if (odd == ODD_COUNT) {
            append_long_text(mutation->out);
        } else {
            append(mutation->out, odd_values[odd], strlen(odd_values[odd]));
        }
    } else if (first == '{' || first == '[') {
        emit_children(mutation, at);
    } else {
        append(mutation->out, mutation->text + item->start, item->end - item->start);
    }
}

task_list_t tasks_mutated(task_list_t source) {
    text_t out = {NULL, 0, 0};
    append(&out, "[", 1);
    for (size_t i = 0; i < source.count; i++) {
        postil_json_document_t *document = NULL;
        postil_json_error_t error;
        if (postil_json_document_make(source.tasks[i].json, source.tasks[i].count, &document,
                                      &error) != POSTIL_JSON_OK) {
            give_up("A task of the check is not JSON.");
        }
        mutation_t mutation = {postil_json_document_text(document),
                               postil_json_document_items(document), &out, 4 + random_below(40)};
        append(&out, ",", i > 0 ? 1 : 0);
        emit(&mutation, 0);
        postil_json_document_free(document);
    }
    append(&out, "]", 1);
    task_list_t list = tasks_parse((postil_bytes_t){(const uint8_t *)out.bytes, out.count});
    for (size_t i = 0; i < list.count && i < source.count; i++) {
        list.tasks[i].id = source.tasks[i].id;
    }
    free(out.bytes);
    return list;
}
