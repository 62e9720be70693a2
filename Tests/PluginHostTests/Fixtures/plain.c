// A library that knows nothing of plugins; its functions are bound by the manifests of tests.
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define VISIBLE __attribute__((visibility("default")))

/// One argument of each type, so that every one has to arrive in its place.
VISIBLE double plain_all(int32_t a, int64_t b, uint64_t c, float d, double e, const char *text,
                         uint64_t text_count, const double *numbers, uint64_t number_count) {
    double sum = a + 2.0 * (double)b + 4.0 * (double)c + 8.0 * d + 16.0 * e;
    for (uint64_t i = 0; i < text_count; i++) {
        sum += 0.001 * (unsigned char)text[i];
    }
    for (uint64_t i = 0; i < number_count; i++) {
        sum += 32.0 * numbers[i];
    }
    return sum;
}

/// Writes one number of each kind.
VISIBLE void plain_outs(double x, int32_t *a, int64_t *b, uint64_t *c, float *d, double *e) {
    *a = (int32_t)-x;
    *b = (int64_t)(-2 * x);
    *c = (uint64_t)(3 * x);
    *d = (float)(x / 2);
    *e = x / 4;
}

VISIBLE float plain_half(float x) {
    return x / 2;
}

VISIBLE int32_t plain_minus(int32_t x) {
    return -x;
}

/// A column of distances.
VISIBLE void plain_distances(const double *first, const double *second, int32_t count,
                             double *result) {
    for (int32_t i = 0; i < count; i++) {
        result[i] = first[i] > second[i] ? first[i] - second[i] : second[i] - first[i];
    }
}

/// Ends the process for one number.
VISIBLE double plain_fragile(double x) {
    if (x == 13) {
        abort();
    }
    return x;
}

/// Writes to what it was only lent.
VISIBLE double plain_greedy(double *numbers, uint64_t count) {
    if (count > 1) {
        numbers[0] = 0;
    }
    return 0;
}

VISIBLE double plain_first_byte(const char *text) {
    return (unsigned char)text[0] + 256.0 * (double)strlen(text);
}
