// Which annotations of a task are exported, and in which order.
#pragma once

#include "text_writer.hpp"

#include <postil/exporter.h>

#include <algorithm>
#include <vector>

namespace postil {

/// Keys that every reader of tasks needs.
struct TaskKeys {
    explicit TaskKeys(const postil_keys_t *keys)
        : data(postil_key(keys, "data")), annotations(postil_key(keys, "annotations")),
          result(postil_key(keys, "result")), was_cancelled(postil_key(keys, "was_cancelled")),
          created_at(postil_key(keys, "created_at")) {}

    uint32_t data, annotations, result, was_cancelled, created_at;
};

/// The annotations of a task that count, the newest first, as Label Studio's converter orders
/// them. Empty with `had_annotations` means: all of them were cancelled.
struct Items {
    std::vector<postil_value_t> annotations;
    bool had_annotations = false;

    void read(const TaskKeys &keys, postil_value_t task) {
        annotations.clear();
        postil_walk_t walk = postil_children(postil_object_get(task, keys.annotations));
        postil_value_t annotation;
        had_annotations = walk.at < walk.end;
        while (postil_walk_element(&walk, &annotation)) {
            bool cancelled = false;
            postil_value_bool(postil_object_get(annotation, keys.was_cancelled), &cancelled);
            if (!cancelled) {
                annotations.push_back(annotation);
            }
        }
        if (annotations.size() > 1) {
            std::stable_sort(annotations.begin(), annotations.end(),
                             [&](postil_value_t a, postil_value_t b) {
                                 return created(keys, a) > created(keys, b);
                             });
        }
    }

private:
    static std::string_view created(const TaskKeys &keys, postil_value_t annotation) {
        return view(postil_value_text(postil_object_get(annotation, keys.created_at)));
    }
};

} // namespace postil
