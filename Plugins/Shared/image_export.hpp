// What exporters of one entry an image share: which annotation, which image, which results.
#pragma once

#include "image_files.hpp"
#include "image_region.hpp"
#include "item_fields.hpp"
#include "items.hpp"
#include "plugin_entry.hpp"
#include "region_checks.hpp"
#include "results.hpp"
#include "sink_file.hpp"

#include <string>
#include <unordered_set>

namespace postil {

/// One image of an export.
struct ImageItem {
    postil_value_t task, annotation; ///< The annotation may be missing.
    std::string_view address;        ///< As the task's data writes it.
    std::string name;                ///< Of the file, in the export.
    image_size_t size;               ///< From the file or the first region; 0 when unknown.
};

/// Goes through the tasks of an export. Of several annotations the setting `annotation` takes the
/// newest or the oldest; of several tasks with one image the first is written.
class ImageExport {
public:
    explicit ImageExport(const postil_exporter_open_t &arguments)
        : context(arguments), rules(context), losses(arguments.losses), controls(context.root),
          task_keys(arguments.keys), keys(arguments.keys), region_keys(arguments.keys),
          labeled(arguments.keys), results(arguments.keys, controls, losses),
          images(arguments, context.flag("images", false), losses), cancel(arguments.cancel),
          takes_oldest_(context.setting("annotation") == "oldest") {
        image_key_ = postil_key(arguments.keys, controls.data_key("Image", "image").c_str());
    }

    template <class Write>
    void consume(const postil_batch_t *tasks, postil_error_t *error, Write write) {
        uint32_t count = postil_batch_count(tasks);
        for (uint32_t i = 0; i < count; i++) {
            if (postil_is_cancelled(cancel)) {
                throw Failure(POSTIL_ERROR_CANCELLED);
            }
            task = postil_batch_root(tasks, i)->task_id;
            postil_value_t root = postil_batch_value(tasks, i);
            items.read(task_keys, root, rules, losses, task);
            if (items.annotations.empty() && !items.is_empty) {
                continue;
            }
            ImageItem item = {root, postil_value_make(tasks, nullptr), {}, {}, {0, 0, 0}};
            item.address = image_address(
                postil_object_get(postil_object_get(root, task_keys.data), image_key_));
            item.name = image_name(item.address);
            if (!names_.insert(item.name).second) {
                losses.note("image_repeated",
                            "Another task had the same image; only the first one was written.",
                            task);
                continue;
            }
            images.take(item.address, task, &item.size, error);
            if (!items.annotations.empty()) {
                item.annotation =
                    takes_oldest_ ? items.annotations.back() : items.annotations.front();
                losses.note("one_annotation_per_image",
                            "The format has one entry an image; the setting `annotation` chose "
                            "which annotation it holds.",
                            task, items.annotations.size() - 1);
            }
            find_size(item);
            write(item);
        }
    }

    /// Reads the next result into `region`. True when it is a region that can be placed in pixels
    /// and has a label; what is not is counted, but for answers that are no regions.
    bool read_region(const std::vector<Result> &all, const Result &result) {
        region.read(region_keys, result.result);
        if (region.shape == ImageRegion::Shape::none) {
            return false;
        }
        if (region.shape == ImageRegion::Shape::other) {
            losses.note("shape_not_supported", "Regions of shapes the format lacks were left out.",
                        task);
            return false;
        }
        if (!has_label(region, all, labeled, losses, task)) {
            return false;
        }
        if (!has_place(region, losses, task)) {
            return false;
        }
        losses.note("further_labels_dropped",
                    "The format has one label a region; further labels were left out.", task,
                    region.labels.size() - 1);
        return true;
    }

    void lose_answer() {
        losses.note("answer_not_supported",
                    "Answers that are neither regions nor choices were left out.", task);
    }

    ExportContext context;
    ItemRules rules;
    LossNotes losses;
    Controls controls;
    TaskKeys task_keys;
    ItemKeys keys;
    RegionKeys region_keys;
    LabeledIDs labeled;
    Results results;
    ImageFiles images;
    const uint32_t *cancel;
    Items items;
    ImageRegion region;
    int64_t task = 0;

private:
    void find_size(ImageItem &item) {
        labeled.begin();
        if (item.size.width > 0) {
            return;
        }
        postil_walk_t walk = postil_children(postil_object_get(item.annotation, task_keys.result));
        postil_value_t result;
        while (postil_walk_element(&walk, &result)) {
            region.read(region_keys, result);
            if (region.has_size()) {
                item.size.width = static_cast<uint32_t>(region.image_width);
                item.size.height = static_cast<uint32_t>(region.image_height);
                return;
            }
        }
    }

    bool takes_oldest_;
    uint32_t image_key_ = 0;
    std::unordered_set<std::string> names_;
};

/// Center of a box that is turned about its top left corner, and its size, in pixels: most formats
/// turn boxes about their center.
struct CenteredBox {
    double x, y, width, height;

    static CenteredBox of(const ImageRegion &region) {
        std::vector<Point> corners = region.outline();
        return {(corners[0].x + corners[2].x) / 2, (corners[0].y + corners[2].y) / 2,
                region.width / 100 * region.image_width, region.height / 100 * region.image_height};
    }
};

} // namespace postil
