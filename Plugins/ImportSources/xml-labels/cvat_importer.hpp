// CVAT's XML 1.1 for images. One image at a time is in memory.
#pragma once

#include "xml_file.hpp"

#include "brush_encoder.hpp"
#include "import_answers.hpp"

namespace xml_labels {

class CVATImporter {
public:
    CVATImporter(const postil_import_open_t &arguments, postil_error_t *)
        : controls_(postil_batch_value(arguments.context_borrowed, 0)),
          rules_(postil_batch_value(arguments.context_borrowed, 0)), files_(arguments.inputs),
          writer_(controls_, rules_), data_key_(controls_.data_key("Image", "image")),
          reader_(nullptr, xmlFreeTextReader) {
        std::vector<uint64_t> found = files_.ending(".xml");
        if (found.size() != 1) {
            throw postil::Failure(POSTIL_ERROR_INVALID_DATA, "file_missing",
                                  "CVAT's annotations are one .xml file; there are " +
                                      std::to_string(found.size()) + ".");
        }
        file_ = found.front();
        name_ = files_.name(file_);
        reader_.reset(xmlReaderForIO(read, nullptr, this, nullptr, nullptr, options));
        if (!reader_) {
            throw postil::Failure(POSTIL_ERROR_NO_MEMORY, "no_memory", "Memory ran out.");
        }
    }

    /// A position counts images; from a checkpoint the images before it are passed over.
    bool append_task(uint64_t *position, std::string &json) {
        while (passed_ <= *position) {
            if (!advance()) {
                return false;
            }
            passed_++;
        }
        (*position)++;
        xmlNode *image = xmlTextReaderExpand(reader_.get());
        if (!image) {
            throw fault();
        }
        write(image, json);
        return true;
    }

private:
    static int read(void *context, char *buffer, int count) {
        auto *importer = static_cast<CVATImporter *>(context);
        try {
            size_t got = importer->files_.read_at(importer->file_, importer->offset_, buffer,
                                                  static_cast<size_t>(count));
            importer->offset_ += got;
            return static_cast<int>(got);
        } catch (...) {
            return -1; // libxml2 is C: nothing may be thrown through it.
        }
    }

    /// Moves to the next <image>. False at the end.
    bool advance() {
        int state =
            passed_ == 0 ? xmlTextReaderRead(reader_.get()) : xmlTextReaderNext(reader_.get());
        for (; state == 1; state = xmlTextReaderRead(reader_.get())) {
            int type = xmlTextReaderNodeType(reader_.get());
            if (type == XML_READER_TYPE_DOCUMENT_TYPE) {
                throw invalid(name_, "it has a DOCTYPE; annotations need none.");
            }
            if (type != XML_READER_TYPE_ELEMENT) {
                continue;
            }
            const char *element =
                reinterpret_cast<const char *>(xmlTextReaderConstLocalName(reader_.get()));
            if (std::string_view(element) == "track") {
                throw invalid(name_, "it has tracks of a video; images alone can be read.");
            }
            if (std::string_view(element) == "image") {
                return true;
            }
        }
        if (state < 0) {
            throw fault();
        }
        return false;
    }

    postil::Failure fault() const {
        const xmlError *problem = xmlGetLastError();
        int line = xmlTextReaderGetParserLineNumber(reader_.get());
        return invalid(name_,
                       "line " + std::to_string(line) + ": " +
                           (problem && problem->message ? problem->message : "it is no XML."));
    }

    void write(xmlNode *image, std::string &json) {
        std::string name = attribute(image, "name");
        uint64_t index;
        std::string address = postil::image_reference(files_, rules_, name_, name, &index);
        width_ = height_ = 0;
        bool has_size = to_number(attribute(image, "width"), &width_) &&
                        to_number(attribute(image, "height"), &height_) && width_ > 0 &&
                        height_ > 0;
        image_size_t size = {0, 0, 0};
        if (!has_size && index != postil::ImportFiles::none &&
            files_.read_image_size(index, &size)) {
            width_ = size.width;
            height_ = size.height;
        }
        place_ = name_ + ", image \"" + name + "\"";
        writer_.begin(place_, width_, height_);
        std::vector<std::string> choices;
        bool is_any = false;
        for (xmlNode *node = image->children; node; node = node->next) {
            if (node->type == XML_ELEMENT_NODE) {
                is_any = true;
                count_losses(node);
                if (name_of(node) == "tag") {
                    choices.push_back(attribute(node, "label"));
                } else {
                    // Choices keep their place among the regions.
                    writer_.choices(std::exchange(choices, {}));
                    write_shape(node);
                }
            }
        }
        writer_.choices(choices);
        postil::begin_task(json, data_key_, address);
        // An image without annotations is a task that nobody has annotated.
        postil::end_task(json, rules_, writer_.losses,
                         is_any ? std::vector<std::string>{writer_.results()}
                                : std::vector<std::string>());
    }

    void count_losses(xmlNode *node) {
        for (xmlNode *inner = node->children; inner; inner = inner->next) {
            if (inner->type == XML_ELEMENT_NODE && name_of(inner) == "attribute") {
                writer_.losses.note("attribute_not_read", "Attributes of shapes were left out.");
            }
        }
        if (!attribute(node, "group_id").empty()) {
            writer_.losses.note("group_not_read", "Groups of shapes were left out.");
        }
        std::string occluded = attribute(node, "occluded");
        if (!occluded.empty() && occluded != "0") {
            writer_.losses.note("mark_not_read", "Marks such as `occluded` were left out.");
        }
    }

    void write_shape(xmlNode *node) {
        std::string shape = name_of(node), label = attribute(node, "label");
        if (width_ <= 0 || height_ <= 0) {
            throw invalid(place_, "it has no width and height; give them or bring the image.");
        }
        if (shape == "box") {
            write_box(node, label);
        } else if (shape == "polygon") {
            writer_.polygon(label, points(node));
        } else if (shape == "points") {
            for (postil::Point point : points(node)) {
                writer_.key_point(label, point, "");
            }
        } else if (shape == "ellipse") {
            writer_.ellipse(label, {x(node, "cx"), y(node, "cy")}, {x(node, "rx"), y(node, "ry")},
                            rotation(node));
        } else if (shape == "mask") {
            write_mask(node, label);
        } else if (rules_.leaves_unknown_out) {
            writer_.losses.note("shape_not_read",
                                "Shapes of kinds that cannot be read were left out.");
        } else {
            throw invalid(place_, "<" + shape +
                                      "> cannot be read. Set `unknown_labels` to "
                                      "leave_out to go on without it.");
        }
    }

    /// Boxes are turned about their center there, about their top left corner here.
    void write_box(xmlNode *node, const std::string &label) {
        double left = number(node, "xtl"), top = number(node, "ytl");
        double across = number(node, "xbr") - left, down = number(node, "ybr") - top;
        double degrees = rotation(node);
        if (degrees != 0) {
            double angle = degrees * std::acos(-1.0) / 180;
            double center_x = left + across / 2, center_y = top + down / 2;
            left = center_x - across / 2 * std::cos(angle) + down / 2 * std::sin(angle);
            top = center_y - across / 2 * std::sin(angle) - down / 2 * std::cos(angle);
        }
        writer_.box(label, {left / width_ * 100, top / height_ * 100, across / width_ * 100,
                            down / height_ * 100, degrees});
    }

    void write_mask(xmlNode *node, const std::string &label) {
        double left = number(node, "left"), top = number(node, "top");
        double across = number(node, "width"), down = number(node, "height");
        bool fits = left >= 0 && top >= 0 && across >= 1 && down >= 1 && left + across <= width_ &&
                    top + down <= height_ &&
                    width_ * height_ <= static_cast<double>(postil::BrushDecoder::most_pixels);
        if (!fits) {
            throw invalid(place_, "a mask does not lie in its image.");
        }
        postil::BrushMask mask;
        mask.width = static_cast<uint32_t>(width_);
        mask.height = static_cast<uint32_t>(height_);
        mask.alpha.assign(static_cast<size_t>(mask.width) * mask.height, 0);
        auto columns = static_cast<uint64_t>(across);
        uint64_t at = 0, most = columns * static_cast<uint64_t>(down);
        bool is_painted = false;
        for (double run : numbers(attribute(node, "rle"))) {
            if (run < 0 || run > static_cast<double>(most - at)) {
                throw invalid(place_, "a mask has more pixels than its box.");
            }
            for (auto end = at + static_cast<uint64_t>(run); at < end; at++) {
                uint64_t row = static_cast<uint64_t>(top) + at / columns;
                uint64_t column = static_cast<uint64_t>(left) + at % columns;
                mask.alpha[row * mask.width + column] = is_painted ? 255 : 0;
            }
            is_painted = !is_painted;
        }
        writer_.brush(label, postil::brush_rle(mask));
    }

    std::vector<postil::Point> points(xmlNode *node) const {
        std::vector<postil::Point> found;
        std::vector<double> pairs = numbers(attribute(node, "points"));
        if (pairs.empty() || pairs.size() % 2 != 0) {
            throw invalid(place_, "points of <" + name_of(node) + "> are not pairs of numbers.");
        }
        for (size_t i = 0; i < pairs.size(); i += 2) {
            found.push_back({pairs[i] / width_ * 100, pairs[i + 1] / height_ * 100});
        }
        return found;
    }

    /// Numbers with commas, semicolons or blanks between them.
    std::vector<double> numbers(const std::string &text) const {
        std::vector<double> found;
        for (size_t at = 0; at < text.size();) {
            size_t from = text.find_first_not_of(",; \t\r\n", at);
            if (from == std::string::npos) {
                break;
            }
            size_t end = std::min(text.find_first_of(",; \t\r\n", from), text.size());
            double value;
            if (!to_number(std::string_view(text).substr(from, end - from), &value)) {
                throw invalid(place_, "\"" + text.substr(from, end - from) + "\" is no number.");
            }
            found.push_back(value);
            at = end;
        }
        return found;
    }

    double number(xmlNode *node, const char *name) const {
        double value;
        std::string text = attribute(node, name);
        if (!to_number(text, &value)) {
            throw invalid(place_, "\"" + text + "\" is no number for `" + name + "` of <" +
                                      name_of(node) + ">.");
        }
        return value;
    }

    double x(xmlNode *node, const char *name) const { return number(node, name) / width_ * 100; }
    double y(xmlNode *node, const char *name) const { return number(node, name) / height_ * 100; }

    double rotation(xmlNode *node) const {
        return attribute(node, "rotation").empty() ? 0 : number(node, "rotation");
    }

    postil::Controls controls_;
    postil::ImportRules rules_;
    postil::ImportFiles files_;
    postil::AnswerWriter writer_;
    std::string data_key_, name_, place_;
    uint64_t file_ = 0, offset_ = 0, passed_ = 0;
    double width_ = 0, height_ = 0;
    std::unique_ptr<xmlTextReader, void (*)(xmlTextReaderPtr)> reader_;
};

} // namespace xml_labels
