#include "asking.h"
#include "guarded_error.h"

#include <stdio.h>
#include <stdlib.h>

static const char *const names[] = {"tag.validate_config", "tag.validate_result", "tag.normalize",
                                    "tag.measures"};

static uint64_t digest_text(uint64_t digest, const uint8_t *bytes, uint64_t count) {
    for (uint64_t i = 0; i < count; i++) {
        digest = (digest ^ bytes[i]) * 0x100000001B3;
    }
    return (digest ^ 0xFF) * 0x100000001B3;
}

static void take_problem(void *context, const postil_problem_t *problem) {
    tag_answer_t *answer = context;
    if (!problem || problem->size < sizeof *problem) {
        fail("A problem was reported without `size`.");
        return;
    }
    if (problem->code.count == 0 || problem->message.count == 0) {
        fail("A problem was reported without a code or a message.");
    }
    if (problem->pointer.count > 0 && problem->pointer.bytes[0] != '/') {
        fail("A problem has the pointer `%.*s`; a JSON pointer begins with a slash.",
             (int)problem->pointer.count, (const char *)problem->pointer.bytes);
    }
    if (answer->problems++ == 0) {
        snprintf(answer->first_problem, sizeof answer->first_problem, "%.*s: %.*s",
                 (int)problem->code.count, (const char *)problem->code.bytes,
                 (int)problem->message.count, (const char *)problem->message.bytes);
    }
    const postil_bytes_t texts[] = {problem->code, problem->pointer, problem->message,
                                    problem->hint};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        answer->digest = digest_text(answer->digest, texts[i].bytes, texts[i].count);
    }
}

typedef struct text {
    char *bytes;
    size_t count;
} text_t;

static postil_status_t append(void *context, postil_bytes_t piece) {
    text_t *text = context;
    text->bytes = realloc(text->bytes, text->count + piece.count + 1);
    if (!text->bytes) {
        give_up("Memory ran out.");
    }
    memcpy(text->bytes + text->count, piece.bytes, piece.count);
    text->count += piece.count;
    text->bytes[text->count] = 0;
    return POSTIL_OK;
}

/// What was built, checked as a host does, as JSON text.
static char *take_built(postil_arena_t *built, const char *function) {
    postil_build_finish(postil_arena_builder(built));
    stream_t stream = stream_make();
    postil_arena_t *copy = postil_arena_make(1, UINT64_MAX, POSTIL_ARENA_BYTES_MAX);
    if (!copy || postil_arena_begin(copy) != POSTIL_JSON_OK) {
        give_up("Memory ran out.");
    }
    postil_json_error_t error = {0};
    text_t text = {NULL, 0};
    if (postil_arena_take(copy, stream.keys, built, &error) != POSTIL_JSON_OK) {
        fail("%s built something that a host refuses (problem %d at byte %llu).", function,
             error.code, (unsigned long long)error.offset);
    } else {
        uint64_t count = 0;
        uint8_t *bytes = postil_arena_finish(copy, stream.keys, &count);
        sealed_batch_t batch = batch_of_arena(&stream, bytes, count);
        postil_value_t root = postil_batch_value(&batch.batch, 0);
        if (root.node) {
            if (root.node->kind != POSTIL_KIND_OBJECT) {
                fail("%s built something else than an object.", function);
            }
            postil_tree_render(batch.batch.key_names_borrowed, batch.batch.key_count, root.node, 0,
                               &text, append);
        }
        batch_free(&batch);
    }
    postil_arena_free(copy);
    stream_free(&stream);
    return text.bytes;
}

static postil_status_t call(const postil_tag_t *table, tag_function_t function,
                            const postil_tag_call_t *call, const postil_problems_t *problems,
                            postil_builder_t *builder, postil_error_t *error) {
    switch (function) {
    case VALIDATE_CONFIG:
        return table->validate_config ? table->validate_config(call, problems, error) : 0;
    case VALIDATE_RESULT:
        return table->validate_result ? table->validate_result(call, problems, error) : 0;
    case NORMALIZE:
        return table->normalize ? table->normalize(call, builder, error) : 0;
    default:
        return table->measures ? table->measures(call, builder, error) : 0;
    }
}

tag_answer_t ask_tag(const postil_tag_t *table, tag_function_t function, question_t question) {
    tag_answer_t answer = {.digest = 1};
    // Each tree has a stream of its own, as in a host.
    stream_t streams[3] = {stream_make(), stream_make(), stream_make()};
    const postil_bytes_t texts[3] = {question.element, question.data, question.result};
    sealed_batch_t trees[3];
    for (int i = 0; i < 3; i++) {
        if (texts[i].count > 0) {
            trees[i] = batch_of_json(&streams[i], texts[i]);
        }
    }
    bool has_result = function != VALIDATE_CONFIG;
    postil_tag_call_t arguments = {
        .size = sizeof arguments,
        .tag = postil_text(request.name),
        .element_borrowed = texts[0].count > 0 ? &trees[0].batch : NULL,
        .data_borrowed = has_result && texts[1].count > 0 ? &trees[1].batch : NULL,
        .result_borrowed = has_result && texts[2].count > 0 ? &trees[2].batch : NULL,
    };
    postil_problems_t problems = {sizeof problems, 0, &answer, take_problem};
    postil_arena_t *arena = postil_arena_make(1, UINT64_MAX, 64 << 20);
    if (!arena || postil_arena_begin(arena) != POSTIL_JSON_OK) {
        give_up("Memory ran out.");
    }
    guarded_error_t error = guarded_error_make(0);
    entering(names[function], 0);
    answer.status =
        call(table, function, &arguments, &problems, postil_arena_builder(arena), &error.error);
    left();
    guarded_error_check(&error, names[function], answer.status, POSTIL_OK, false);
    if (answer.status != POSTIL_OK && answer.problems == 0) {
        snprintf(answer.first_problem, sizeof answer.first_problem, "%.255s", error.error.message);
    }
    if (answer.status == POSTIL_OK && (function == NORMALIZE || function == MEASURES)) {
        answer.text = take_built(arena, names[function]);
        if (answer.text) {
            answer.digest =
                digest_text(answer.digest, (const uint8_t *)answer.text, strlen(answer.text));
        }
    }
    postil_arena_free(arena);
    for (int i = 0; i < 3; i++) {
        if (texts[i].count > 0) {
            batch_free(&trees[i]);
        }
        stream_free(&streams[i]);
    }
    return answer;
}

uint64_t ask_all(const postil_tag_t *table, question_t question) {
    uint64_t digest = 0;
    for (int function = VALIDATE_CONFIG; function <= MEASURES; function++) {
        tag_answer_t answer = ask_tag(table, (tag_function_t)function, question);
        digest = digest * 31 + answer.digest + (uint64_t)(uint32_t)answer.status;
        free(answer.text);
    }
    return digest;
}

static postil_bytes_t part(postil_bytes_t json, const char *name) {
    postil_json_document_t *document = NULL;
    postil_json_error_t error;
    postil_bytes_t none = {NULL, 0};
    if (postil_json_document_make(json.bytes, json.count, &document, &error) != POSTIL_JSON_OK) {
        give_up("A question of the check is not JSON.");
    }
    // Never freed: questions point into it.
    const uint8_t *text = postil_json_document_text(document);
    const postil_json_item_t *items = postil_json_document_items(document);
    size_t length = strlen(name);
    uint32_t at = 1;
    for (uint32_t i = 0; i < items[0].count; i++) {
        const postil_json_item_t *value = &items[items[at].next];
        if (items[at].end - items[at].start == length + 2 &&
            memcmp(text + items[at].start + 1, name, length) == 0) {
            return (postil_bytes_t){text + value->start, value->end - value->start};
        }
        at = value->next;
    }
    return none;
}

static question_list_t questions_of(task_list_t list) {
    question_list_t questions = {calloc(list.count + 1, sizeof(question_t)), list.count};
    for (size_t i = 0; i < list.count; i++) {
        postil_bytes_t json = {list.tasks[i].json, list.tasks[i].count};
        postil_bytes_t is_valid = part(json, "valid");
        questions.questions[i] =
            (question_t){part(json, "element"), part(json, "data"), part(json, "result"),
                         !postil_bytes_are(is_valid, "false")};
    }
    return questions;
}

question_list_t sample_questions(void) {
    return questions_of(tasks_parse(request.cases));
}

question_list_t questions_mutated(question_list_t source) {
    (void)source;
    return questions_of(tasks_mutated(tasks_parse(request.cases)));
}

const postil_tag_t *load_tag(void) {
    const postil_tag_t *table = load_capability();
    if (table && table->size < 8) {
        fail("The tag's table does not say its `size`.");
        return NULL;
    }
    if (table && table->size < sizeof *table) {
        static postil_tag_t whole;
        memcpy(&whole, table, table->size);
        return &whole;
    }
    return table;
}
