#define _GNU_SOURCE 1

#include "tasks.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

static bool name_is(const uint8_t *text, const postil_json_item_t *item, const char *name) {
    // With its quotes.
    size_t length = strlen(name);
    return item->end - item->start == length + 2 &&
           memcmp(text + item->start + 1, name, length) == 0;
}

/// The value of a member, or NULL.
static const postil_json_item_t *member(const uint8_t *text, const postil_json_item_t *items,
                                        const postil_json_item_t *object, const char *name) {
    if (text[object->start] != '{') {
        return NULL;
    }
    uint32_t at = (uint32_t)(object - items) + 1;
    for (uint32_t i = 0; i < object->count; i++) {
        const postil_json_item_t *value = &items[items[at].next];
        if (name_is(text, &items[at], name)) {
            return value;
        }
        at = value->next;
    }
    return NULL;
}

static int64_t integer(const uint8_t *text, const postil_json_item_t *item) {
    if (!item) {
        return 0;
    }
    postil_json_number_t number =
        postil_json_number_parse(text + item->start, item->end - item->start);
    return number.kind == POSTIL_KIND_I64 ? (int64_t)number.payload : 0;
}

static postil_text_range_t range(const postil_json_item_t *item, const postil_json_item_t *task,
                                 int64_t annotation_id) {
    postil_text_range_t range = {annotation_id, 0, 0};
    if (item) {
        range.offset = item->start - task->start;
        range.length = item->end - item->start;
    }
    return range;
}

static void take_annotations(task_t *task, const uint8_t *text, const postil_json_item_t *items,
                             const postil_json_item_t *whole) {
    const postil_json_item_t *list = member(text, items, whole, "annotations");
    if (!list || text[list->start] != '[' || list->count == 0) {
        return;
    }
    task->annotation_count = list->count;
    task->results = calloc(list->count, sizeof *task->results);
    uint32_t at = (uint32_t)(list - items) + 1;
    for (uint32_t i = 0; i < list->count; i++) {
        const postil_json_item_t *result = member(text, items, &items[at], "result");
        if (result) {
            int64_t id = integer(text, member(text, items, &items[at], "id"));
            task->results[task->result_count++] = range(result, whole, id);
        }
        at = items[at].next;
    }
}

task_list_t tasks_parse(postil_bytes_t json) {
    postil_json_document_t *document = NULL;
    postil_json_error_t error;
    if (json.count == 0 ||
        postil_json_document_make(json.bytes, json.count, &document, &error) != POSTIL_JSON_OK) {
        give_up("The tasks of the check are not JSON.");
    }
    // Never freed: tasks point into it.
    const uint8_t *text = postil_json_document_text(document);
    const postil_json_item_t *items = postil_json_document_items(document);
    task_list_t list = {calloc(items[0].count + 1, sizeof(task_t)), items[0].count};
    uint32_t at = 1;
    for (size_t i = 0; i < list.count; i++) {
        task_t *task = &list.tasks[i];
        task->json = text + items[at].start;
        task->count = items[at].end - items[at].start;
        task->id = integer(text, member(text, items, &items[at], "id"));
        task->data = range(member(text, items, &items[at], "data"), &items[at], 0);
        take_annotations(task, text, items, &items[at]);
        at = items[at].next;
    }
    return list;
}

stream_t stream_make(void) {
    // Few: names beyond it stand in the tree, which readers have to understand as well.
    enum { NAMES = 2048 };
    stream_t stream = {postil_key_table_make(NAMES), 0};
    if (!stream.keys) {
        give_up("Memory ran out.");
    }
    return stream;
}

void stream_free(stream_t *stream) {
    postil_key_table_free(stream->keys);
}

sealed_batch_t batch_of_arena(stream_t *stream, uint8_t *bytes, uint64_t count) {
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    sealed_batch_t batch = {.page_bytes = (count + page - 1) / page * page};
    batch.pages =
        mmap(NULL, batch.page_bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (!bytes || batch.pages == MAP_FAILED) {
        give_up("Memory ran out.");
    }
    memcpy(batch.pages, bytes, count);
    free(bytes);
    mprotect(batch.pages, batch.page_bytes, PROT_READ);
    batch.batch.size = sizeof batch.batch;
    batch.batch.key_count = postil_key_table_count(stream->keys);
    batch.batch.key_names_borrowed = postil_key_table_names(stream->keys);
    batch.batch.arena_borrowed = batch.pages;
    batch.batch.arena_size = count;
    batch.batch.sequence = stream->sequence++;
    return batch;
}

sealed_batch_t batch_of_tasks(stream_t *stream, const task_t *tasks, size_t count, uint32_t reads) {
    postil_arena_t *arena =
        postil_arena_make(count ? (uint32_t)count : 1, UINT64_MAX, POSTIL_ARENA_BYTES_MAX);
    if (!arena || postil_arena_begin(arena) != POSTIL_JSON_OK) {
        give_up("Memory ran out.");
    }
    for (size_t i = 0; i < count; i++) {
        postil_root_t fields = {.task_id = tasks[i].id,
                                .project_id = 1,
                                .revision = 1,
                                .annotation_count = tasks[i].annotation_count};
        postil_json_error_t error;
        if (postil_arena_append_task(arena, stream->keys, &fields, tasks[i].json, tasks[i].count,
                                     reads, tasks[i].data, tasks[i].results, tasks[i].result_count,
                                     &error) != POSTIL_JSON_OK) {
            give_up("Task %lld of the check cannot be made a tree (%d at %llu).",
                    (long long)tasks[i].id, error.code, (unsigned long long)error.offset);
        }
    }
    uint64_t size = 0;
    uint8_t *bytes = postil_arena_finish(arena, stream->keys, &size);
    postil_arena_free(arena);
    return batch_of_arena(stream, bytes, size);
}

sealed_batch_t batch_of_json(stream_t *stream, postil_bytes_t json) {
    task_t root = {.json = json.bytes, .count = json.count};
    return batch_of_tasks(stream, &root, 1, 2);
}

void batch_make_inaccessible(sealed_batch_t *batch) {
    mprotect(batch->pages, batch->page_bytes, PROT_NONE);
}

void batch_free(sealed_batch_t *batch) {
    munmap(batch->pages, batch->page_bytes);
}
