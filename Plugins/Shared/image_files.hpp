// The images of an export: their names, their sizes, and the files themselves where asked for.
#pragma once

#include "image_name.hpp"
#include "loss_notes.hpp"
#include "media_file.hpp"
#include "text_writer.hpp"

#include <string>
#include <string_view>
#include <unordered_set>

namespace postil {

/// The text of a data field that shows an image; of the last one when it is a list of pages.
inline std::string_view image_address(postil_value_t field) {
    if (postil_value_is(field, POSTIL_KIND_ARRAY)) {
        uint32_t count = postil_value_count(field);
        field = postil_array_at(field, count > 0 ? count - 1 : 0);
    }
    return view(postil_value_text(field));
}

class ImageFiles {
public:
    ImageFiles(const postil_exporter_open_t &arguments, bool copies, LossNotes &losses)
        : sinks_(arguments.sinks), media_(arguments.media), copies_(copies), losses_(losses) {}

    /// Copies the image into `images/` if the export has images and this one is not there yet.
    ///
    /// `size`  set from the file's head; left alone when it is not read.
    ///
    /// False when it should be there and the host does not give it; that is a loss.
    bool take(std::string_view address, int64_t task, image_size_t *size, postil_error_t *error) {
        if (!copies_) {
            return true;
        }
        MediaFile file(media_);
        if (!file.open(address)) {
            losses_.note("image_missing",
                         "Images that cannot be read, here or where they lie, were left out.",
                         task);
            return false;
        }
        file.read_image_size(size);
        std::string name = image_name(address);
        if (copied_.insert(name).second) {
            file.copy(sinks_, "images/" + name, error);
        }
        return true;
    }

private:
    const postil_sinks_t *sinks_;
    const postil_media_t *media_;
    bool copies_;
    LossNotes &losses_;
    std::unordered_set<std::string> copied_;
};

} // namespace postil
