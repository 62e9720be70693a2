#include "output.h"

#include <string.h>

enum { HEADER = sizeof(postil_wire_record_t) };

void output_init(output_t *output, int host, postil_wire_page_t *page, uint8_t *area) {
    memset(output, 0, sizeof *output);
    output->host = host;
    output->page = page;
    output->area = area;
}

/// Waits until the host has copied the current half as often as it was given.
static void await_half(const output_t *output) {
    const uint32_t *returned = &output->page->returned[output->half];
    uint32_t seen;
    while ((seen = postil_wire_get(returned)) != output->given[output->half]) {
        postil_wire_wait(returned, seen);
    }
}

void output_take(output_t *output, uint64_t *half, uint64_t *bytes) {
    *half = output->half;
    *bytes = output->used;
    if (output->used > 0) {
        output->given[output->half]++;
        output->half ^= 1;
        output->used = 0;
    }
}

static void flush(output_t *output) {
    postil_wire_header_t header = {0};
    header.kind = POSTIL_WIRE_OUTPUT;
    output_take(output, &header.a, &header.b);
    postil_wire_send(output->host, &header, NULL, NULL);
}

/// Gives room for one record with at least one byte, and says how many fit.
static uint32_t room(output_t *output, uint32_t wanted) {
    if (POSTIL_WIRE_HALF_BYTES - output->used < HEADER + ((wanted + 7) & ~7U)) {
        flush(output);
    }
    if (output->used == 0) {
        await_half(output);
    }
    return POSTIL_WIRE_HALF_BYTES - output->used - HEADER;
}

static void put(output_t *output, uint32_t kind, uint64_t number, const void *bytes,
                uint32_t count) {
    uint8_t *at = output->area + (size_t)output->half * POSTIL_WIRE_HALF_BYTES + output->used;
    postil_wire_record_t record = {kind, count, number};
    memcpy(at, &record, HEADER);
    if (count > 0) {
        memcpy(at + HEADER, bytes, count);
    }
    output->used += HEADER + ((count + 7) & ~7U);
}

void output_add(output_t *output, uint32_t kind, uint64_t number, const void *bytes,
                uint32_t count) {
    room(output, count);
    put(output, kind, number, bytes, count);
}

void output_stream(output_t *output, uint32_t kind, uint64_t number, const void *bytes,
                   uint64_t count) {
    const uint8_t *at = bytes;
    while (count > 0) {
        // Small pieces stay whole; large ones fill what is left of the half.
        uint32_t fits = room(output, count < 4096 ? (uint32_t)count : 4096);
        uint32_t piece = count < fits ? (uint32_t)count : fits;
        put(output, kind, number, at, piece);
        at += piece;
        count -= piece;
    }
}
