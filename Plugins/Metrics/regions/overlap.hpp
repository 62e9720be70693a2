// What two shapes share.
#pragma once

#include "image_region.hpp"

#include <algorithm>
#include <vector>

namespace postil {

/// Areas in the square of the points' unit. What an odd number of a shape's sides surrounds is
/// inside it, so that a ring that crosses itself has an area too.
struct Overlap {
    double first = 0, second = 0, shared = 0;

    /// Intersection over union; 0 for shapes without an area.
    double iou() const {
        double joined = first + second - shared;
        return joined > 0 ? std::clamp(shared / joined, 0.0, 1.0) : 0;
    }
};

/// Measures two shapes, slab by slab.
///
/// The plane is cut at the height of every corner and of every crossing of two sides. Inside such
/// a slab no sides cross, so each piece of a shape is a trapezoid, and its area is the slab's
/// height times its width at half height. Nothing has to be classified, so nothing can be
/// classified wrongly: touching, shared and crossing sides need no cases of their own.
class OverlapMeasure {
public:
    Overlap measure(const std::vector<Point> &first, const std::vector<Point> &second) {
        sides_.clear();
        cuts_.clear();
        add(first, 0);
        add(second, 1);
        std::sort(sides_.begin(), sides_.end(),
                  [](const Side &a, const Side &b) { return a.top < b.top; });
        cut_at_crossings();
        std::sort(cuts_.begin(), cuts_.end());
        cuts_.erase(std::unique(cuts_.begin(), cuts_.end()), cuts_.end());
        return sum_of_slabs();
    }

private:
    /// A side that is not level, from its top to its bottom.
    struct Side {
        double top, bottom, x, slope;
        int shape;

        double at(double y) const { return x + (y - top) * slope; }
    };

    void add(const std::vector<Point> &ring, int shape) {
        for (size_t i = 0; i < ring.size(); i++) {
            Point a = ring[i], b = ring[(i + 1) % ring.size()];
            cuts_.push_back(a.y);
            if (a.y > b.y) {
                std::swap(a, b);
            }
            if (a.y < b.y) {
                sides_.push_back({a.y, b.y, a.x, (b.x - a.x) / (b.y - a.y), shape});
            }
        }
    }

    void cut_at_crossings() {
        for (size_t i = 0; i < sides_.size(); i++) {
            const Side &one = sides_[i];
            for (size_t k = i + 1; k < sides_.size() && sides_[k].top < one.bottom; k++) {
                const Side &other = sides_[k];
                double top = std::max(one.top, other.top);
                double bottom = std::min(one.bottom, other.bottom);
                double above = one.at(top) - other.at(top);
                double below = one.at(bottom) - other.at(bottom);
                if ((above < 0 && below > 0) || (above > 0 && below < 0)) {
                    cuts_.push_back(top + (bottom - top) * (above / (above - below)));
                }
            }
        }
    }

    Overlap sum_of_slabs() {
        Overlap sum;
        std::vector<const Side *> active;
        size_t next = 0;
        for (size_t cut = 0; cut + 1 < cuts_.size(); cut++) {
            double top = cuts_[cut], bottom = cuts_[cut + 1];
            active.erase(std::remove_if(active.begin(), active.end(),
                                        [&](const Side *side) { return side->bottom <= top; }),
                         active.end());
            for (; next < sides_.size() && sides_[next].top <= top; next++) {
                if (sides_[next].bottom > top) {
                    active.push_back(&sides_[next]);
                }
            }
            add_slab(active, top + (bottom - top) / 2, bottom - top, sum);
        }
        return sum;
    }

    void add_slab(const std::vector<const Side *> &active, double middle, double height,
                  Overlap &sum) {
        crossed_.clear();
        for (const Side *side : active) {
            crossed_.push_back({side->at(middle), side->shape});
        }
        std::sort(crossed_.begin(), crossed_.end());
        bool inside[2] = {false, false};
        double from = 0;
        for (auto [x, shape] : crossed_) {
            double area = (x - from) * height;
            sum.first += inside[0] ? area : 0;
            sum.second += inside[1] ? area : 0;
            sum.shared += inside[0] && inside[1] ? area : 0;
            inside[shape] = !inside[shape];
            from = x;
        }
    }

    std::vector<Side> sides_;
    std::vector<double> cuts_;
    std::vector<std::pair<double, int>> crossed_;
};

} // namespace postil
