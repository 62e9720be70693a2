// Numbers and ratings: how far two of them are apart.
#include "answer_controls.hpp"
#include "metric_table.hpp"

#include <algorithm>
#include <cmath>

using namespace postil;

namespace {

/// Pairs of numbers, one for each control that both answers have a number of.
class Numbers {
public:
    explicit Numbers(const postil_metric_open_t &arguments)
        : controls_(arguments), number_(postil_key(arguments.keys, "number")),
          rating_(postil_key(arguments.keys, "rating")) {}

    /// Calls `both(first, second)` or `one()` for each control.
    template <class Both, class One>
    void each(const postil_metric_call_t &call, Both both, One one) {
        const auto &controls = controls_.read(call, [](std::string_view type, postil_value_t) {
            return type == "number" || type == "rating";
        });
        for (const auto &[name, answers] : controls) {
            double first, second;
            bool has_first = read(answers.first, &first);
            bool has_second = read(answers.second, &second);
            if (has_first && has_second) {
                both(std::string_view(name).substr(0, name.find('\n')), first, second);
            } else if (has_first || has_second) {
                one(std::string_view(name).substr(0, name.find('\n')));
            }
        }
    }

private:
    bool read(const std::vector<postil_value_t> &results, double *number) const {
        for (postil_value_t result : results) {
            postil_value_t value = postil_object_get(result, controls_.keys().value);
            for (uint32_t key : {number_, rating_}) {
                if (postil_value_double(postil_object_get(value, key), number) &&
                    std::isfinite(*number)) {
                    return true;
                }
            }
        }
        return false;
    }

    AnswerControls controls_;
    uint32_t number_, rating_;
};

/// 1 for equal numbers, falling to 0 at the distance that the settings name; without one, at the
/// larger of the two magnitudes.
class NumberAgreement {
public:
    explicit NumberAgreement(const postil_metric_open_t &arguments)
        : numbers_(arguments), range_(number_setting(arguments, "range", 0)),
          tolerance_(number_setting(arguments, "tolerance", 0)) {}

    double score(const postil_metric_call_t &call) {
        Mean mean;
        auto add = [&](std::string_view control, double agreement) {
            mean.add(agreement);
            report_part(call, control, agreement, 1);
        };
        numbers_.each(
            call,
            [&](std::string_view control, double first, double second) {
                add(control, agreement(first, second));
            },
            [&](std::string_view control) { add(control, 0); });
        return mean.is_empty() ? no_score : mean.value();
    }

private:
    double agreement(double first, double second) const {
        // Halves, so that the distance of the two largest doubles is no infinity.
        double half_distance = std::fabs(first / 2 - second / 2);
        if (half_distance <= tolerance_ / 2) {
            return 1;
        }
        double range = range_ > 0 ? range_ : std::max(std::fabs(first), std::fabs(second));
        return std::max(0.0, 1 - half_distance / (range / 2));
    }

    Numbers numbers_;
    double range_, tolerance_;
};

/// The mean distance, in the unit of the numbers.
class NumberDistance {
public:
    explicit NumberDistance(const postil_metric_open_t &arguments) : numbers_(arguments) {}

    double score(const postil_metric_call_t &call) {
        Mean mean;
        numbers_.each(
            call,
            [&](std::string_view control, double first, double second) {
                double distance = std::fabs(first - second);
                if (std::isfinite(distance)) {
                    mean.add(distance);
                    report_part(call, control, distance, 1);
                }
            },
            [](std::string_view) {});
        double value = mean.is_empty() ? no_score : mean.value();
        return std::isinf(value) ? no_score : value;
    }

private:
    Numbers numbers_;
};

const postil_metric_t agreement_table = MetricTable<NumberAgreement>::pairs(0, 1);
const postil_metric_t distance_table =
    MetricTable<NumberDistance>::pairs(0, no_bound, POSTIL_METRIC_LOWER_IS_BETTER);
const Offered metrics[] = {{"number-agreement", &agreement_table},
                           {"number-distance", &distance_table}};

} // namespace

POSTIL_PLUGIN(POSTIL_CAPABILITY_METRIC, metrics, "org.postil.metric.numbers", "1.0.0")
