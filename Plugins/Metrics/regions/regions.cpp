// Agreement of rectangles and polygons on images, by how much they overlap in pixels.
#include "matching.hpp"
#include "metric_table.hpp"
#include "overlap.hpp"
#include "region_answers.hpp"

using namespace postil;

namespace {

/// Pairs of shapes that overlap by at least `least`.
class Overlaps {
public:
    std::vector<Candidate> candidates(const LabelShapes &shapes, double least) {
        std::vector<Candidate> out;
        for (size_t i = 0; i < shapes.first.size(); i++) {
            for (size_t k = 0; k < shapes.second.size(); k++) {
                double iou = this->iou(shapes.first[i], shapes.second[k]);
                if (iou > 0 && iou >= least) {
                    out.push_back({i, k, iou});
                }
            }
        }
        return out;
    }

private:
    double iou(const Shape &first, const Shape &second) {
        const Bounds &a = first.bounds, &b = second.bounds;
        bool are_apart = a.x >= b.x + b.width || b.x >= a.x + a.width || a.y >= b.y + b.height ||
                         b.y >= a.y + a.height;
        return are_apart ? 0 : measure_.measure(first.outline, second.outline).iou();
    }

    OverlapMeasure measure_;
};

/// The score of an answer as the mean of what its labels come to, by their weights.
class WeightedMean {
public:
    void add(const postil_metric_call_t &call, const std::string &label, double gained,
             double weight) {
        gained_ += gained;
        weight_ += weight;
        report_part(call, label, std::clamp(gained / weight, 0.0, 1.0), weight);
    }

    bool is_empty() const { return weight_ == 0; }
    double value() const { return std::clamp(gained_ / weight_, 0.0, 1.0); }

private:
    double gained_ = 0, weight_ = 0;
};

/// What both metrics share: regions are read, and each label of each control is judged.
template <class Judge> class Regions {
public:
    explicit Regions(const postil_metric_open_t &arguments)
        : answers_(arguments), empty_agrees_(flag_setting(arguments, "emptyAgrees")),
          judge_(arguments) {}

    double score(const postil_metric_call_t &call) {
        WeightedMean mean;
        for (const auto &labels : answers_.read(call)) {
            for (const auto &[label, shapes] : labels) {
                auto [gained, weight] = judge_.judge(shapes, overlaps_);
                mean.add(call, label, gained, weight);
            }
        }
        return mean.is_empty() ? (empty_agrees_ ? 1 : no_score) : mean.value();
    }

private:
    RegionAnswers answers_;
    bool empty_agrees_;
    Judge judge_;
    Overlaps overlaps_;
};

/// The overlaps of the best pairing; a region without a partner counts as one of overlap 0.
struct MeanOverlap {
    explicit MeanOverlap(const postil_metric_open_t &) {}

    std::pair<double, double> judge(const LabelShapes &shapes, Overlaps &overlaps) const {
        double sum = 0;
        for (const Candidate &pair : Matching::best(overlaps.candidates(shapes, 0),
                                                    shapes.first.size(), shapes.second.size())) {
            sum += pair.worth;
        }
        return {sum, static_cast<double>(std::max(shapes.first.size(), shapes.second.size()))};
    }
};

/// F1 of the regions that have a partner of at least a threshold's overlap.
struct FoundRegions {
    explicit FoundRegions(const postil_metric_open_t &arguments)
        : threshold(number_setting(arguments, "threshold", 0.5)) {}

    std::pair<double, double> judge(const LabelShapes &shapes, Overlaps &overlaps) const {
        std::vector<Candidate> candidates = overlaps.candidates(shapes, threshold);
        for (Candidate &candidate : candidates) {
            candidate.worth = 1;
        }
        auto found = static_cast<double>(
            Matching::best(candidates, shapes.first.size(), shapes.second.size()).size());
        return {2 * found, static_cast<double>(shapes.first.size() + shapes.second.size())};
    }

    double threshold;
};

const postil_metric_t iou_table = MetricTable<Regions<MeanOverlap>>::pairs(0, 1);
const postil_metric_t f1_table = MetricTable<Regions<FoundRegions>>::pairs(0, 1);
const Offered metrics[] = {{"region-iou", &iou_table}, {"region-f1", &f1_table}};

} // namespace

POSTIL_PLUGIN(POSTIL_CAPABILITY_METRIC, metrics, "org.postil.metric.regions", "1.0.0")
