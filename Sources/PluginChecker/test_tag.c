/// Tags.
#define _GNU_SOURCE 1

#include "asking.h"
#include "syscall_trap.h"
#include "tests.h"
#include "together.h"

#include <malloc.h>
#include <math.h>
#include <stdlib.h>

void test_tag_table(void) {
    const postil_tag_t *table = load_tag();
    if (table && table->reserved != 0) {
        fail("`reserved` of the tag's table is not zero.");
    }
}

void test_tag_sample(void) {
    const postil_tag_t *table = load_tag();
    if (!table) {
        return;
    }
    question_list_t list = sample_questions();
    for (size_t i = 0; i < list.count; i++) {
        tag_answer_t config = ask_tag(table, VALIDATE_CONFIG, list.questions[i]);
        tag_answer_t result = ask_tag(table, VALIDATE_RESULT, list.questions[i]);
        if (!request.is_sample_own) {
            continue;
        }
        bool is_refused = config.problems > 0 || result.problems > 0 || result.status < 0;
        if (list.questions[i].is_valid && is_refused) {
            fail("Case %zu of the plugin's own sample is refused: %s", i + 1,
                 config.problems > 0 ? config.first_problem : result.first_problem);
        } else if (!list.questions[i].is_valid && !is_refused) {
            fail("Case %zu of the plugin's own sample is accepted; the sample says `valid: false`.",
                 i + 1);
        }
    }
    note("%zu cases", list.count);
}

void test_tag_pure(void) {
    const postil_tag_t *table = load_tag();
    if (!table) {
        return;
    }
    question_list_t list = sample_questions();
    uint64_t *forward = calloc(list.count + 1, sizeof *forward);
    if (!forward) {
        give_up("Memory ran out.");
    }
    for (size_t i = 0; i < list.count; i++) {
        forward[i] = ask_all(table, list.questions[i]);
    }
    for (size_t i = list.count; i > 0; i--) {
        if (ask_all(table, list.questions[i - 1]) != forward[i - 1]) {
            fail("Asked again, and in another order, the tag answers case %zu differently: its "
                 "functions are pure.",
                 i);
            break;
        }
    }
    free(forward);
}

/// The case's result with the server's in its place.
static question_t with_result(question_t question, const char *text) {
    question.result = postil_text(text);
    return question;
}

void test_tag_normalize(void) {
    const postil_tag_t *table = load_tag();
    if (!table || !table->normalize) {
        return;
    }
    question_list_t list = sample_questions();
    for (size_t i = 0; i < list.count; i++) {
        tag_answer_t judged = ask_tag(table, VALIDATE_RESULT, list.questions[i]);
        if (judged.problems > 0 || judged.status != POSTIL_OK) {
            continue;
        }
        tag_answer_t once = ask_tag(table, NORMALIZE, list.questions[i]);
        if (!once.text) {
            continue;
        }
        question_t again = with_result(list.questions[i], once.text);
        tag_answer_t refused = ask_tag(table, VALIDATE_RESULT, again);
        if (refused.problems > 0) {
            fail("What normalize makes of case %zu is refused by validate_result: %s", i + 1,
                 refused.first_problem);
        }
        tag_answer_t twice = ask_tag(table, NORMALIZE, again);
        if (twice.text && strcmp(once.text, twice.text) != 0) {
            fail("normalize of case %zu, done twice, gives something else than done once.", i + 1);
        }
        free(twice.text);
        free(once.text);
    }
}

/// Each member is a finite number. The orchestrator compares names with the manifest.
static void check_measures(const char *text, size_t number) {
    stream_t stream = stream_make();
    sealed_batch_t batch = batch_of_json(&stream, postil_text(text));
    postil_walk_t walk = postil_children(postil_batch_value(&batch.batch, 0));
    postil_member_t member;
    while (postil_walk_member(&walk, &member)) {
        double value;
        if (!postil_value_double(member.value, &value) || !isfinite(value)) {
            fail("The measure `%.*s` of case %zu is no finite number.", (int)member.name.count,
                 (const char *)member.name.bytes, number);
        }
        // `offers` has a line for each measure of the manifest.
        bool is_listed = false;
        for (postil_bytes_t rest = request.offers; rest.count > 0;) {
            const uint8_t *end = memchr(rest.bytes, '\n', rest.count);
            uint64_t length = end ? (uint64_t)(end - rest.bytes) : rest.count;
            is_listed |= postil_bytes_equal(member.name, (postil_bytes_t){rest.bytes, length});
            rest.bytes += length + (end ? 1 : 0);
            rest.count -= length + (end ? 1 : 0);
        }
        if (!is_listed) {
            fail("The measure `%.*s` is not in the manifest.", (int)member.name.count,
                 (const char *)member.name.bytes);
        }
    }
    batch_free(&batch);
    stream_free(&stream);
}

void test_tag_measures(void) {
    const postil_tag_t *table = load_tag();
    if (!table || !table->measures) {
        return;
    }
    question_list_t list = sample_questions();
    for (size_t i = 0; i < list.count; i++) {
        tag_answer_t judged = ask_tag(table, VALIDATE_RESULT, list.questions[i]);
        if (judged.problems > 0 || judged.status != POSTIL_OK) {
            continue;
        }
        tag_answer_t measured = ask_tag(table, MEASURES, list.questions[i]);
        if (measured.text) {
            check_measures(measured.text, i + 1);
        }
        free(measured.text);
    }
}

void test_tag_odd_results(void) {
    const postil_tag_t *table = load_tag();
    if (!table) {
        return;
    }
    enum { ROUNDS = 60 };
    question_list_t sample = sample_questions();
    for (int round = 0; round < ROUNDS; round++) {
        question_list_t list = questions_mutated(sample);
        for (size_t i = 0; i < list.count; i++) {
            ask_all(table, list.questions[i]);
        }
    }
}

void test_tag_missing_trees(void) {
    const postil_tag_t *table = load_tag();
    if (!table) {
        return;
    }
    question_list_t list = sample_questions();
    for (size_t i = 0; i < list.count; i++) {
        // tag.h: a tree may be NULL, and any of them may be an empty object.
        question_t question = list.questions[i];
        ask_all(table, (question_t){question.element, {NULL, 0}, question.result, true});
        ask_all(table, (question_t){postil_text("{}"), postil_text("{}"), postil_text("{}"), true});
        ask_all(table, (question_t){postil_text("{}"), {NULL, 0}, question.result, true});
    }
}

typedef struct parallel {
    const postil_tag_t *table;
    question_list_t list;
    const uint64_t *expected;
} parallel_t;

static bool ask_often(void *part) {
    const parallel_t *parallel = part;
    bool differs = false;
    for (int round = 0; round < 20; round++) {
        for (size_t i = 0; i < parallel->list.count; i++) {
            differs |=
                ask_all(parallel->table, parallel->list.questions[i]) != parallel->expected[i];
        }
    }
    return differs;
}

void test_tag_threads(void) {
    const postil_tag_t *table = load_tag();
    if (!table) {
        return;
    }
    question_list_t list = sample_questions();
    uint64_t *expected = calloc(list.count + 1, sizeof *expected);
    if (!expected) {
        give_up("Memory ran out.");
    }
    for (size_t i = 0; i < list.count; i++) {
        expected[i] = ask_all(table, list.questions[i]);
    }
    parallel_t parallel[THREADS];
    for (int i = 0; i < THREADS; i++) {
        parallel[i] = (parallel_t){table, list, expected};
    }
    if (any_together(ask_often, parallel, sizeof parallel[0])) {
        fail("Asked from %d threads at once the tag answers differently than from one.", THREADS);
    }
    free(expected);
}

void test_tag_slope(void) {
    const postil_tag_t *table = load_tag();
    if (!table) {
        return;
    }
    enum { WARM = 20, ROUNDS = 200, BYTES_A_ROUND = 16 };
    question_list_t list = sample_questions();
    struct mallinfo2 before = {0};
    for (int round = 0; round < WARM + ROUNDS; round++) {
        if (round == WARM) {
            before = mallinfo2();
        }
        for (size_t i = 0; i < list.count; i++) {
            ask_all(table, list.questions[i]);
        }
    }
    struct mallinfo2 after = mallinfo2();
    double grown =
        (double)(after.uordblks + after.hblkhd) - (double)(before.uordblks + before.hblkhd);
    if (grown > ROUNDS * BYTES_A_ROUND) {
        fail("%d rounds of questions leave %.0f bytes behind.", ROUNDS, grown);
    }
}

void test_tag_calls(void) {
    const postil_tag_t *table = load_tag();
    if (!table) {
        return;
    }
    question_list_t list = sample_questions();
    syscall_trap_begin();
    for (size_t i = 0; i < list.count; i++) {
        ask_all(table, list.questions[i]);
    }
    syscall_trap_end();
    syscall_trap_report("while a tag was asked");
}

/// True if all that `sent` says is also in `stored`, numbers to a millionth.
static bool contains(postil_value_t stored, postil_value_t sent) {
    double a, b;
    if (postil_value_double(sent, &a)) {
        return postil_value_double(stored, &b) && fabs(a - b) <= 1e-6 * fmax(1, fabs(a));
    }
    if (postil_value_kind(sent) != postil_value_kind(stored)) {
        return false;
    }
    postil_walk_t walk = postil_children(sent);
    if (postil_value_is(sent, POSTIL_KIND_OBJECT)) {
        postil_member_t member;
        while (postil_walk_member(&walk, &member)) {
            if (!contains(postil_object_find(stored, member.name), member.value)) {
                return false;
            }
        }
        return true;
    }
    if (postil_value_is(sent, POSTIL_KIND_ARRAY)) {
        postil_walk_t other = postil_children(stored);
        postil_value_t element, counterpart;
        while (postil_walk_element(&walk, &element)) {
            if (!postil_walk_element(&other, &counterpart) || !contains(counterpart, element)) {
                return false;
            }
        }
        return postil_value_count(sent) == postil_value_count(stored);
    }
    return postil_bytes_equal(postil_value_text(sent), postil_value_text(stored));
}

void test_tag_agrees(void) {
    const postil_tag_t *table = load_tag();
    if (!table) {
        return;
    }
    // The results are what the tag's ES module has made of the sample.
    question_list_t list = sample_questions();
    for (size_t i = 0; i < list.count; i++) {
        tag_answer_t judged = ask_tag(table, VALIDATE_RESULT, list.questions[i]);
        if (judged.problems > 0 || judged.status != POSTIL_OK) {
            fail("The server refuses what the browser makes of case %zu: %s", i + 1,
                 judged.first_problem);
            continue;
        }
        tag_answer_t normal = ask_tag(table, NORMALIZE, list.questions[i]);
        if (!normal.text) {
            continue;
        }
        stream_t streams[2] = {stream_make(), stream_make()};
        sealed_batch_t sent = batch_of_json(&streams[0], list.questions[i].result);
        sealed_batch_t stored = batch_of_json(&streams[1], postil_text(normal.text));
        if (!contains(postil_batch_value(&stored.batch, 0), postil_batch_value(&sent.batch, 0))) {
            fail("For case %zu the browser writes %.*s, the server %.400s.", i + 1,
                 (int)(list.questions[i].result.count > 400 ? 400 : list.questions[i].result.count),
                 (const char *)list.questions[i].result.bytes, normal.text);
        }
        free(normal.text);
    }
}
