// The outer outlines of a mask, by border following.
//
// S. Suzuki, K. Abe: Topological structural analysis of digitized binary images by border
// following. CVGIP 30 (1985), algorithm 2 (outermost borders only). Corners alone are kept, as
// OpenCV's CHAIN_APPROX_SIMPLE keeps them.
#pragma once

#include "brush_mask.hpp"

#include <cstdint>
#include <utility>
#include <vector>

namespace postil {

struct Contour {
    std::vector<std::pair<int32_t, int32_t>> points; ///< x and y of pixels.
    int32_t left, top, right, bottom;                ///< Inclusive.

    /// The area inside the outline, in pixels, by the shoelace formula.
    double area() const {
        double twice = 0;
        for (size_t i = 0; i < points.size(); i++) {
            const auto &a = points[i], &b = points[(i + 1) % points.size()];
            twice +=
                static_cast<double>(a.first) * b.second - static_cast<double>(b.first) * a.second;
        }
        return (twice < 0 ? -twice : twice) / 2;
    }
};

class ContourFinder {
public:
    explicit ContourFinder(const BrushMask &mask)
        : width_(static_cast<int32_t>(mask.width)), height_(static_cast<int32_t>(mask.height)),
          stride_(width_ + 2),
          cells_(static_cast<size_t>(stride_) * static_cast<size_t>(height_ + 2), 0) {
        // A frame of zeros around the mask saves every test for its edge.
        for (int32_t y = 0; y < height_; y++) {
            for (int32_t x = 0; x < width_; x++) {
                size_t pixel = static_cast<size_t>(y) * mask.width + static_cast<size_t>(x);
                cells_[place(x, y)] = mask.alpha[pixel] != 0;
            }
        }
    }

    /// In the order in which a scan by rows meets them.
    std::vector<Contour> find() {
        std::vector<Contour> found;
        for (int32_t y = 0; y < height_; y++) {
            int8_t last_border = 0; // The last mark in this row: 2 is an entry, -2 a way out.
            for (int32_t x = 0; x < width_; x++) {
                size_t at = place(x, y);
                bool begins = cells_[at] == 1 && cells_[at - 1] == 0 && last_border <= 0;
                if (begins) {
                    found.push_back(follow(x, y));
                }
                if (cells_[at] == 2 || cells_[at] == -2) {
                    last_border = cells_[at];
                }
            }
        }
        return found;
    }

private:
    size_t place(int32_t x, int32_t y) const {
        return static_cast<size_t>(y + 1) * static_cast<size_t>(stride_) +
               static_cast<size_t>(x + 1);
    }

    /// Eight directions, counterclockwise from east.
    std::ptrdiff_t step(int direction) const {
        static constexpr int dx[] = {1, 1, 0, -1, -1, -1, 0, 1};
        static constexpr int dy[] = {0, -1, -1, -1, 0, 1, 1, 1};
        return static_cast<std::ptrdiff_t>(dy[direction & 7]) * stride_ + dx[direction & 7];
    }

    size_t neighbor(size_t at, int direction) const {
        return static_cast<size_t>(static_cast<std::ptrdiff_t>(at) + step(direction));
    }

    void extend(Contour &contour, size_t at, bool is_corner) const {
        auto x = static_cast<int32_t>(at % static_cast<size_t>(stride_)) - 1;
        auto y = static_cast<int32_t>(at / static_cast<size_t>(stride_)) - 1;
        contour.left = x < contour.left ? x : contour.left;
        contour.top = y < contour.top ? y : contour.top;
        contour.right = x > contour.right ? x : contour.right;
        contour.bottom = y > contour.bottom ? y : contour.bottom;
        if (is_corner) {
            contour.points.emplace_back(x, y);
        }
    }

    Contour follow(int32_t x, int32_t y) {
        Contour contour = {{}, x, y, x, y};
        size_t start = place(x, y);
        int direction = 4; // The background that the scan came from lies west.
        do {
            direction = (direction + 7) & 7; // Clockwise.
        } while (cells_[neighbor(start, direction)] == 0 && direction != 4);
        if (direction == 4) {
            cells_[start] = -2;
            extend(contour, start, true);
            return contour;
        }
        size_t last = neighbor(start, direction), at = start;
        int arrived = direction ^ 4;
        for (;;) {
            int from = direction, leaving = direction;
            do {
                leaving = (leaving + 1) & 7; // Counterclockwise.
            } while (cells_[neighbor(at, leaving)] == 0);
            // The pixel east of this one was looked at and is background: the way out.
            bool passes_east = false;
            for (int looked = (from + 1) & 7; looked != leaving; looked = (looked + 1) & 7) {
                passes_east = passes_east || looked == 0;
            }
            if (passes_east) {
                cells_[at] = -2;
            } else if (cells_[at] == 1) {
                cells_[at] = 2;
            }
            extend(contour, at, leaving != arrived);
            arrived = leaving;
            size_t next = neighbor(at, leaving);
            if (next == start && at == last) {
                return contour;
            }
            at = next;
            direction = (leaving + 4) & 7;
        }
    }

    int32_t width_, height_, stride_;
    std::vector<int8_t> cells_;
};

} // namespace postil
