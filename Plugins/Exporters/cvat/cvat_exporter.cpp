// CVAT's XML 1.1 for images (https://docs.cvat.ai/docs/manual/advanced/xml_format/): boxes,
// polygons, points, ellipses, masks, and choices as tags of the image.

#include "image_export.hpp"
#include "mask_box.hpp"

#include <map>

namespace {

using postil::append_number;
using postil::append_xml;
using postil::ImageRegion;

class CVATExporter {
public:
    CVATExporter(const postil_exporter_open_t &arguments, postil_error_t *error)
        : export_(arguments), choices_(postil_key(arguments.keys, "choices")),
          file_(arguments.sinks) {
        file_.open("annotations.xml", "application/xml", error);
        write_head();
    }

    void consume(const postil_batch_t *tasks, postil_error_t *error) {
        export_.consume(tasks, error, [&](const postil::ImageItem &item) {
            write(item);
            file_.flush_if_large(error);
        });
    }

    void finish(postil_error_t *error) {
        file_.text() += "</annotations>\n";
        file_.close(error);
        export_.losses.report();
    }

private:
    void write_head() {
        std::string &text = file_.text();
        text += "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<annotations>\n"
                "  <version>1.1</version>\n  <meta>\n    <task>\n      <id>";
        append_number(text, export_.context.project_id());
        text += "</id>\n      <name>";
        append_xml(text, export_.context.project_title());
        text += "</name>\n      <mode>annotation</mode>\n      <labels>\n";
        std::map<std::string, std::string> types;
        std::vector<std::string> order;
        for (const postil::Control &control : export_.controls.list()) {
            for (const std::string &label : control.labels) {
                auto known = types.emplace(label, type(control.type));
                if (known.second) {
                    order.push_back(label);
                } else if (known.first->second != type(control.type)) {
                    known.first->second = "any";
                }
            }
        }
        for (const std::string &label : order) {
            text += "        <label>\n          <name>";
            append_xml(text, label);
            text += "</name>\n          <type>" + types[label] +
                    "</type>\n          <attributes></attributes>\n        </label>\n";
        }
        text += "      </labels>\n    </task>\n    <dumped>";
        append_xml(text, export_.context.created_at());
        text += "</dumped>\n  </meta>\n";
    }

    /// What CVAT calls the labels of a control.
    static std::string type(const std::string &control) {
        static const std::map<std::string, std::string> types = {
            {"RectangleLabels", "rectangle"}, {"PolygonLabels", "polygon"},
            {"KeyPointLabels", "points"},     {"EllipseLabels", "ellipse"},
            {"BrushLabels", "mask"},          {"Choices", "tag"}};
        auto known = types.find(control);
        return known == types.end() ? "any" : known->second;
    }

    void write(const postil::ImageItem &item) {
        std::string &text = file_.text();
        text += "  <image id=\"";
        append_number(text, image_count_++);
        attribute("name", item.name);
        attribute("task", export_.task);
        if (item.size.width > 0) {
            attribute("width", static_cast<int64_t>(item.size.width));
            attribute("height", static_cast<int64_t>(item.size.height));
        }
        text += "\">\n";
        const auto &results = export_.results.read(item.annotation, export_.task);
        for (const postil::Result &result : results) {
            if (export_.read_region(results, result)) {
                write_region();
            } else if (export_.region.shape == ImageRegion::Shape::none) {
                write_choices(result);
            }
        }
        text += "  </image>\n";
    }

    void write_choices(const postil::Result &result) {
        bool is_of_image = result.type == "Choices" &&
                           !postil_object_get(result.value, export_.region_keys.x).node;
        if (!is_of_image) {
            return export_.lose_answer();
        }
        postil_walk_t walk = postil_children(postil_object_get(result.value, choices_));
        postil_value_t choice;
        while (postil_walk_element(&walk, &choice)) {
            file_.text() += "    <tag label=\"";
            append_xml(file_.text(), postil::view(postil_value_text(choice)));
            file_.text() += "\" source=\"manual\"></tag>\n";
        }
    }

    void write_region() {
        const ImageRegion &region = export_.region;
        switch (region.shape) {
        case ImageRegion::Shape::rectangle:
            return write_box(region);
        case ImageRegion::Shape::polygon:
            begin("polygon", region);
            attribute_name("points");
            write_points(region.outline());
            return end("polygon");
        case ImageRegion::Shape::key_point:
            begin("points", region);
            attribute_name("points");
            write_points(
                {{region.x / 100 * region.image_width, region.y / 100 * region.image_height}});
            return end("points");
        case ImageRegion::Shape::ellipse:
            return write_ellipse(region);
        default:
            return write_mask(region);
        }
    }

    void write_box(const ImageRegion &region) {
        begin("box", region);
        postil::CenteredBox box = postil::CenteredBox::of(region);
        bool is_turned = region.rotation != 0;
        double left = is_turned ? box.x - box.width / 2 : region.x / 100 * region.image_width;
        double top = is_turned ? box.y - box.height / 2 : region.y / 100 * region.image_height;
        attribute("xtl", left);
        attribute("ytl", top);
        attribute("xbr", left + box.width);
        attribute("ybr", top + box.height);
        if (is_turned) {
            attribute("rotation", region.rotation);
        }
        end("box");
    }

    void write_ellipse(const ImageRegion &region) {
        begin("ellipse", region);
        attribute("cx", region.x / 100 * region.image_width);
        attribute("cy", region.y / 100 * region.image_height);
        attribute("rx", region.radius_x / 100 * region.image_width);
        attribute("ry", region.radius_y / 100 * region.image_height);
        if (region.rotation != 0) {
            attribute("rotation", region.rotation);
        }
        end("ellipse");
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
        postil::MaskBox box = postil::MaskBox::of(mask);
        if (box.width == 0) {
            return export_.losses.note("mask_empty", "Masks with nothing painted were left out.",
                                       export_.task);
        }
        if (box.has_shades) {
            export_.losses.note("mask_shades_dropped",
                                "Masks are painted or not in this format; shades were left out.",
                                export_.task);
        }
        begin("mask", region);
        attribute_name("rle");
        const char *separator = "";
        for (uint32_t run : runs_by_rows(mask, box)) {
            file_.text() += separator;
            append_number(file_.text(), static_cast<int64_t>(run));
            separator = ", ";
        }
        attribute("left", static_cast<int64_t>(box.left));
        attribute("top", static_cast<int64_t>(box.top));
        attribute("width", static_cast<int64_t>(box.width));
        attribute("height", static_cast<int64_t>(box.height));
        end("mask");
    }

    void begin(const char *element, const ImageRegion &region) {
        file_.text() += "    <";
        file_.text() += element;
        file_.text() += " label=\"";
        append_xml(file_.text(), region.labels.front());
        file_.text() += "\" source=\"manual\" occluded=\"0";
    }

    void end(const char *element) {
        file_.text() += "\" z_order=\"0\"></";
        file_.text() += element;
        file_.text() += ">\n";
    }

    /// Ends the value before it and leaves its own open.
    void attribute_name(const char *name) {
        file_.text() += "\" ";
        file_.text() += name;
        file_.text() += "=\"";
    }

    void attribute(const char *name, double value) {
        attribute_name(name);
        append_number(file_.text(), value);
    }

    void attribute(const char *name, int64_t value) {
        attribute_name(name);
        append_number(file_.text(), value);
    }

    void attribute(const char *name, const std::string &value) {
        attribute_name(name);
        append_xml(file_.text(), value);
    }

    void write_points(const std::vector<postil::Point> &points) {
        const char *separator = "";
        for (postil::Point point : points) {
            file_.text() += separator;
            append_number(file_.text(), point.x);
            file_.text() += ',';
            append_number(file_.text(), point.y);
            separator = ";";
        }
    }

    postil::ImageExport export_;
    uint32_t choices_;
    postil::SinkFile file_;
    int64_t image_count_ = 0;
};

} // namespace

POSTIL_EXPORTER_PLUGIN(CVATExporter, "org.postil.cvat", "1.0.0", "CVAT")
