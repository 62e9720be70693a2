// GeoJSON (RFC 7946): one Feature for each region that has a place on the Earth.
//
// Satellite polygons bring their ring. Other polygons and boxes get theirs from the footprint of
// the task, when it has one.

#include "footprint.hpp"
#include "image_region.hpp"
#include "items.hpp"
#include "json_text.hpp"
#include "plugin_entry.hpp"
#include "sink_file.hpp"

namespace {

using postil::append_json_string;
using postil::append_number;
using postil::ImageRegion;
using postil::LonLat;

class GeoJSONExporter {
public:
    GeoJSONExporter(const postil_exporter_open_t &arguments, postil_error_t *error)
        : task_keys_(arguments.keys), region_keys_(arguments.keys),
          id_(postil_key(arguments.keys, "id")),
          from_name_(postil_key(arguments.keys, "from_name")),
          completed_by_(postil_key(arguments.keys, "completed_by")),
          footprint_(postil_key(arguments.keys, "footprint")),
          satellite_(postil_key(arguments.keys, "satellitepolygon")),
          ring_(postil_key(arguments.keys, "ring")), holes_(postil_key(arguments.keys, "holes")),
          area_(postil_key(arguments.keys, "area_ha")),
          perimeter_(postil_key(arguments.keys, "perimeter_m")),
          image_(postil_key(arguments.keys, "image")), losses_(arguments.losses),
          cancel_(arguments.cancel), json_(postil::plugin_host), file_(arguments.sinks) {
        file_.open("result.geojson", "application/geo+json", error);
        file_.text() += "{\"type\":\"FeatureCollection\",\"features\":[";
    }

    void consume(const postil_batch_t *tasks, postil_error_t *error) {
        uint32_t count = postil_batch_count(tasks);
        for (uint32_t i = 0; i < count; i++) {
            if (postil_is_cancelled(cancel_)) {
                throw postil::Failure(POSTIL_ERROR_CANCELLED);
            }
            task_ = postil_batch_root(tasks, i)->task_id;
            write_task(postil_batch_value(tasks, i), error);
            file_.flush_if_large(error);
        }
    }

    void finish(postil_error_t *error) {
        file_.text() += "]}\n";
        file_.close(error);
        if (unplaced_ > 0) {
            postil_report_loss(losses_, unplaced_example_, unplaced_, "region_without_place",
                               "GeoJSON needs places on the Earth; regions of tasks without a "
                               "footprint, and shapes other than polygons and boxes, were left "
                               "out.");
        }
    }

private:
    void write_task(postil_value_t task, postil_error_t *error) {
        items_.read(task_keys_, task);
        postil_value_t data = postil_object_get(task, task_keys_.data);
        auto footprint = postil::Footprint::read(postil_object_get(data, footprint_));
        for (postil_value_t annotation : items_.annotations) {
            postil_walk_t walk = postil_children(postil_object_get(annotation, task_keys_.result));
            postil_value_t result;
            while (postil_walk_element(&walk, &result)) {
                region_.read(region_keys_, result);
                if (region_.shape == ImageRegion::Shape::none) {
                    continue;
                }
                postil_value_t own =
                    postil_object_get(postil_object_get(result, region_keys_.value), satellite_);
                if (place(footprint, own)) {
                    write_feature(data, annotation, result, own, error);
                } else {
                    unplaced_example_ = unplaced_++ == 0 ? task_ : unplaced_example_;
                }
            }
        }
    }

    /// Fills `ring_places_`: the tag's own ring, else the outline on the footprint.
    bool place(const std::optional<postil::Footprint> &footprint, postil_value_t own) {
        ring_places_.clear();
        postil_value_t ring = postil_object_get(own, ring_);
        int64_t count = postil_value_copy_points(ring, nullptr, 0);
        if (count >= 4) {
            ring_places_.resize(static_cast<size_t>(count));
            postil_value_copy_points(ring, &ring_places_[0].longitude,
                                     static_cast<uint64_t>(count));
        } else if (footprint && region_.is_outline()) {
            // In percent of the image, so that a size that nobody recorded does not matter; the
            // turn of a box is a turn in pixels, and needs it.
            bool turns = region_.shape == ImageRegion::Shape::rectangle && region_.rotation != 0;
            if (turns && !region_.has_size()) {
                return false;
            }
            double across = region_.has_size() ? region_.image_width : 100;
            double down = region_.has_size() ? region_.image_height : 100;
            region_.image_width = across;
            region_.image_height = down;
            for (postil::Point point : region_.outline()) {
                ring_places_.push_back(footprint->at(point.x / across * 100, point.y / down * 100));
            }
            ring_places_.push_back(ring_places_.front());
        }
        orient(ring_places_, true);
        place_holes(own);
        return !ring_places_.empty();
    }

    /// Fills `hole_places_` with the tag's own holes.
    void place_holes(postil_value_t own) {
        hole_places_.clear();
        postil_walk_t walk = postil_children(postil_object_get(own, holes_));
        postil_value_t hole;
        while (postil_walk_element(&walk, &hole)) {
            int64_t count = postil_value_copy_points(hole, nullptr, 0);
            if (count < 4) {
                continue;
            }
            std::vector<LonLat> places(static_cast<size_t>(count));
            postil_value_copy_points(hole, &places[0].longitude, static_cast<uint64_t>(count));
            orient(places, false);
            hole_places_.push_back(std::move(places));
        }
    }

    /// RFC 7946, section 3.1.6: the outer ring runs counterclockwise, holes clockwise.
    static void orient(std::vector<LonLat> &ring, bool is_outer) {
        double twice = 0;
        for (size_t i = 0; i + 1 < ring.size(); i++) {
            const LonLat &a = ring[i], &b = ring[i + 1];
            twice += a.longitude * b.latitude - b.longitude * a.latitude;
        }
        if ((twice < 0) == is_outer) {
            std::reverse(ring.begin(), ring.end());
        }
    }

    void write_ring(const std::vector<LonLat> &ring) {
        std::string &text = file_.text();
        text += '[';
        for (const LonLat &place : ring) {
            text += &place == &ring.front() ? "[" : ",[";
            append_number(text, place.longitude);
            text += ',';
            append_number(text, place.latitude);
            text += ']';
        }
        text += ']';
    }

    void write_feature(postil_value_t data, postil_value_t annotation, postil_value_t result,
                       postil_value_t own, postil_error_t *error) {
        std::string &text = file_.text();
        text += feature_count_++ == 0 ? "\n" : ",\n";
        text += "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[";
        write_ring(ring_places_);
        for (const std::vector<LonLat> &hole : hole_places_) {
            text += ',';
            write_ring(hole);
        }
        text += "]},\"properties\":{\"task\":";
        append_number(text, task_);
        member("annotation", postil_object_get(annotation, id_), error);
        member("annotator", postil_object_get(annotation, completed_by_), error);
        member("region", postil_object_get(result, id_), error);
        member("control", postil_object_get(result, from_name_), error);
        text += ",\"labels\":[";
        for (const std::string_view &label : region_.labels) {
            text += &label == &region_.labels.front() ? "" : ",";
            append_json_string(text, label);
        }
        text += ']';
        member("area_ha", postil_object_get(own, area_), error);
        member("perimeter_m", postil_object_get(own, perimeter_), error);
        member("image", postil_object_get(data, image_), error);
        member("footprint", postil_object_get(data, footprint_), error);
        text += "}}";
    }

    void member(const char *name, postil_value_t value, postil_error_t *error) {
        if (value.node) {
            file_.text() += ",\"";
            file_.text() += name;
            file_.text() += "\":";
            json_.append(file_.text(), value, error);
        }
    }

    postil::TaskKeys task_keys_;
    postil::RegionKeys region_keys_;
    uint32_t id_, from_name_, completed_by_, footprint_, satellite_, ring_, holes_, area_,
        perimeter_, image_;
    const postil_losses_t *losses_;
    const uint32_t *cancel_;
    postil::JSONText json_;
    postil::SinkFile file_;
    postil::Items items_;
    ImageRegion region_;
    std::vector<LonLat> ring_places_;
    std::vector<std::vector<LonLat>> hole_places_;
    int64_t task_ = 0;
    uint64_t feature_count_ = 0, unplaced_ = 0;
    int64_t unplaced_example_ = 0;
};

} // namespace

POSTIL_EXPORTER_PLUGIN(GeoJSONExporter, "org.postil.geojson", "1.0.0", "GEOJSON")
