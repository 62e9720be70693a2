// Pascal VOC: an XML file for each image with boxes in pixels.
#pragma once

#include "xml_file.hpp"

#include "import_answers.hpp"

namespace xml_labels {

class VOCImporter {
public:
    VOCImporter(const postil_import_open_t &arguments, postil_error_t *)
        : controls_(postil_batch_value(arguments.context_borrowed, 0)),
          rules_(postil_batch_value(arguments.context_borrowed, 0)), files_(arguments.inputs),
          writer_(controls_, rules_), data_key_(controls_.data_key("Image", "image")),
          xml_(files_.ending(".xml")) {
        if (xml_.empty()) {
            throw postil::Failure(POSTIL_ERROR_INVALID_DATA, "file_missing",
                                  "There is no .xml file in what was sent.");
        }
    }

    bool append_task(uint64_t *position, std::string &json) {
        if (*position >= xml_.size()) {
            return false;
        }
        uint64_t index = xml_[static_cast<size_t>((*position)++)];
        std::string name(files_.name(index)), text = files_.read(index, most_bytes);
        std::unique_ptr<xmlDoc, void (*)(xmlDoc *)> document(
            xmlReadMemory(text.data(), static_cast<int>(text.size()), nullptr, nullptr, options),
            xmlFreeDoc);
        if (!document) {
            const xmlError *problem = xmlGetLastError();
            throw invalid(name,
                          problem && problem->message
                              ? "line " + std::to_string(problem->line) + ": " + problem->message
                              : "it is no XML.");
        }
        if (document->intSubset) {
            throw invalid(name, "it has a DOCTYPE; annotations need none.");
        }
        const xmlNode *root = xmlDocGetRootElement(document.get());
        if (!root || name_of(root) != "annotation") {
            throw invalid(name, "its root is not <annotation>.");
        }
        write(name, root, json);
        return true;
    }

private:
    static constexpr uint64_t most_bytes = 64ull << 20;

    void write(const std::string &name, const xmlNode *root, std::string &json) {
        std::string image = content(child(root, "filename"));
        if (image.empty()) {
            throw invalid(name, "there is no <filename>.");
        }
        uint64_t index;
        std::string address = postil::image_reference(files_, rules_, name, image, &index);
        double width = 0, height = 0;
        to_number(content(child(child(root, "size"), "width")), &width);
        to_number(content(child(child(root, "size"), "height")), &height);
        image_size_t size = {0, 0, 0};
        if (!(width > 0 && height > 0) && index != postil::ImportFiles::none &&
            files_.read_image_size(index, &size)) {
            width = size.width;
            height = size.height;
        }
        if (!(width > 0 && height > 0)) {
            throw invalid(name, "<size> has no width and height; give them or bring the image.");
        }
        writer_.begin(name, width, height);
        for (xmlNode *object = root->children; object; object = object->next) {
            if (object->type == XML_ELEMENT_NODE && name_of(object) == "object") {
                write_object(name, object, width, height);
            }
        }
        postil::begin_task(json, data_key_, address);
        postil::end_task(json, rules_, writer_.losses, {writer_.results()});
    }

    /// Percent that come to these pixels again when they are cut off, as an export cuts them.
    static double percent(double pixels, double size) {
        double value = pixels / size * 100;
        while (value / 100 * size < pixels) {
            value = std::nextafter(value, INFINITY);
        }
        return value;
    }

    void count_losses(const xmlNode *object) {
        for (const char *mark : {"truncated", "difficult", "occluded"}) {
            std::string text = content(child(object, mark));
            if (!text.empty() && text != "0") {
                writer_.losses.note("mark_not_read",
                                    "Marks such as `truncated` and `difficult` were left out.");
            }
        }
        std::string pose = content(child(object, "pose"));
        if (!pose.empty() && pose != "Unspecified") {
            writer_.losses.note("pose_not_read", "Poses were left out.");
        }
        if (child(object, "part")) {
            writer_.losses.note("part_not_read", "Parts of objects were left out.");
        }
    }

    void write_object(const std::string &name, const xmlNode *object, double width, double height) {
        count_losses(object);
        const xmlNode *box = child(object, "bndbox");
        double numbers[4];
        const char *names[] = {"xmin", "ymin", "xmax", "ymax"};
        for (size_t i = 0; i < 4; i++) {
            std::string text = content(child(box, names[i]));
            if (!to_number(text, &numbers[i])) {
                throw invalid(name, "line " + std::to_string(xmlGetLineNo(object)) + ": \"" + text +
                                        "\" is no number for <" + names[i] + ">.");
            }
        }
        // Blanks around a name are layout, unless the config has them, too.
        std::string whole = whole_content(child(object, "name"));
        writer_.box(writer_.takes("Rectangle", whole) ? whole : content(child(object, "name")),
                    {percent(numbers[0], width), percent(numbers[1], height),
                     percent(numbers[2] - numbers[0], width),
                     percent(numbers[3] - numbers[1], height), 0});
    }

    postil::Controls controls_;
    postil::ImportRules rules_;
    postil::ImportFiles files_;
    postil::AnswerWriter writer_;
    std::string data_key_;
    std::vector<uint64_t> xml_;
};

} // namespace xml_labels
