// Which annotations of a task are exported, and in which order.
#pragma once

#include "export_settings.hpp"
#include "loss_notes.hpp"
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
          skipped(postil_key(keys, "skipped")), created_at(postil_key(keys, "created_at")),
          drafts(postil_key(keys, "drafts")), predictions(postil_key(keys, "predictions")) {}

    uint32_t data, annotations, result, was_cancelled, skipped, created_at, drafts, predictions;
};

/// What becomes of tasks that nobody annotated, and of those that were only skipped. Settings
/// `empty_tasks` (keep, leave_out) and `skipped_tasks` (leave_out, as_empty).
struct ItemRules {
    explicit ItemRules(const ExportContext &context)
        : keeps_empty(context.setting("empty_tasks") != "leave_out"),
          keeps_skipped(context.setting("skipped_tasks") == "as_empty") {}

    bool keeps_empty, keeps_skipped;
};

/// The annotations of a task that count, the newest first, as Label Studio's converter orders
/// them.
struct Items {
    std::vector<postil_value_t> annotations;
    bool had_annotations = false;
    /// The task stands in the export without an annotation.
    bool is_empty = false;

    void read(const TaskKeys &keys, postil_value_t task) {
        read_annotations(keys, task);
        is_empty = annotations.empty() && !had_annotations;
    }

    void read(const TaskKeys &keys, postil_value_t task, const ItemRules &rules, LossNotes &losses,
              int64_t task_id) {
        size_t skipped = read_annotations(keys, task);
        is_empty =
            annotations.empty() && (had_annotations ? rules.keeps_skipped : rules.keeps_empty);
        losses.note("skipped_left_out", "Skipped annotations were left out.", task_id, skipped);
        if (annotations.empty() && !had_annotations && !rules.keeps_empty) {
            losses.note("empty_task_left_out", "Tasks without annotations were left out.", task_id);
        }
        losses.note("drafts_left_out", "Drafts were left out: only submitted answers count.",
                    task_id, postil_value_count(postil_object_get(task, keys.drafts)));
        losses.note("predictions_left_out",
                    "Predictions were left out: only people's answers count.", task_id,
                    postil_value_count(postil_object_get(task, keys.predictions)));
    }

private:
    size_t read_annotations(const TaskKeys &keys, postil_value_t task) {
        annotations.clear();
        postil_walk_t walk = postil_children(postil_object_get(task, keys.annotations));
        postil_value_t annotation;
        had_annotations = walk.at < walk.end;
        size_t skipped = 0;
        while (postil_walk_element(&walk, &annotation)) {
            bool cancelled = false;
            postil_value_bool(postil_object_get(annotation, keys.was_cancelled), &cancelled);
            if (!cancelled) {
                postil_value_bool(postil_object_get(annotation, keys.skipped), &cancelled);
            }
            if (cancelled) {
                skipped++;
            } else {
                annotations.push_back(annotation);
            }
        }
        if (annotations.size() > 1) {
            std::stable_sort(annotations.begin(), annotations.end(),
                             [&](postil_value_t a, postil_value_t b) {
                                 return created(keys, a) > created(keys, b);
                             });
        }
        return skipped;
    }

    static std::string_view created(const TaskKeys &keys, postil_value_t annotation) {
        return view(postil_value_text(postil_object_get(annotation, keys.created_at)));
    }
};

} // namespace postil
