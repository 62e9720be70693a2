// Key points that belong to one thing, gathered.
#pragma once

#include "image_region.hpp"
#include "key_points.hpp"
#include "loss_notes.hpp"

#include <string_view>
#include <vector>

namespace postil {

struct Instance {
    struct KeyPoint {
        bool is_there = false;
        double x = 0, y = 0; ///< Pixels of the original image.
    };

    std::string_view parent; ///< Id of the region that the points belong to; empty for none.
    std::vector<KeyPoint> points;
};

/// The instances of one annotation: one for each region that key points name as their parent, and
/// one for the points that name none.
class Instances {
public:
    void begin() { list_.clear(); }

    const std::vector<Instance> &list() const { return list_; }

    void take(const KeyPointOrder &order, const ImageRegion &region, LossNotes &losses,
              int64_t task) {
        Instance &instance = find(region.parent, order.order().size());
        for (std::string_view label : region.labels) {
            int place = order.place(label);
            if (place < 0) {
                losses.note("key_point_without_model_index",
                            "Key points whose label has no model_index of its own were left out.",
                            task);
                continue;
            }
            Instance::KeyPoint &point = instance.points[static_cast<size_t>(place)];
            if (point.is_there) {
                losses.note("key_point_repeated",
                            "Of several key points with one label the last one was written.", task);
            }
            point = {true, region.x / 100 * region.image_width,
                     region.y / 100 * region.image_height};
        }
    }

private:
    Instance &find(std::string_view parent, size_t count) {
        for (Instance &instance : list_) {
            if (instance.parent == parent) {
                return instance;
            }
        }
        list_.push_back({parent, std::vector<Instance::KeyPoint>(count)});
        return list_.back();
    }

    std::vector<Instance> list_;
};

} // namespace postil
