/// Brings the media files of a folder in: one task each, referring to the file where it lies.
///
/// Images also get their size, and a footprint when a world file or a row of footprints.csv gives
/// one. Files that are none of these are passed over.
#define _XOPEN_SOURCE 700 // pread
#include "world_file.h"

#include <postil/import_source.h>

#include <ctype.h>
#include <stdlib.h>
#include <unistd.h>

/// How much of a picture's file is read for its size. The rest is only asked for when this does
/// not say: TIFF may keep its directory at the end, JPEG a large preview at the start.
enum { HEAD_BYTES = 64 * 1024 };

typedef struct folder_import {
    const postil_inputs_t *inputs;
    const uint32_t *cancel;
    uint64_t next;
    uint64_t count;
    char data_key[256]; ///< The data field that the labeling config shows.
    uint8_t head[HEAD_BYTES];
} folder_import_t;

/// Extensions of media, and whether they are images.
static const struct {
    const char *extension;
    bool is_image;
} media[] = {
    {"png", true},  {"jpg", true},   {"jpeg", true}, {"gif", true},  {"webp", true},
    {"tif", true},  {"tiff", true},  {"bmp", true},  {"svg", true},  {"wav", false},
    {"mp3", false}, {"flac", false}, {"m4a", false}, {"ogg", false}, {"opus", false},
    {"mp4", false}, {"webm", false}, {"mov", false}, {"pdf", false},
};

/// The part after the last dot of the last part of the name.
static postil_bytes_t extension_of(postil_bytes_t name) {
    for (uint64_t i = name.count; i > 0 && name.bytes[i - 1] != '/'; i--) {
        if (name.bytes[i - 1] == '.') {
            postil_bytes_t extension = {name.bytes + i, name.count - i};
            return extension;
        }
    }
    return postil_text("");
}

static bool is_extension(postil_bytes_t extension, const char *expected) {
    if (extension.count != strlen(expected)) {
        return false;
    }
    for (uint64_t i = 0; i < extension.count; i++) {
        if (tolower(extension.bytes[i]) != expected[i]) {
            return false;
        }
    }
    return true;
}

static bool is_medium(postil_bytes_t name, bool *is_image) {
    postil_bytes_t extension = extension_of(name);
    for (size_t i = 0; i < sizeof media / sizeof media[0]; i++) {
        if (is_extension(extension, media[i].extension)) {
            *is_image = media[i].is_image;
            return true;
        }
    }
    return false;
}

/// Finds an input by its name: names are sorted as bytes.
static bool find(const postil_inputs_t *inputs, uint64_t count, postil_bytes_t name,
                 uint64_t *index) {
    uint64_t low = 0, high = count;
    while (low < high) {
        uint64_t middle = low + (high - low) / 2;
        postil_bytes_t other = inputs->name(inputs->context, middle);
        uint64_t shorter = other.count < name.count ? other.count : name.count;
        int order = memcmp(other.bytes, name.bytes, (size_t)shorter);
        if (order == 0 && other.count == name.count) {
            *index = middle;
            return true;
        }
        if (order < 0 || (order == 0 && other.count < name.count)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return false;
}

/// Maps the input `folder` + `name` + `suffix`, if there is one. Release it after use.
static bool map_named(const folder_import_t *import, postil_bytes_t name, const char *suffix,
                      uint64_t *index, postil_bytes_t *bytes) {
    char path[4096];
    size_t extra = strlen(suffix);
    if (name.count + extra > sizeof path) {
        return false;
    }
    if (name.count > 0) {
        memcpy(path, name.bytes, (size_t)name.count);
    }
    memcpy(path + name.count, suffix, extra);
    postil_bytes_t whole = {(const uint8_t *)path, name.count + extra};
    return find(import->inputs, import->count, whole, index) &&
           import->inputs->map(import->inputs->context, *index, bytes, NULL) == POSTIL_OK;
}

static bool find_footprint(const folder_import_t *import, postil_bytes_t name, image_size_t size,
                           footprint_t *footprint) {
    static const char *const suffixes[] = {"pgw",  "pngw", "jgw", "jpgw", "tfw",
                                           "tifw", "gfw",  "wld", "wpw"};
    const postil_inputs_t *inputs = import->inputs;
    postil_bytes_t stem = {name.bytes, name.count - extension_of(name).count};
    postil_bytes_t bytes;
    uint64_t index;
    for (size_t i = 0; i < sizeof suffixes / sizeof suffixes[0]; i++) {
        if (size.width > 0 && map_named(import, stem, suffixes[i], &index, &bytes)) {
            bool is_read = world_file_read(bytes, size, footprint);
            inputs->release(inputs->context, index);
            if (is_read) {
                return true;
            }
        }
    }
    // The table of the image's own folder first, then those of the folders above it.
    uint64_t folder = name.count;
    for (;;) {
        while (folder > 0 && name.bytes[folder - 1] != '/') {
            folder--;
        }
        postil_bytes_t above = {name.bytes, folder};
        postil_bytes_t relative = {name.bytes + folder, name.count - folder};
        if (map_named(import, above, "footprints.csv", &index, &bytes)) {
            bool is_read = footprint_table_find(bytes, relative, footprint);
            inputs->release(inputs->context, index);
            if (is_read) {
                return true;
            }
        }
        if (folder == 0) {
            return false;
        }
        folder--;
    }
}

static void build_number(postil_builder_t *builder, const char *key, uint32_t number) {
    postil_build_key(builder, postil_text(key));
    postil_build_int64(builder, number);
}

/// Leaves the size as it is when the file does not say.
static void read_size(folder_import_t *import, uint64_t index, image_size_t *size) {
    const postil_inputs_t *inputs = import->inputs;
    int32_t file;
    if (inputs->descriptor(inputs->context, index, &file, NULL) != POSTIL_OK) {
        return;
    }
    ssize_t count = pread(file, import->head, HEAD_BYTES, 0);
    postil_bytes_t bytes = {import->head, count > 0 ? (uint64_t)count : 0};
    if (!image_size_read(bytes, size) && count == HEAD_BYTES &&
        inputs->map(inputs->context, index, &bytes, NULL) == POSTIL_OK) {
        image_size_read(bytes, size);
    }
}

static postil_status_t build_task(folder_import_t *import, uint64_t index, bool is_image,
                                  postil_builder_t *builder) {
    const postil_inputs_t *inputs = import->inputs;
    postil_bytes_t name = inputs->name(inputs->context, index);
    image_size_t size = {0, 0, 0};
    footprint_t footprint;
    if (is_image) {
        read_size(import, index, &size);
    }
    postil_build_root(builder, NULL);
    postil_build_object(builder);
    postil_build_key(builder, postil_text("data"));
    postil_build_object(builder);
    postil_build_key(builder, postil_text(import->data_key));
    postil_build_string(builder, inputs->reference(inputs->context, index));
    inputs->release(inputs->context, index);
    postil_build_key(builder, postil_text("file"));
    postil_build_string(builder, name);
    if (size.width > 0) {
        build_number(builder, "width", size.width);
        build_number(builder, "height", size.height);
    }
    if (is_image && find_footprint(import, name, size, &footprint)) {
        postil_build_key(builder, postil_text("footprint"));
        postil_build_array(builder);
        for (uint32_t i = 0; i < footprint.count; i++) {
            postil_build_array(builder);
            postil_build_double(builder, footprint.corners[i][0]);
            postil_build_double(builder, footprint.corners[i][1]);
            postil_build_end(builder);
        }
        postil_build_end(builder);
    }
    postil_build_end(builder);
    postil_build_end(builder);
    return postil_build_root_end(builder);
}

/// The data field of the first control's first input; "image" when the config names none.
static void read_data_key(postil_value_t context, char key[256]) {
    postil_walk_t controls = postil_children(postil_object_named(context, "parsed_label_config"));
    postil_member_t control;
    postil_bytes_t name = postil_text("image");
    if (postil_walk_member(&controls, &control)) {
        postil_value_t inputs = postil_object_named(control.value, "inputs");
        postil_bytes_t value =
            postil_value_text(postil_object_named(postil_array_at(inputs, 0), "value"));
        if (value.count > 0 && value.bytes[0] == '$') {
            value.bytes++;
            value.count--;
        }
        name = value.count > 0 ? value : name;
    }
    postil_text_copy(key, 256, name);
}

static postil_status_t folder_open(const postil_import_open_t *arguments, void **instance,
                                   postil_error_t *error) {
    folder_import_t *import = calloc(1, sizeof *import);
    if (!import) {
        return postil_fail(error, POSTIL_ERROR_NO_MEMORY, "no_memory", "Memory ran out.");
    }
    import->inputs = arguments->inputs;
    import->cancel = arguments->cancel;
    import->count = import->inputs->count(import->inputs->context);
    read_data_key(postil_batch_value(arguments->context_borrowed, 0), import->data_key);
    int64_t next;
    if (postil_value_int64(
            postil_object_named(postil_batch_value(arguments->checkpoint_borrowed, 0), "next"),
            &next) &&
        next > 0) {
        import->next = (uint64_t)next;
    }
    *instance = import;
    return POSTIL_OK;
}

static postil_status_t folder_next(void *instance, postil_builder_t *builder,
                                   postil_error_t *error) {
    folder_import_t *import = instance;
    const postil_inputs_t *inputs = import->inputs;
    while (import->next < import->count && !postil_build_is_full(builder)) {
        if (postil_is_cancelled(import->cancel)) {
            return POSTIL_ERROR_CANCELLED;
        }
        uint64_t index = import->next++;
        bool is_image;
        if (inputs->kind(inputs->context, index) == POSTIL_INPUT_FILE &&
            is_medium(inputs->name(inputs->context, index), &is_image)) {
            postil_status_t status = build_task(import, index, is_image, builder);
            if (status != POSTIL_OK) {
                return postil_fail(error, status, "task_not_built",
                                   "A task could not be written; the host's limits are too low.");
            }
        }
    }
    return import->next < import->count ? POSTIL_MORE : POSTIL_END;
}

static postil_status_t folder_checkpoint(void *instance, postil_builder_t *builder,
                                         postil_error_t *error) {
    const folder_import_t *import = instance;
    (void)error;
    postil_build_root(builder, NULL);
    postil_build_object(builder);
    postil_build_key(builder, postil_text("next"));
    postil_build_int64(builder, (int64_t)import->next);
    postil_build_end(builder);
    return postil_build_root_end(builder);
}

static void folder_close(void *instance) {
    free(instance);
}

static const postil_import_source_t import_source = {
    .size = sizeof import_source,
    .open = folder_open,
    .next = folder_next,
    .checkpoint = folder_checkpoint,
    .close = folder_close,
};

static const void *get_capability(postil_bytes_t id, postil_bytes_t name) {
    bool is_source = postil_bytes_are(id, POSTIL_CAPABILITY_IMPORT_SOURCE);
    return is_source && postil_bytes_are(name, "local-folder") ? &import_source : NULL;
}

static const postil_plugin_t plugin = {
    .size = sizeof plugin,
    .abi = POSTIL_ABI_VERSION,
    .abi_minimum = POSTIL_ABI_VERSION,
    .id = {(const uint8_t *)"org.postil.local-folder", sizeof "org.postil.local-folder" - 1},
    .version = {(const uint8_t *)"1.0.0", sizeof "1.0.0" - 1},
    .get_capability = get_capability,
};

const postil_plugin_t *postil_plugin_entry_v1(const postil_host_t *host) {
    return host->abi >= POSTIL_ABI_VERSION ? &plugin : NULL;
}
