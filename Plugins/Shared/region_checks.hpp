// What formats of shapes in pixels ask of a region; what a region lacks is counted.
#pragma once

#include "image_region.hpp"
#include "labeled_ids.hpp"
#include "loss_notes.hpp"
#include "results.hpp"

#include <vector>

namespace postil {

/// A bare shape whose labels stand in another result of its id is no loss, and not written either.
inline bool has_label(const ImageRegion &region, const std::vector<Result> &all,
                      LabeledIDs &labeled, LossNotes &losses, int64_t task) {
    if (!region.labels.empty()) {
        return true;
    }
    if (!labeled.contains(all, region.id)) {
        losses.note("region_without_label", "Regions without a label were left out.", task);
    }
    return false;
}

inline bool has_place(const ImageRegion &region, LossNotes &losses, int64_t task) {
    if (region.has_size()) {
        return true;
    }
    losses.note("image_size_unknown",
                "Regions without original_width and original_height have no place in pixels; they "
                "were left out.",
                task);
    return false;
}

} // namespace postil
