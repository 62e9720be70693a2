// Pascal VOC: one XML file for each image, with boxes in whole pixels.

#include "image_files.hpp"
#include "image_region.hpp"
#include "item_fields.hpp"
#include "items.hpp"
#include "plugin_entry.hpp"
#include "region_checks.hpp"
#include "results.hpp"
#include "sink_file.hpp"

namespace {

using postil::append_number;
using postil::append_xml;
using postil::ImageRegion;

class VOCExporter {
public:
    VOCExporter(const postil_exporter_open_t &arguments, postil_error_t *)
        : context_(arguments), rules_(context_), losses_(arguments.losses),
          takes_oldest_(context_.setting("annotation") == "oldest"), controls_(context_.root),
          task_keys_(arguments.keys), keys_(arguments.keys), region_keys_(arguments.keys),
          labeled_(arguments.keys), results_(arguments.keys, controls_, losses_),
          images_(arguments, context_.flag("images", true), losses_), sinks_(arguments.sinks),
          cancel_(arguments.cancel) {
        image_key_ = postil_key(arguments.keys, controls_.data_key("Image", "image").c_str());
    }

    void consume(const postil_batch_t *tasks, postil_error_t *error) {
        uint32_t count = postil_batch_count(tasks);
        for (uint32_t i = 0; i < count; i++) {
            if (postil_is_cancelled(cancel_)) {
                throw postil::Failure(POSTIL_ERROR_CANCELLED);
            }
            task_ = postil_batch_root(tasks, i)->task_id;
            write_task(postil_batch_value(tasks, i), error);
        }
    }

    void finish(postil_error_t *) { losses_.report(); }

private:
    void write_task(postil_value_t task, postil_error_t *error) {
        items_.read(task_keys_, task, rules_, losses_, task_);
        if (items_.annotations.empty() && !items_.is_empty) {
            return;
        }
        std::string_view address = postil::image_address(
            postil_object_get(postil_object_get(task, task_keys_.data), image_key_));
        image_size_t size = {0, 0, 0};
        images_.take(address, task_, &size, error);
        postil_value_t annotation = postil_value_make(task.batch, nullptr);
        if (!items_.annotations.empty()) {
            annotation = takes_oldest_ ? items_.annotations.back() : items_.annotations.front();
            losses_.note("one_annotation_per_image",
                         "VOC has one file an image; the setting `annotation` chose which "
                         "annotation it holds.",
                         task_, items_.annotations.size() - 1);
        }
        objects_.clear();
        read_regions(annotation, &size);
        if (!items_.is_empty && size.width == 0) {
            return losses_.note("annotation_without_size",
                                "VOC needs the image's size; annotations without any region were "
                                "left out.",
                                task_);
        }
        std::string name = postil::image_name(address), stem = postil::image_stem(address);
        if (!stems_.insert(stem).second) {
            return losses_.note("image_repeated",
                                "Another task had the same image; only the first one was written.",
                                task_);
        }
        postil::SinkFile file(sinks_);
        file.open("Annotations/" + stem + ".xml", "application/xml", error);
        write_head(file.text(), name, annotation, size);
        file.text() += objects_;
        file.text() += "</annotation>\n";
        file.close(error);
    }

    void read_regions(postil_value_t annotation, image_size_t *size) {
        labeled_.begin();
        const std::vector<postil::Result> &results = results_.read(annotation, task_);
        for (const postil::Result &result : results) {
            region_.read(region_keys_, result.result);
            if (size->width == 0 && region_.has_size()) {
                size->width = static_cast<uint32_t>(region_.image_width);
                size->height = static_cast<uint32_t>(region_.image_height);
            }
            if (check(results)) {
                write_object();
            }
        }
    }

    bool check(const std::vector<postil::Result> &results) {
        if (region_.shape == ImageRegion::Shape::none) {
            losses_.note("answer_not_supported",
                         "VOC holds boxes; choices, texts, ratings and the like were left out.",
                         task_);
            return false;
        }
        if (region_.shape != ImageRegion::Shape::rectangle) {
            losses_.note("shape_not_supported", "VOC holds boxes; other regions were left out.",
                         task_);
            return false;
        }
        if (!postil::has_label(region_, results, labeled_, losses_, task_)) {
            return false;
        }
        if (!postil::has_place(region_, losses_, task_)) {
            return false;
        }
        if (region_.rotation != 0) {
            losses_.note("rotation_dropped",
                         "VOC boxes are upright; the rotation of boxes was left out.", task_);
        }
        losses_.note("further_labels_dropped",
                     "VOC has one name a box; further labels were left out.", task_,
                     region_.labels.size() - 1);
        return true;
    }

    /// Whole pixels, cut off and not rounded, as the converter has it.
    void write_object() {
        auto pixels = [](double percent, double size) {
            return static_cast<int64_t>(percent / 100 * size);
        };
        int64_t x = pixels(region_.x, region_.image_width);
        int64_t y = pixels(region_.y, region_.image_height);
        int64_t width = pixels(region_.width, region_.image_width);
        int64_t height = pixels(region_.height, region_.image_height);
        objects_ += "<object>\n";
        element(objects_, "name", region_.labels.front());
        objects_ += "<pose>Unspecified</pose>\n<truncated>0</truncated>\n<difficult>0</difficult>\n"
                    "<bndbox>\n";
        number(objects_, "xmin", x);
        number(objects_, "ymin", y);
        number(objects_, "xmax", x + width);
        number(objects_, "ymax", y + height);
        objects_ += "</bndbox>\n</object>\n";
    }

    void write_head(std::string &text, const std::string &name, postil_value_t annotation,
                    image_size_t size) {
        text +=
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<annotation>\n<folder>images</folder>\n";
        element(text, "filename", name);
        text += "<source>\n<database>MyDatabase</database>\n<annotation>COCO2017</annotation>\n"
                "<image>flickr</image>\n<flickrid>NULL</flickrid>\n";
        element(text, "annotator", postil::annotator_text(keys_, annotation));
        text += "</source>\n<owner>\n<flickrid>NULL</flickrid>\n<name>Postil</name>\n</owner>\n"
                "<size>\n";
        number(text, "width", size.width);
        number(text, "height", size.height);
        number(text, "depth", size.channels > 0 ? size.channels : 3);
        text += "</size>\n<segmented>0</segmented>\n";
    }

    static void element(std::string &text, const char *name, std::string_view content) {
        text += '<';
        text += name;
        text += '>';
        append_xml(text, content);
        text += "</";
        text += name;
        text += ">\n";
    }

    static void number(std::string &text, const char *name, int64_t value) {
        std::string digits;
        append_number(digits, value);
        element(text, name, digits);
    }

    postil::ExportContext context_;
    postil::ItemRules rules_;
    postil::LossNotes losses_;
    bool takes_oldest_;
    postil::Controls controls_;
    postil::TaskKeys task_keys_;
    postil::ItemKeys keys_;
    postil::RegionKeys region_keys_;
    postil::LabeledIDs labeled_;
    postil::Results results_;
    postil::ImageFiles images_;
    const postil_sinks_t *sinks_;
    const uint32_t *cancel_;
    uint32_t image_key_ = 0;
    std::unordered_set<std::string> stems_;
    std::string objects_;
    postil::Items items_;
    ImageRegion region_;
    int64_t task_ = 0;
};

} // namespace

POSTIL_EXPORTER_PLUGIN(VOCExporter, "org.postil.voc", "1.0.0", "VOC")
