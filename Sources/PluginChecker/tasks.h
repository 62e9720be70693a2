/// Tasks as JSON text, and the batches that a plugin gets of them.
#ifndef POSTIL_CHECKER_TASKS_H
#define POSTIL_CHECKER_TASKS_H

#include "worker.h"

#include <CSimdJSON.h>

/// One task: where its parts lie in `json`.
typedef struct task {
    const uint8_t *json;
    uint64_t count;
    int64_t id;
    uint32_t annotation_count;
    postil_text_range_t data;
    postil_text_range_t *results;
    uint32_t result_count;
} task_t;

typedef struct task_list {
    task_t *tasks;
    size_t count;
} task_list_t;

/// Splits a JSON array of tasks. Ends the process if it is not JSON: the orchestrator has checked.
task_list_t tasks_parse(postil_bytes_t json);

/// Another list whose values are changed at random: odd numbers, long texts, evil names, missing
/// and doubled members, wrong kinds. Same ids.
task_list_t tasks_mutated(task_list_t source);

/// The names of one instance's stream of batches.
typedef struct stream {
    postil_key_table_t *keys;
    uint64_t sequence;
} stream_t;

stream_t stream_make(void);
void stream_free(stream_t *stream);

/// A batch in pages of its own that nobody can write to.
typedef struct sealed_batch {
    postil_batch_t batch;
    void *pages;
    size_t page_bytes;
} sealed_batch_t;

/// Makes a batch of `count` tasks. `reads` are POSTIL_READS_… of exporter.h.
sealed_batch_t batch_of_tasks(stream_t *stream, const task_t *tasks, size_t count, uint32_t reads);

/// Makes a batch of one root, a JSON value.
sealed_batch_t batch_of_json(stream_t *stream, postil_bytes_t json);

/// Makes a batch of a finished arena, which is freed. `bytes` come from `malloc`.
sealed_batch_t batch_of_arena(stream_t *stream, uint8_t *bytes, uint64_t count);

/// Takes the pages away: a later touch is a segmentation fault. They stay reserved.
void batch_make_inaccessible(sealed_batch_t *batch);

void batch_free(sealed_batch_t *batch);

#endif
