// Which regions of an annotation have a label, also one that another control gave.
#pragma once

#include "image_region.hpp"
#include "results.hpp"

#include <unordered_set>

namespace postil {

/// With `<Rectangle>` and `<Labels>` a region is two results of one id: its bare shape, and the
/// shape with its labels. The bare one is no loss.
class LabeledIDs {
public:
    explicit LabeledIDs(const postil_keys_t *keys) : keys_(keys) {}

    void begin() { is_read_ = false; }

    bool contains(const std::vector<Result> &results, std::string_view id) {
        if (!is_read_) {
            ids_.clear();
            ImageRegion region;
            for (const Result &result : results) {
                region.read(keys_, result.result);
                if (!region.labels.empty()) {
                    ids_.insert(region.id);
                }
            }
            is_read_ = true;
        }
        return !id.empty() && ids_.count(id) != 0;
    }

private:
    RegionKeys keys_;
    bool is_read_ = false;
    std::unordered_set<std::string_view> ids_;
};

} // namespace postil
