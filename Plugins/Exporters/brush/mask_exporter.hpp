// One file for each mask.
#pragma once

#include "mask_files.hpp"

#include "brush_mask.hpp"
#include "image_region.hpp"
#include "item_fields.hpp"
#include "items.hpp"
#include "md5.hpp"
#include "plugin_entry.hpp"
#include "results.hpp"
#include "safe_name.hpp"
#include "sink_file.hpp"

#include <map>

namespace brush {

/// `task-<id>-annotation-<id>-by-<annotator>-<control>-<labels>-<n>`, as Label Studio's converter
/// names them.
class MaskExporter {
public:
    MaskExporter(const postil_exporter_open_t &arguments, postil_error_t *)
        : context_(arguments), rules_(context_), losses_(arguments.losses),
          is_png_(postil::view(arguments.name) == "BRUSH_TO_PNG"), controls_(context_.root),
          task_keys_(arguments.keys), keys_(arguments.keys), region_keys_(arguments.keys),
          results_(arguments.keys, controls_, losses_), sinks_(arguments.sinks),
          cancel_(arguments.cancel) {}

    void consume(const postil_batch_t *tasks, postil_error_t *error) {
        uint32_t count = postil_batch_count(tasks);
        for (uint32_t i = 0; i < count; i++) {
            task_ = postil_batch_root(tasks, i)->task_id;
            items_.read(task_keys_, postil_batch_value(tasks, i), rules_, losses_, task_);
            for (postil_value_t annotation : items_.annotations) {
                write(annotation, error);
            }
        }
    }

    void finish(postil_error_t *) { losses_.report(); }

private:
    void write(postil_value_t annotation, postil_error_t *error) {
        int64_t id = 0;
        postil_value_int64(postil_object_get(annotation, keys_.id), &id);
        std::string front = "task-" + std::to_string(task_) + "-annotation-" + std::to_string(id) +
                            "-by-" + plain(postil::annotator_text(keys_, annotation)) + "-";
        std::map<std::string, int> counts;
        for (const postil::Result &result : results_.read(annotation, task_)) {
            if (postil_is_cancelled(cancel_)) {
                throw postil::Failure(POSTIL_ERROR_CANCELLED);
            }
            region_.read(region_keys_, result.result);
            if (region_.shape != postil::ImageRegion::Shape::brush) {
                losses_.note("answer_not_supported",
                             "These files hold painted masks; everything else was left out.",
                             task_);
                continue;
            }
            postil::BrushMask mask;
            if (!postil::BrushDecoder::decode(region_.rle, region_.image_width,
                                              region_.image_height, &mask)) {
                losses_.note("mask_unreadable",
                             "Masks that are damaged, or not of their image's size, were left out.",
                             task_);
                continue;
            }
            std::string name(result.from_name);
            for (std::string_view label : region_.labels) {
                name += "-";
                name += label;
            }
            name += region_.labels.empty() ? "-no_label" : "";
            int number = counts[name]++;
            write_file(file_name(front, name + "-" + std::to_string(number)), mask, error);
        }
    }

    /// A name that is too long ends in a digest of the whole, so that no two become one.
    std::string file_name(const std::string &front, const std::string &name) const {
        static constexpr size_t longest = 255 - 4;
        std::string whole = front + postil::safe_name(name, SIZE_MAX, '-');
        if (whole.size() > longest) {
            whole = postil::safe_name(whole, longest - 9) + "-" + postil::MD5::hex(whole, 8);
        }
        return whole + (is_png_ ? ".png" : ".npy");
    }

    void write_file(const std::string &name, const postil::BrushMask &mask, postil_error_t *error) {
        postil::SinkFile file(sinks_);
        file.open(name, is_png_ ? "image/png" : "application/octet-stream", error);
        file.text() = is_png_ ? png(mask) : npy(mask);
        file.close(error);
    }

    /// Letters, digits, `@` and `.`; bytes beyond ASCII count as letters.
    static std::string plain(const std::string &text) {
        std::string out;
        for (char character : text) {
            auto byte = static_cast<unsigned char>(character);
            bool is_letter = (byte | 32) >= 'a' && (byte | 32) <= 'z';
            if (is_letter || (byte >= '0' && byte <= '9') || byte == '@' || byte == '.' ||
                byte >= 0x80) {
                out += character;
            }
        }
        return out;
    }

    postil::ExportContext context_;
    postil::ItemRules rules_;
    postil::LossNotes losses_;
    bool is_png_;
    postil::Controls controls_;
    postil::TaskKeys task_keys_;
    postil::ItemKeys keys_;
    postil::RegionKeys region_keys_;
    postil::Results results_;
    const postil_sinks_t *sinks_;
    const uint32_t *cancel_;
    postil::Items items_;
    postil::ImageRegion region_;
    int64_t task_ = 0;
};

} // namespace brush
