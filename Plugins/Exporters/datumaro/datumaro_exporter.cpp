// Datumaro's JSON (https://open-edge-platform.github.io/datumaro): annotations/default.json with
// labels, and for each image its regions, choices and texts.

#include "categories.hpp"
#include "image_export.hpp"
#include "mask_box.hpp"

namespace {

using postil::append_json_string;
using postil::append_number;
using postil::ImageRegion;

class DatumaroExporter {
public:
    DatumaroExporter(const postil_exporter_open_t &arguments, postil_error_t *error)
        : export_(arguments), categories_(export_.context.root),
          choices_(postil_key(arguments.keys, "choices")),
          text_(postil_key(arguments.keys, "text")), file_(arguments.sinks) {
        file_.open("annotations/default.json", "application/json", error);
        file_.text() += "{\"infos\":{},\"items\":[";
    }

    void consume(const postil_batch_t *tasks, postil_error_t *error) {
        export_.consume(tasks, error, [&](const postil::ImageItem &item) {
            write(item);
            file_.flush_if_large(error);
        });
    }

    void finish(postil_error_t *error) {
        std::string &text = file_.text();
        text += "],\"categories\":{\"label\":{\"labels\":[";
        const char *separator = "";
        for (const auto &category : categories_.list()) {
            text += separator;
            text += "{\"name\":";
            append_json_string(text, category.name);
            text += ",\"parent\":\"\",\"attributes\":[]}";
            separator = ",";
        }
        text += "],\"attributes\":[]}}}\n";
        file_.close(error);
        export_.losses.report();
    }

private:
    void write(const postil::ImageItem &item) {
        std::string &text = file_.text();
        text += item_count_++ == 0 ? "{\"id\":" : ",{\"id\":";
        append_json_string(text, item.name.substr(0, item.name.find_last_of('.')));
        text += ",\"annotations\":[";
        count_ = 0;
        const auto &results = export_.results.read(item.annotation, export_.task);
        for (const postil::Result &result : results) {
            if (export_.read_region(results, result)) {
                write_region();
            } else if (export_.region.shape == ImageRegion::Shape::none) {
                write_answer(result);
            }
        }
        text += "],\"attr\":{\"task\":";
        append_number(text, export_.task);
        text += "},\"image\":{\"path\":";
        append_json_string(text, item.name);
        if (item.size.width > 0) {
            text += ",\"size\":[";
            append_number(text, static_cast<int64_t>(item.size.height));
            text += ',';
            append_number(text, static_cast<int64_t>(item.size.width));
            text += ']';
        }
        text += "}}";
    }

    /// Choices become labels of the image, texts become captions.
    void write_answer(const postil::Result &result) {
        bool is_of_image = !postil_object_get(result.value, export_.region_keys.x).node;
        bool is_choice = result.type == "Choices", is_text = result.type == "TextArea";
        if (!is_of_image || (!is_choice && !is_text)) {
            return export_.lose_answer();
        }
        postil_walk_t walk =
            postil_children(postil_object_get(result.value, is_choice ? choices_ : text_));
        postil_value_t element;
        while (postil_walk_element(&walk, &element)) {
            std::string_view text = postil::view(postil_value_text(element));
            begin(is_choice ? "label" : "caption");
            if (is_choice) {
                label(text);
            } else {
                file_.text() += ",\"caption\":";
                append_json_string(file_.text(), text);
            }
            file_.text() += '}';
        }
    }

    void write_region() {
        const ImageRegion &region = export_.region;
        switch (region.shape) {
        case ImageRegion::Shape::rectangle:
            return write_box(region);
        case ImageRegion::Shape::polygon:
            begin("polygon");
            file_.text() += ",\"points\":";
            write_points(region.outline());
            break;
        case ImageRegion::Shape::key_point:
            begin("points");
            file_.text() += ",\"points\":";
            write_points(
                {{region.x / 100 * region.image_width, region.y / 100 * region.image_height}});
            file_.text() += ",\"visibility\":[2]";
            break;
        case ImageRegion::Shape::ellipse:
            begin("ellipse");
            write_ellipse(region);
            break;
        default:
            return write_mask(region);
        }
        end(region);
    }

    /// A turned box is a polygon there: the box has no rotation.
    void write_box(const ImageRegion &region) {
        if (region.rotation != 0) {
            export_.losses.note("rotation_as_polygon",
                                "Turned boxes were written as polygons of their corners.",
                                export_.task);
            begin("polygon");
            file_.text() += ",\"points\":";
            write_points(region.outline());
            return end(region);
        }
        begin("bbox");
        file_.text() += ",\"bbox\":[";
        append_number(file_.text(), region.x / 100 * region.image_width);
        file_.text() += ',';
        append_number(file_.text(), region.y / 100 * region.image_height);
        file_.text() += ',';
        append_number(file_.text(), region.width / 100 * region.image_width);
        file_.text() += ',';
        append_number(file_.text(), region.height / 100 * region.image_height);
        file_.text() += ']';
        end(region);
    }

    void write_ellipse(const ImageRegion &region) {
        if (region.rotation != 0) {
            export_.losses.note("rotation_dropped",
                                "Ellipses are upright in this format; their rotation was left out.",
                                export_.task);
        }
        double x = region.x / 100 * region.image_width, y = region.y / 100 * region.image_height;
        double across = region.radius_x / 100 * region.image_width;
        double down = region.radius_y / 100 * region.image_height;
        file_.text() += ",\"points\":";
        write_points({{x - across, y - down}, {x + across, y + down}});
    }

    void write_mask(const ImageRegion &region) {
        postil::BrushMask mask;
        if (!postil::BrushDecoder::decode(region.rle, region.image_width, region.image_height,
                                          &mask)) {
            return export_.losses.note(
                "mask_unreadable",
                "Masks that are damaged, or not of their image's size, were left out.",
                export_.task);
        }
        if (postil::MaskBox::of(mask).has_shades) {
            export_.losses.note("mask_shades_dropped",
                                "Masks are painted or not in this format; shades were left out.",
                                export_.task);
        }
        begin("mask");
        file_.text() += ",\"rle\":{\"counts\":";
        append_json_string(file_.text(), postil::coco_rle_text(runs_by_columns(mask)));
        file_.text() += ",\"size\":[";
        append_number(file_.text(), static_cast<int64_t>(mask.height));
        file_.text() += ',';
        append_number(file_.text(), static_cast<int64_t>(mask.width));
        file_.text() += "]}";
        end(region);
    }

    void begin(const char *type) {
        std::string &text = file_.text();
        text += count_ == 0 ? "{\"id\":" : ",{\"id\":";
        append_number(text, count_++);
        text += ",\"type\":\"";
        text += type;
        text += "\",\"attributes\":{},\"group\":0";
    }

    void end(const ImageRegion &region) {
        label(region.labels.front());
        file_.text() += ",\"z_order\":0}";
    }

    /// The label's place in the list of labels.
    void label(std::string_view name) {
        file_.text() += ",\"label_id\":";
        append_number(file_.text(), static_cast<int64_t>(categories_.place(name)));
    }

    void write_points(const std::vector<postil::Point> &points) {
        char separator = '[';
        for (postil::Point point : points) {
            file_.text() += separator;
            append_number(file_.text(), point.x);
            file_.text() += ',';
            append_number(file_.text(), point.y);
            separator = ',';
        }
        file_.text() += ']';
    }

    postil::ImageExport export_;
    postil::Categories categories_;
    uint32_t choices_, text_;
    postil::SinkFile file_;
    int64_t item_count_ = 0, count_ = 0;
};

} // namespace

POSTIL_EXPORTER_PLUGIN(DatumaroExporter, "org.postil.datumaro", "1.0.0", "DATUMARO")
