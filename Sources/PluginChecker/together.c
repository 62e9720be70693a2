#define _GNU_SOURCE 1

#include "together.h"

#include "worker.h"

#include <pthread.h>

typedef struct worker {
    bool (*work)(void *part);
    void *part;
    pthread_barrier_t *start;
    bool result;
} worker_t;

static void *run(void *argument) {
    worker_t *worker = argument;
    pthread_barrier_wait(worker->start);
    worker->result = worker->work(worker->part);
    return NULL;
}

bool any_together(bool (*work)(void *part), void *parts, size_t size) {
    pthread_barrier_t start;
    pthread_barrier_init(&start, NULL, THREADS);
    worker_t workers[THREADS];
    pthread_t threads[THREADS];
    for (size_t i = 0; i < THREADS; i++) {
        workers[i] = (worker_t){work, (char *)parts + i * size, &start, false};
        if (pthread_create(&threads[i], NULL, run, &workers[i]) != 0) {
            give_up("No thread could be made.");
        }
    }
    bool any = false;
    for (size_t i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
        any |= workers[i].result;
    }
    pthread_barrier_destroy(&start);
    return any;
}
